"""The base of pages that write to Alleo: the guard's numbers, the progress, and stopping."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.widgets import Input

from alleo_onboard.domain import errors
from alleo_onboard.domain.progress import Applied, Event
from alleo_onboard.locale import _
from alleo_onboard.presentation.pages.run import finishing_requests
from alleo_onboard.presentation.run import stop_question
from alleo_onboard.tui.screens.ask import Ask
from alleo_onboard.tui.screens.work import Working
from alleo_onboard.tui.widgets.guard import Guard
from alleo_onboard.tui.widgets.run_progress import RunProgress
from alleo_onboard.usecases.run.apply import Stop
from alleo_onboard.usecases.run.confirmation import Confirmation
from alleo_onboard.usecases.run.undo_confirmation import UndoConfirmation
from alleo_onboard.wizard.exits import INTERRUPTED

_LATEST = 0.1  # seconds between two redraws of the progress


class Applying(Working):
    """A page that writes to Alleo. Its layout needs a Guard and a RunProgress.

    Subclasses return True from `locked` while they write. `START` is the id of the start button. The page cannot be
    left while it writes: requests in progress end first.
    """

    START: ClassVar[str]
    offer: Confirmation | UndoConfirmation | None

    def __init__(self) -> None:
        super().__init__()
        self.offer = None
        self.stop = Stop()
        self._leaving: int | None = None  # the exit code, if the wizard ends when the writing has ended

    @property
    def asked(self) -> Confirmation | UndoConfirmation | None:
        """The plan whose numbers can be typed now, or None."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draws the page."""
        raise NotImplementedError

    @on(Input.Changed)
    def _typed(self) -> None:
        if self.asked:
            self.trouble("")
            self.offer = replace(self.asked, typed=self.query_one(Guard).typed)
            self.draw()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if self.asked and self.asked.startable:
            self.focus_start()
        elif untrue := self.query_one(Guard).untrue(self.asked, event.input):
            self.refuse(event.input, untrue)
        else:
            self.focus_next()

    def focus_start(self) -> None:
        """Focuses the start button, but only in the sandbox: at the real Alleo, Enter must not start by accident."""
        self.set_focus(self.query_one(f"#{self.START}") if self.sitting.sandbox else None)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Within the block, draws the progress. Afterwards ends the wizard if the user asked for that."""
        clock = self.set_interval(_LATEST, self.query_one(RunProgress).draw)
        try:
            yield
        finally:
            clock.stop()
            if self._leaving is not None:
                self.app.exit(return_code=self._leaving)

    def failed(self, trouble: errors.Trouble) -> None:
        super().failed(trouble)
        self.draw()

    def heard(self, event: Event) -> None:
        if isinstance(event, Applied):
            self.query_one(RunProgress).count(event)
        else:
            super().heard(event)

    def veil_progress(self) -> None:
        """Hides or shows names in the progress."""
        self.query_one(RunProgress).veil(veiled=self.onboard.veiled)

    def redraw_people(self) -> None:
        self.veil_progress()
        self.draw()

    def retell(self) -> None:
        self.redraw_people()

    def may_quit(self) -> None:
        self.ask_to_stop(leaving=True)

    def ask_to_stop(self, *, leaving: bool) -> None:
        """Asks whether to stop; with `leaving`, the wizard ends afterwards."""

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - what the dialogue gives back
            if not yes:
                return
            self.stop.request()
            if not self.locked:
                if leaving:
                    self.app.exit(return_code=INTERRUPTED)
                return
            self._leaving = INTERRUPTED if leaving else None
            self.status(finishing_requests())

        if not isinstance(self.app.screen, Ask):
            progress = self.query_one(RunProgress)
            yes = _("Stop and leave") if leaving else _("Stop")

            def question() -> str:
                return stop_question(progress.meter.done, progress.meter.total)

            self.app.push_screen(Ask(question, yes, _("Go on")), answered)

    def told_to_end(self) -> bool:
        """Stops after the requests in progress. The app ends then."""
        self._leaving = INTERRUPTED
        self.stop.request()
        return self.locked
