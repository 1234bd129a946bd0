"""Undoes a run: shows what it would do, asks for the numbers of the guard, can stop the daily run, shows the result."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from alleo_onboard.locale import N_
from alleo_onboard.presentation import veil
from alleo_onboard.presentation.confirmation import offered
from alleo_onboard.presentation.lines import Line
from alleo_onboard.presentation.pages import undo as words
from alleo_onboard.presentation.pages.run import writing_to_alleo
from alleo_onboard.presentation.run import after, headline_shown
from alleo_onboard.tui.screens.applying import Applying
from alleo_onboard.tui.screens.side import SideScreen
from alleo_onboard.tui.text import toned
from alleo_onboard.tui.widgets.actions import Actions
from alleo_onboard.tui.widgets.choice import Choice, Option
from alleo_onboard.tui.widgets.fields import Row
from alleo_onboard.tui.widgets.guard import Guard
from alleo_onboard.tui.widgets.run_progress import RunProgress
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.tui.widgets.told import Told
from alleo_onboard.usecases.run.apply import Stop
from alleo_onboard.usecases.run.execute import RunResult
from alleo_onboard.usecases.run.undo import UndoMoved, plan_undo, undo
from alleo_onboard.usecases.run.undo_confirmation import UndoConfirmation
from alleo_onboard.usecases.schedule.health import health
from alleo_onboard.usecases.schedule.install import remove

_ON, _HELD = "on", "held"
_KEYS = (Binding("g", "start_undo", N_("Undo this run")), Binding("p", "stop_undo", N_("Stop")))


class UndoScreen(Applying, SideScreen):
    """Undoes one run. Afterwards `result` holds the outcome; None if nothing was written."""

    CSS_PATH = "undo.tcss"
    START = "start_undo"
    BINDINGS: ClassVar[list[BindingType]] = [*_KEYS, Binding("r", "look", N_("Look again"))]

    def __init__(self, run: str) -> None:
        super().__init__()
        self._run = run
        self.offer: UndoConfirmation | None = None
        self.result: RunResult | None = None
        self._scheduled = self._held = self._writing = False

    def heading(self) -> str:
        return words.heading()

    def compose_body(self) -> ComposeResult:
        yield Say(id="sentence")
        yield Guard()
        options = (Option(_ON, words.goes_on()), Option(_HELD, words.is_held()))
        yield Row(words.daily_run(), Choice(options, _ON, id="daily-run"), id="hold")
        yield Actions(_KEYS, first=self.START)
        with Told(id="told"):
            yield Say(id="detail")
        yield RunProgress()

    def help_text(self) -> Sequence[str]:
        return words.help_text()

    def arrive(self) -> None:
        self.redraw_people()
        self.action_look()

    @property
    def locked(self) -> bool:
        return self._writing

    def start(self, job: Callable[[], Awaitable[None]], busy: str = "", *, must_end: bool = False) -> None:
        self.sitting.session.notify = self.heard
        super().start(job, busy, must_end=must_end)

    @property
    def asked(self) -> UndoConfirmation | None:
        return self.offer if not self._writing and self.result is None else None

    # The plan

    def action_look(self) -> None:
        self.start(self._look, words.looking())

    async def _look(self) -> None:
        setup = self.sitting.setup
        found = await asyncio.to_thread(health, setup.home, setup.profile.name)
        self._scheduled = found.installed is not None
        self.query_one(Guard).clear()
        self.offer = UndoConfirmation(await plan_undo(self.sitting.session, self._run))
        self.draw()
        if self.offer.tripped:
            self.query_one(Guard).focus_first()

    # Taking it back

    def action_start_undo(self) -> None:
        self.stop, self._writing = Stop(), True
        self.set_focus(None)
        self.draw()
        self.start(self._undo, writing_to_alleo())

    async def _undo(self) -> None:
        sitting, offer, progress = self.sitting, self.offer, self.query_one(RunProgress)
        assert offer is not None  # noqa: S101 - the key works only then
        progress.begin(len(offer.plan.changes))
        with self.writing():
            try:
                if self._scheduled and self.query_one("#daily-run", Choice).chosen == _HELD:
                    await asyncio.to_thread(remove, sitting.setups, sitting.setup.profile.name)
                    self._held, self._scheduled = True, False
                self.result = await undo(sitting.session, offer.planned, offer.consent, self.stop)
            except UndoMoved as moved:
                self.query_one(Guard).clear()
                self.offer = UndoConfirmation(moved.planned)
                self.trouble(str(moved))
            finally:
                self._writing = False
                sitting.preview = None
        progress.draw()
        self.draw()

    def action_stop_undo(self) -> None:
        self.ask_to_stop(leaving=False)

    # Drawing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "start_undo":
            return self.offer is not None and self.offer.startable and not self._writing and self.result is None
        if action == "stop_undo":
            return self._writing
        if action == "look":
            return not self._writing and self.result is None
        return super().check_action(action, parameters)

    def draw(self) -> None:
        buttons = [(key.action, bool(self.check_action(key.action, ()))) for key in _KEYS]
        for action, works in buttons:
            self.query_one(f"#{action}").display = works
        asking = self.asked
        self.query_one(Guard).ask(asking)
        self.query_one("#hold").display = asking is not None and self._scheduled and bool(asking.plan.changes)
        self.query_one("#actions").display = any(works for _action, works in buttons)
        self.query_one("#told").display = not self._writing
        self.query_one(RunProgress).display = self._writing
        told, detail = self._told()
        self.query_one("#sentence", Say).say(toned(told))
        self.query_one("#detail", Say).say(toned(detail))
        self.refresh_bindings()

    def _told(self) -> tuple[Sequence[Line], Sequence[Line]]:
        veiled = self.onboard.veiled
        if self.result:
            then = Line(words.held()) if self._held else words.next_sync()
            return (headline_shown(self.result), then), after(veil.result(self.result) if veiled else self.result)
        if self.offer is None:
            return (), ()
        held = (Line(words.held()),) if self._held else ()  # also when nothing could be taken back then
        return (*offered(words.asked(self.offer)), *held), words.taken_back(self.offer.planned, veiled=veiled)
