"""The common part of commands that write to Alleo: signals end them cleanly, refusals have exit codes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from alleo_onboard.cli.json import documents
from alleo_onboard.cli.json.documents import Document
from alleo_onboard.cli.progress_log import tell_of_interruption
from alleo_onboard.cli.run_result import refused
from alleo_onboard.cli.runner import perform
from alleo_onboard.cli.streams import say
from alleo_onboard.domain.errors import JUDGED
from alleo_onboard.domain.plan import Plan
from alleo_onboard.presentation.pages.run import finishing_requests
from alleo_onboard.usecases.run.apply import Stop
from alleo_onboard.usecases.run.execute import RunResult


class Applying:
    """One command that shows a plan (`shown`, None until known), asks, and applies it."""

    def __init__(self) -> None:
        self.stop = Stop()
        self.applying = False

    @property
    def shown(self) -> Plan | None:
        """Returns the plan that was shown last."""
        raise NotImplementedError

    def without_result(self) -> Document:
        """Returns the document of this command when nothing was written."""
        return documents.sync(run=None, digest=self.shown.digest if self.shown else None)

    def interrupted(self) -> bool:
        """Handles a signal. Returns whether the run ends by itself: during changes, requests in progress end first."""
        self.stop.request()
        if self.applying:
            say(finishing_requests())
        return self.applying


def applied(work: Applying, run: Callable[[], Awaitable[RunResult | None]], *, as_json: bool) -> RunResult | int | None:
    """Runs the command. Returns the result, None if nothing was applied, or the exit code of a refusal.

    Raises KeyboardInterrupt after saying what was left.
    """
    try:
        return perform(run, work.interrupted)
    except KeyboardInterrupt:
        if work.applying:
            tell_of_interruption()
        raise
    except JUDGED as trouble:
        return refused(trouble, work.shown, as_json=as_json, document=work.without_result())
