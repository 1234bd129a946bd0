"""Ends a command that writes to Alleo: JSON or text, and the exit code."""

from __future__ import annotations

from alleo_onboard.cli.exit_codes import Exit, exit_of
from alleo_onboard.cli.json import documents
from alleo_onboard.cli.streams import say
from alleo_onboard.domain.errors import Trouble
from alleo_onboard.domain.plan import Plan
from alleo_onboard.presentation.refusal import how_to_repeat, stopped_sentence
from alleo_onboard.presentation.warnings import after_run
from alleo_onboard.usecases.run.execute import RunResult


def ended(result: RunResult, *, as_json: bool, **more: object) -> int:
    """Prints the result and returns the exit code."""
    if as_json:
        documents.show(documents.ran(result, **more))
    else:
        from alleo_onboard.cli.report import show
        from alleo_onboard.presentation.report import result_report

        show(result_report(result))
    for told in after_run(result):
        say(told)
    if result.ended_by:
        say(str(result.ended_by))
        return exit_of(result.ended_by)
    if result.stopped:
        say(stopped_sentence(result.left))
        return Exit.INTERRUPTED
    return Exit.FAILED_CHANGES if result.failed or result.untaken else Exit.DONE


def refused(trouble: Trouble, plan: Plan | None, *, as_json: bool, document: documents.Document | None = None) -> int:
    """Prints why nothing was written and how to repeat the command. Returns the exit code.

    `document` is the command's JSON without a result; that of `sync` when not given.
    """
    if as_json:
        document = document or documents.sync(run=None, digest=plan.digest if plan else None)
        documents.show(documents.refused(document, trouble))
    say(str(trouble))
    for told in how_to_repeat(trouble, plan):
        say(told)
    return exit_of(trouble)
