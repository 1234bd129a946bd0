"""`alleo-onboard preview`."""

from __future__ import annotations

import argparse

from alleo_onboard.cli import documents
from alleo_onboard.cli.asking import setup_of
from alleo_onboard.cli.cautions import tell_before
from alleo_onboard.cli.exits import Exit
from alleo_onboard.cli.running import perform
from alleo_onboard.cli.streams import say
from alleo_onboard.cli.talk import watcher
from alleo_onboard.domain.errors import Refused
from alleo_onboard.domain.finding import standing
from alleo_onboard.locale import _
from alleo_onboard.locale.findings import finding_title
from alleo_onboard.usecases.plans import save
from alleo_onboard.usecases.preview import Preview, preview
from alleo_onboard.usecases.session import Session
from alleo_onboard.usecases.setups import Setup


def main(args: argparse.Namespace) -> int:
    setup = setup_of(args)
    try:
        result = perform(lambda: make(setup))
    except Refused as refused:
        if args.json:
            documents.show(documents.refused(documents.NO_PREVIEW, refused))
        raise
    if args.out:
        save(result, setup.profile.name, args.out, hours=args.expires)
        say(_("The plan is saved in {file}.").format(file=args.out))
    if args.json:
        documents.show(documents.preview(result.plan, **documents.cautions(result)))
    else:
        from alleo_onboard.cli.report import show_preview

        show_preview(result)
        tell_before(result)
    for finding in standing(result.readiness.findings):
        say(_("A sync would be refused: {title}.").format(title=finding_title(finding)))
    return Exit.DONE


async def make(setup: Setup) -> Preview:
    """Reads both systems and makes the plan."""
    with watcher() as notify:
        async with Session(setup, notify) as session:
            return await preview(session)
