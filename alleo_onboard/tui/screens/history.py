"""What was done at Alleo so far: every run, and for the one under the cursor every change with before and after."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList

from alleo_onboard.locale import N_, _
from alleo_onboard.tui.screens.side import SideScreen
from alleo_onboard.tui.widgets import run_text
from alleo_onboard.tui.widgets.run_list import RunList, heads
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.usecases.support import history

_LATEST = 200  # runs; the command line lists them all


class HistoryScreen(SideScreen):
    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,pagedown", "scroll_told(1)", N_("Further down"), key_display="j"),
        Binding("k,pageup", "scroll_told(-1)", N_("Further up"), key_display="k"),
    ]

    def heading(self) -> str:
        return _("History")

    def compose_body(self) -> ComposeResult:
        yield Say(_("Reading what was done so far …"), id="said")
        yield Say(id="heads")
        yield RunList()
        with VerticalScroll(id="told", can_focus=False):
            yield Say(id="changes")

    def help_text(self) -> Sequence[str]:
        return (
            _(
                "Every run of this set-up on this computer, the newest first. "
                "Up and down choose one, j and k scroll it."
            ),
            _("Dates of birth are never kept; they read “(set)”."),
            _("alleo-onboard runs verify tells whether anybody edited this history; runs export saves it."),
        )

    def arrive(self) -> None:
        self.start(self._read)

    def retell(self) -> None:
        self.arrive()

    async def _read(self) -> None:
        setup = self.onboard.setup
        runs = await asyncio.to_thread(history.runs, setup, _LATEST)
        self.query_one("#said", Say).say("" if runs else _("Nothing was done yet with this set-up on this computer."))
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
