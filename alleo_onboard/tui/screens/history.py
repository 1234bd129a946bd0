"""The history: every run of the set-up, and the changes of the selected run with values before and after."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList

from alleo_onboard.locale import N_, _
from alleo_onboard.presentation.handover_events import event_heading, event_row
from alleo_onboard.presentation.pages.history import (
    drawn_help,
    nothing_done_yet,
    reading_what_was_done,
    who_to_look_for,
)
from alleo_onboard.tui.screens.side import SideScreen
from alleo_onboard.tui.text import joined, lines, plain
from alleo_onboard.tui.widgets import run_text
from alleo_onboard.tui.widgets.cells import fit, wrapped
from alleo_onboard.tui.widgets.fields import Field, Row
from alleo_onboard.tui.widgets.run_list import RunList, heads, what, who
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.tui.widgets.told import Told
from alleo_onboard.usecases.handover.events import Event, events
from alleo_onboard.usecases.support import history

_LATEST = 200  # runs; `runs` on the command line lists all of them


class HistoryScreen(SideScreen):
    """Lists the runs, searches by person, and leads to undoing and exporting."""

    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", N_("Search"), key_display="/"),
        Binding("u", "undo", N_("Undo this run")),
        Binding("e", "export", N_("Export")),
        Binding("r", "look", N_("Read again")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._happened: Sequence[Event] = ()

    def heading(self) -> str:
        return _("History")

    def compose_body(self) -> ComposeResult:
        yield Say(reading_what_was_done(), id="said")
        yield Row(_("Search"), Field(id="who", placeholder=who_to_look_for()), id="search-row")
        with Told(id="handed-over"):
            yield Say(id="events")
        yield Say(id="heads")
        yield RunList()
        with Told(id="told"):
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
            return run is not None and bool(run.counts[history.State.CONFIRMED])
        if action in ("export", "search"):
            return any(listed.shown for listed in self.query(RunList))
        return super().check_action(action, parameters)

    def action_search(self) -> None:
        self.query_one("#who", Field).focus()

    @on(Input.Changed, "#who")
    def _sought(self, event: Input.Changed) -> None:
        who = event.value.strip()
        self.start((lambda: self._tell_person(who)) if who else self._read)

    async def _tell_person(self, who: str) -> None:
        found = await asyncio.to_thread(history.person, self.sitting.setup, who)
        setup, veiled = self.sitting.setup.profile.name, self.onboard.veiled
        self.query_one("#changes", Say).say(run_text.person(found, who, setup, veiled=veiled, zone=self._zone))
        self.query_one("#told").scroll_home(animate=False)

    def action_undo(self) -> None:
        from alleo_onboard.tui.screens.undo import UndoScreen

        if run := self.query_one(RunList).selected:
            self.app.push_screen(UndoScreen(run.id), lambda _closed: self.action_look())

    def action_export(self) -> None:
        from alleo_onboard.tui.screens.export import ExportHistoryScreen

        self.app.push_screen(ExportHistoryScreen())

    async def _read(self) -> None:
        setup = self.sitting.setup
        runs = await asyncio.to_thread(history.runs, setup, _LATEST)
        happened = await asyncio.to_thread(events, setup)
        self.query_one("#said", Say).say("" if runs or happened else nothing_done_yet())
        self.query_one("#said").display = not (runs or happened)
        self._happened = happened
        self._tell_events()
        for part in self.query("#heads, #told, #search-row"):
            part.display = bool(runs)
        self.query_one("#handed-over").set_class(bool(runs), "-above-runs")
        self._draw(runs)
        self.query_one(RunList).focus()
        self._chosen()

    def _draw(self, runs: Sequence[history.Run]) -> None:
        width = max(40, self.size.width - 4)
        self.query_one("#heads", Say).say(heads(width, runs, self._zone))
        with self.prevent(OptionList.OptionHighlighted):
            self.query_one(RunList).show(runs, width, self._zone)

    @property
    def _zone(self) -> ZoneInfo:
        """The time zone of the set-up."""
        return self.sitting.setup.profile.tz

    def on_resize(self) -> None:
        if self.query_one(RunList).shown:
            self._draw(self.query_one(RunList).shown)
            self._tell_again()
        self._tell_events()

    @on(OptionList.OptionHighlighted)
    def _chosen(self) -> None:
        run = self.query_one(RunList).selected
        if run:
            self.start(lambda: self._tell(run))

    def _tell_again(self) -> None:
        """Tells the person looked for, or else the selected run."""
        if who := self.query_one("#who", Field).value.strip():
            self.start(lambda: self._tell_person(who))
        else:
            self._chosen()

    def _tell_events(self) -> None:
        told = _handed_over(self._happened, self._zone, self.size.width - 4)
        self.query_one("#events", Say).say(told)
        self.query_one("#handed-over").display = bool(self._happened)

    async def _tell(self, run: history.Run) -> None:
        setup = self.sitting.setup
        told = await asyncio.to_thread(history.run, setup, run.id)
        above = f"{what(run)}   {who(run)}   {run.version}" if self.query_one(RunList).cut else ""
        said = run_text.told(told, setup.profile.name, veiled=self.onboard.veiled, above=above)
        self.query_one("#changes", Say).say(said)
        self.query_one("#told").scroll_home(animate=False)

    def redraw_people(self) -> None:
        self._tell_again()


def _handed_over(happened: Sequence[Event], zone: ZoneInfo, room: int) -> Content:
    """Returns the hand-overs of the set-up, newest first, `room` cells wide."""
    rows = [event_row(event, zone) for event in happened]
    width = max((cell_len(when) for when, _said, _by in rows), default=0)
    told = [plain(event_heading(), "bold")]
    for when, said, by in rows:
        first, *rest = wrapped(f"{said} ({by})" if by else said, room - width - 4)
        told.append(joined(plain(f"  {fit(when, width)}  ", "$quiet"), first))
        told += [plain(" " * (width + 4) + line) for line in rest]
    return lines(told)
