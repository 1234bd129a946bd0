"""`alleo-onboard check`."""

from __future__ import annotations

import argparse

from alleo_onboard.cli.prompts import setup_of, tell_of_two_ways

TYPE_CHECKING = False  # a copy of typing's constant; importing typing would slow down quick commands
if TYPE_CHECKING:
    from alleo_onboard.domain.readiness import Readiness
    from alleo_onboard.usecases.setups.resolve import Setup


def main(args: argparse.Namespace) -> int:
    setup = setup_of(args)
    tell_of_two_ways(setup)
    return examine(setup, as_json=args.json)


def examine(setup: Setup, *, as_json: bool) -> int:
    """Checks a set-up, prints the result, and returns the exit code."""
    # Imported here, because a command that cannot continue must not wait for it.
    from alleo_onboard.cli.exit_codes import Exit
    from alleo_onboard.cli.json import documents
    from alleo_onboard.cli.runner import perform
    from alleo_onboard.domain.errors import CredentialRejected

    try:
        readiness = perform(lambda: _read(setup))
    except CredentialRejected:
        if as_json:
            documents.show(documents.check_rejected())
        raise
    if as_json:
        documents.show(documents.check(readiness))
    else:
        from alleo_onboard.cli.report import show
        from alleo_onboard.presentation.report import check_report

        show(check_report(readiness))
    return Exit.DONE if readiness.ready else Exit.NOT_READY


async def _read(setup: Setup) -> Readiness:
    """Reads Personio and returns the result of the check."""
    from alleo_onboard.cli.progress_log import watcher
    from alleo_onboard.usecases.preview.session import Session

    with watcher() as notify:
        async with Session(setup, notify) as session:
            return (await session.read()).readiness
