"""`alleo-onboard demo`: the whole way with made-up people, leaving nothing behind."""

from __future__ import annotations

import argparse
import os
import tempfile
from dataclasses import replace

from alleo_onboard.cli.commands.sandbox import chosen, need_extra
from alleo_onboard.cli.commands.wizard import on_terminal, open_wizard
from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.progress_log import watcher
from alleo_onboard.cli.runner import perform
from alleo_onboard.domain.errors import GuardTripped, NotReady
from alleo_onboard.domain.profile import Remember
from alleo_onboard.locale import _
from alleo_onboard.usecases.preview.preview import preview
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.sync import Consent, sync
from alleo_onboard.usecases.setups.resolve import Setup, Setups


def main(args: argparse.Namespace) -> int:
    scenario, people = chosen(args)
    return opened(scenario, people, plain=args.plain or not on_terminal())


def opened(scenario: str, people: int, *, plain: bool = False) -> int:
    """The wizard on a sandbox of its own, or the walk through it as text."""
    need_extra()
    from alleo_onboard.sandbox.server import Sandbox

    with tempfile.TemporaryDirectory(prefix="alleo-onboard-demo-") as home, Sandbox(scenario, people) as sandbox:
        ours = {k: v for k, v in os.environ.items() if not k.startswith(("PERSONIO_", "ALLEO_"))}
        setups = Setups({**ours, **sandbox.addresses.environment(), "ALLEO_ONBOARD_HOME": home}, forgetful=True)
        setup = setups.find(secrets=False)
        setup = replace(setup, profile=replace(setup.profile, remember=Remember.SESSION))
        if plain:
            return perform(lambda: _walk(setup, scenario))
        return open_wizard(setups, setup)


async def _walk(setup: Setup, scenario: str) -> int:
    """Prints check, preview and sync. A scenario made to be refused ends well when it is."""
    from alleo_onboard.cli.report import heading, listed, out, show
    from alleo_onboard.presentation.report import check_report, preview_report, result_report

    heading(_("Sandbox “{scenario}”: made-up people, nothing leaves this computer").format(scenario=scenario))
    with watcher() as notify:
        async with Session(setup, notify) as session:
            first = await preview(session)
            heading(_("1. Check"))
            show(check_report(first.readiness))
            heading(_("2. Preview"))
            show(preview_report(first, listed()))
            heading(_("3. Sync"))
            try:
                show(result_report(await sync(session, first, Consent())))
            except (NotReady, GuardTripped) as refused:
                out(str(refused))
    return Exit.DONE
