"""`alleo-onboard preview`."""

from __future__ import annotations

import argparse

from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.json import documents
from alleo_onboard.cli.progress_log import watcher
from alleo_onboard.cli.prompts import setup_of
from alleo_onboard.cli.runner import perform
from alleo_onboard.cli.streams import say
from alleo_onboard.domain.errors import Refused
from alleo_onboard.domain.finding import standing
from alleo_onboard.presentation.refusal import plan_saved, would_be_refused
from alleo_onboard.presentation.warnings import before_run
from alleo_onboard.usecases.preview.preview import Preview, preview
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.saved_plan import save
from alleo_onboard.usecases.setups.resolve import Setup


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
        say(plan_saved(args.out))
    if args.json:
        documents.show(documents.preview(result.plan, **documents.cautions(result)))
    else:
        from alleo_onboard.cli.report import listed, show
        from alleo_onboard.presentation.report import preview_report

        show(preview_report(result, listed()))
        for told in before_run(result):
            say(told)
    for finding in standing(result.readiness.findings):
        say(would_be_refused(finding))
    return Exit.DONE


async def make(setup: Setup) -> Preview:
    """Reads both systems and makes the plan."""
    with watcher() as notify:
        async with Session(setup, notify) as session:
            return await preview(session)
