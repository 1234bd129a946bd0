"""Undoes a run: shows what it would do, asks for the numbers of the guard, can stop the daily run, shows the result."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Input
from textual.worker import Worker

from alleo_onboard.domain import errors
from alleo_onboard.domain.progress import Applied, Event
from alleo_onboard.locale import N_, _
from alleo_onboard.presentation import veil
from alleo_onboard.presentation.confirmation import offered
from alleo_onboard.presentation.lines import Line
from alleo_onboard.presentation.pages import undo as words
from alleo_onboard.presentation.pages.run import stopping_finishing_the_requests_under, writing_to_alleo
from alleo_onboard.presentation.run import after, headline_shown
from alleo_onboard.tui.screens.side import SideScreen
from alleo_onboard.tui.text import plain, toned
from alleo_onboard.tui.widgets.choice import Choice, Option
from alleo_onboard.tui.widgets.fields import Row
from alleo_onboard.tui.widgets.guard import Guard
from alleo_onboard.tui.widgets.run_progress import RunProgress
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.usecases.run.apply import Stop
from alleo_onboard.usecases.run.execute import RunResult
from alleo_onboard.usecases.run.undo import plan_undo, undo
from alleo_onboard.usecases.run.undo_confirmation import UndoConfirmation
from alleo_onboard.usecases.schedule.health import health
from alleo_onboard.usecases.schedule.install import remove
from alleo_onboard.wizard.exits import INTERRUPTED

_ON, _HELD = "on", "held"
_LATEST = 0.1  # seconds between two redraws of the progress
_KEYS = (Binding("g", "start_undo", N_("Undo this run")), Binding("p", "stop_undo", N_("Stop")))


class UndoScreen(SideScreen):
    """Undoes one run. Afterwards `result` holds the outcome; None if nothing was written."""

    CSS_PATH = "undo.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*_KEYS, Binding("r", "look", N_("Look again"))]

    def __init__(self, run: str) -> None:
        super().__init__()
        self._run = run
        self.offer: UndoConfirmation | None = None
        self.result: RunResult | None = None
        self._scheduled = self._held = self._writing = False
        self._stop = Stop()
        self._leaving: int | None = None  # the exit code to leave with when it ends

    def heading(self) -> str:
        return words.heading()

    def compose_body(self) -> ComposeResult:
        yield Say(id="sentence")
        yield Guard()
        options = (Option(_ON, words.goes_on()), Option(_HELD, words.is_held()))
        yield Row(words.daily_run(), Choice(options, _ON, id="daily-run"), id="hold")
        with Horizontal(id="actions"):
            for key in _KEYS:
                button = Button(plain(_(key.description)), action=f"screen.{key.action}", compact=True, id=key.action)
                button.variant = "primary" if key.action == "start_undo" else "default"
                yield button
        with VerticalScroll(id="told"):
            yield Say(id="detail")
        yield RunProgress()

    def help_text(self) -> Sequence[str]:
        return words.help_text()

    def arrive(self) -> None:
        self.query_one(RunProgress).veiled = self.onboard.veiled
        self._show()
        self.action_look()

    def retell(self) -> None:
        self.query_one(RunProgress).veiled = self.onboard.veiled
        self._show()

    @property
    def locked(self) -> bool:
        return self._writing

    def start(self, job: Callable[[], Awaitable[None]], busy: str = "") -> Worker[None]:
        self.sitting.session.notify = self.heard
        return super().start(job, busy)

    # The plan

    def action_look(self) -> None:
        self.start(self._look, words.looking())

    async def _look(self) -> None:
        setup = self.sitting.setup
        found = await asyncio.to_thread(health, setup.home, setup.profile.name)
        self._scheduled = found.installed is not None
        self.query_one(Guard).clear()
        self.offer = UndoConfirmation(await plan_undo(self.sitting.session, self._run))
        self._show()
        if self.offer.tripped:
            self.query_one(Guard).focus_first()

    @on(Input.Changed)
    def _typed(self) -> None:
        if self.offer and not self._writing and self.result is None:
            offboard, update, budget = self.query_one(Guard).typed
            self.trouble("")
            self.offer = replace(self.offer, offboard=offboard, update=update, budget=budget)
            self._show()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if self.offer and self.offer.startable:
            self.set_focus(self.query_one("#start_undo") if self.sitting.sandbox else None)
        elif untrue := self.query_one(Guard).untrue(self.offer, event.input):
            self.trouble(untrue)
        else:
            self.focus_next()

    # Taking it back

    def action_start_undo(self) -> None:
        self._stop, self._writing = Stop(), True
        self.set_focus(None)
        self._show()
        self.start(self._undo, writing_to_alleo())

    async def _undo(self) -> None:
        sitting, offer, progress = self.sitting, self.offer, self.query_one(RunProgress)
        assert offer is not None  # noqa: S101 - the key works only then
        progress.begin(len(offer.plan.changes))
        clock = self.set_interval(_LATEST, progress.draw)
        try:
            if self._scheduled and self.query_one("#daily-run", Choice).chosen == _HELD:
                await asyncio.to_thread(remove, sitting.setups, sitting.setup.profile.name)
                self._held = True
            self.result = await undo(sitting.session, offer.planned, offer.consent, self._stop)
        finally:
            clock.stop()
            self._writing = False
            if self._leaving is not None:
                self.app.exit(return_code=self._leaving)
            sitting.preview = None
        progress.draw()
        self._show()

    def action_stop_undo(self) -> None:
        self._stop.request()
        self.status(stopping_finishing_the_requests_under())

    def may_quit(self) -> None:
        self.status(words.is_under_way())

    def told_to_end(self) -> bool:
        """The requests under way are finished, then the app ends by itself."""
        self._leaving = INTERRUPTED
        self._stop.request()
        return self._writing

    def failed(self, trouble: errors.Trouble) -> None:
        super().failed(trouble)
        self._show()

    def heard(self, event: Event) -> None:
        if isinstance(event, Applied):
            self.query_one(RunProgress).count(event)
        else:
            super().heard(event)

    # Drawing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "start_undo":
            return self.offer is not None and self.offer.startable and not self._writing and self.result is None
        if action == "stop_undo":
            return self._writing
        if action == "look":
            return not self._writing and self.result is None
        if action == "close":
            return not self._writing
        return super().check_action(action, parameters)

    def redraw_people(self) -> None:
        self.query_one(RunProgress).veiled = self.onboard.veiled
        self._show()

    def _show(self) -> None:
        for key in _KEYS:
            self.query_one(f"#{key.action}").display = bool(self.check_action(key.action, ()))
        asking = self.offer if not self._writing and self.result is None else None
        self.query_one(Guard).ask(asking)
        self.query_one("#hold").display = asking is not None and self._scheduled and bool(asking.plan.changes)
        self.query_one("#actions").display = asking is not None or self._writing
        self.query_one("#told").display = not self._writing
        self.query_one(RunProgress).display = self._writing
        told, detail = self._told()
        self.query_one("#sentence", Say).say(toned(told))
        self.query_one("#detail", Say).say(toned(detail))
        self.refresh_bindings()

    def _told(self) -> tuple[Sequence[Line], Sequence[Line]]:
        veiled = self.onboard.veiled
        if self.result:
            held = (Line(words.held()),) if self._held else ()
            return (headline_shown(self.result), *held), after(veil.result(self.result) if veiled else self.result)
        if self.offer is None:
            return (), ()
        return offered(words.asked(self.offer)), words.taken_back(self.offer.planned, veiled=veiled)
