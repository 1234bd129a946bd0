"""Compares a file from Alleo with the preview, and shows the differences."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from alleo_onboard.domain.compare import Comparison, compare
from alleo_onboard.domain.errors import Concerning, Usage
from alleo_onboard.locale import N_
from alleo_onboard.presentation import compare as told
from alleo_onboard.presentation import veil
from alleo_onboard.presentation.pages import compare as words
from alleo_onboard.presentation.tables import Table
from alleo_onboard.tui.screens.side import SideScreen
from alleo_onboard.tui.text import harmless, lines, plain
from alleo_onboard.tui.widgets.fields import Field, Row
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.tui.widgets.sheet import sheet
from alleo_onboard.tui.widgets.told import Told
from alleo_onboard.usecases.handover.follow import compared
from alleo_onboard.usecases.support.alleo_file import read
from alleo_onboard.usecases.support.named_path import named_path

_SHOWN = 200  # rows of one table; longer lists are for the command line


class PathField(Field):
    """A field for a path. Keeps spaces inside it."""

    def cleaned(self, text: str) -> str:
        """Returns the pasted path without spaces at its ends and control characters."""
        return harmless(text.strip())


class CompareScreen(SideScreen):
    """Asks for a file, compares it with the preview, and shows the differences as tables."""

    CSS_PATH = "compare.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "another", N_("Another file"), key_display="/"),
        Binding("r", "again", N_("Compare again")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: Comparison | None = None
        self._path: Path | None = None
        self._complete = True

    def heading(self) -> str:
        return words.title()

    def compose_body(self) -> ComposeResult:
        yield Say(words.about(), id="about", classes="muted")
        yield Row(words.file_label(), PathField(id="file", moves_on=False), id="file-row")
        with Told(id="told"):
            yield Say(id="found")

    def help_text(self) -> Sequence[str]:
        return words.help_lines()

    def arrive(self) -> None:
        self.query_one("#file").focus()

    def retell(self) -> None:
        self._draw()

    def redraw_people(self) -> None:
        self._draw()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - the new size is asked for when it is drawn
        self.call_after_refresh(self._draw)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "again":
            return self._path is not None
        if action == "another":
            return not self.query("#file:focus")
        return super().check_action(action, parameters)

    def action_another(self) -> None:
        self.query_one("#file").focus()

    def action_again(self) -> None:
        self.start(self._compare, words.busy())

    @on(Input.Submitted, "#file")
    def _named(self) -> None:
        self.action_again()

    async def _compare(self) -> None:
        sitting, typed = self.sitting, self.query_one("#file", Input).value
        self._found = self._path = None
        self._draw()
        with Concerning("file"):
            if not typed.strip():
                raise Usage(words.nothing_named())
            path = named_path(typed)
            theirs = await asyncio.to_thread(read, str(path))
        plan = (await sitting.any_preview()).plan
        self._found = await asyncio.to_thread(compare, plan, theirs.columns, theirs.rows)
        self._path, self._complete = path, plan.complete
        self._draw()
        self.set_focus(None)
        self.refresh_bindings()
        await asyncio.to_thread(compared, sitting.setup, agrees=self._found.equal)

    def _draw(self) -> None:
        self.query_one("#found", Say).say(lines(list(self._lines())))

    def _lines(self) -> Iterator[Content]:
        if self._found is None or self._path is None:
            return
        found = veil.comparison(self._found) if self.onboard.veiled else self._found
        yield plain(told.headline(found), "bold $success" if found.equal else "bold $warning")
        yield plain(words.of_file(self._path), "$quiet")
        if not self._complete:
            yield plain(f"! {words.incomplete()}", "$warning")
        yield from (plain(note, "$quiet") for note in told.notes(found))
        room = max(20, self.query_one("#told").size.width - 2)
        for title, table in told.groups(found):
            yield plain("")
            yield plain(title, "bold")
            yield from sheet(Table(table.columns, table.rows[:_SHOWN], table.right), room)
            if (left := len(table.rows) - _SHOWN) > 0:
                yield plain(words.more(left), "$quiet")
