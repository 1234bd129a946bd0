"""What was done at Alleo so far: every run, and for the one under the cursor every change with before and after."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList

from alleo_onboard.locale import N_, _
from alleo_onboard.presentation.history import undo_question
from alleo_onboard.presentation.pages.history import (
    drawn_help,
    looking_at_alleo,
    nothing_done_yet,
    nothing_left_to_undo,
    reading_what_was_done,
    who_to_look_for,
)
from alleo_onboard.presentation.pages.run import writing_to_alleo
from alleo_onboard.presentation.run import headline_shown
from alleo_onboard.tui.screens.ask import Ask
from alleo_onboard.tui.screens.side import SideScreen
from alleo_onboard.tui.text import toned
from alleo_onboard.tui.widgets import run_text
from alleo_onboard.tui.widgets.fields import Field, Row
from alleo_onboard.tui.widgets.run_list import RunList, heads
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.usecases.run.preconditions import Consent
from alleo_onboard.usecases.run.undo import Undo, plan_undo, undo
from alleo_onboard.usecases.support import history

_LATEST = 200  # runs; the command line lists them all


class HistoryScreen(SideScreen):
    _busy = False  # while a run is taken back nobody leaves the page
    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", N_("Search"), key_display="/"),
        Binding("u", "undo", N_("Undo this run")),
        Binding("r", "look", N_("Read again")),
        Binding("j,pagedown", "scroll_told(1)", N_("Further down"), key_display="j"),
        Binding("k,pageup", "scroll_told(-1)", N_("Further up"), key_display="k"),
    ]

    def heading(self) -> str:
        return _("History")

    def compose_body(self) -> ComposeResult:
        yield Say(reading_what_was_done(), id="said")
        yield Row(_("Search"), Field(id="who", placeholder=who_to_look_for()), id="search-row")
        yield Say(id="heads")
        yield RunList()
        with VerticalScroll(id="told", can_focus=False):
            yield Say(id="changes")

    def help_text(self) -> Sequence[str]:
        return drawn_help()

    def arrive(self) -> None:
        self.action_look()

    def action_look(self) -> None:
        self.start(self._read)

    def retell(self) -> None:
        self.arrive()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "undo":
            run = next((listed.selected for listed in self.query(RunList)), None)
            return run is not None and bool(run.counts[history.State.CONFIRMED]) and not self._busy
        if action == "close":
            return not self._busy
        return super().check_action(action, parameters)

    # One person

    def action_search(self) -> None:
        self.query_one("#who", Field).focus()

    @on(Input.Changed, "#who")
    def _sought(self, event: Input.Changed) -> None:
        who = event.value.strip()
        self.start((lambda: self._tell_person(who)) if who else self._read)

    async def _tell_person(self, who: str) -> None:
        found = await asyncio.to_thread(history.person, self.onboard.setup, who)
        self.query_one("#changes", Say).say(run_text.person(found, who, veiled=self.onboard.veiled))
        self.query_one("#told").scroll_home(animate=False)

    # Taking a run back

    def action_undo(self) -> None:
        if run := self.query_one(RunList).selected:
            self.start(lambda: self._plan_undo(run), looking_at_alleo())

    async def _plan_undo(self, run: history.Run) -> None:
        planned = await plan_undo(self.onboard.session, run.id)
        if not planned.plan.changes:
            self.trouble(nothing_left_to_undo())
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - what the dialogue gives back
            if yes:
                self._busy = True
                self.start(lambda: self._undo(planned), writing_to_alleo())

        question = undo_question(planned)
        self.app.push_screen(Ask(question, _("Undo this run"), _("Leave it")), answered)

    async def _undo(self, planned: Undo) -> None:
        try:
            result = await undo(self.onboard.session, planned, Consent())
        finally:
            self._busy = False
            self.onboard.preview = None
        await self._read()
        self.query_one("#said", Say).say(toned([headline_shown(result)]))
        self.query_one("#said").display = True

    async def _read(self) -> None:
        setup = self.onboard.setup
        runs = await asyncio.to_thread(history.runs, setup, _LATEST)
        self.query_one("#said", Say).say("" if runs else nothing_done_yet())
        self.query_one("#said").display = not runs
        self.query_one("#heads").display = bool(runs)
        self._draw(runs)
        self.query_one(RunList).focus()

    def _draw(self, runs: Sequence[history.Run]) -> None:
        width = max(40, self.size.width - 4)
        self.query_one("#heads", Say).say(heads(width))
        self.query_one(RunList).show(runs, width)

    def on_resize(self) -> None:
        self._draw(self.query_one(RunList).shown)

    @on(OptionList.OptionHighlighted)
    def _chosen(self) -> None:
        run = self.query_one(RunList).selected
        if run:
            self.start(lambda: self._tell(run))

    async def _tell(self, run: history.Run) -> None:
        setup = self.onboard.setup
        told = await asyncio.to_thread(history.run, setup, run.id)
        self.query_one("#changes", Say).say(run_text.told(told, setup.profile.name, veiled=self.onboard.veiled))
        self.query_one("#told").scroll_home(animate=False)

    def redraw_people(self) -> None:
        self._chosen()

    def action_scroll_told(self, by: int) -> None:
        told = self.query_one("#told")
        told.scroll_relative(y=by * max(1, told.size.height - 1), animate=False)
