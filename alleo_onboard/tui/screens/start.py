"""The start page: the set-ups of this computer with their state, and ways to begin."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from alleo_onboard.locale import N_, _
from alleo_onboard.presentation.pages.start import (
    choices,
    drawn_help,
    looking_at_this_computer,
    opening,
    welcome,
)
from alleo_onboard.tui.screens.work import TooSmall, Working
from alleo_onboard.tui.text import joined, lines, plain
from alleo_onboard.tui.widgets.cells import fit, wrapped
from alleo_onboard.tui.widgets.header import Header
from alleo_onboard.tui.widgets.key_bar import KeyBar
from alleo_onboard.tui.widgets.say import Say, Trouble
from alleo_onboard.tui.widgets.way import Way

if TYPE_CHECKING:
    from alleo_onboard.presentation.start import Row

_NAME = 28  # cells of a set-up's name at most
_BESIDE = 20  # cells that the state needs beside the name
_INDENT = 4  # cells, where a line is too short for name and state side by side


class SetupList(OptionList):
    """The list of set-ups and ways to begin."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", N_("Open"))]


class StartScreen(Working):
    """Lists the set-ups. Names come from file names at once; the state of each is read after the page is drawn."""

    CSS_PATH = "start.tcss"
    AUTO_FOCUS = "#setups"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "look", N_("Look again")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._rows: dict[str, Row] = {}

    def compose(self) -> ComposeResult:
        self.fit()
        yield Header("", sandbox=None)
        with Vertical(id="room"):
            yield Trouble(id="trouble")
            with Vertical(id="body"):
                yield Say(id="welcome")
                yield SetupList(id="setups", markup=False, compact=True)
                yield Way()
        yield Say(id="status")
        yield KeyBar()
        yield TooSmall()

    def title_shown(self) -> str:
        return _("Start")

    def help_text(self) -> Sequence[str]:
        return drawn_help()

    def retell(self) -> None:
        self.query_one(Header).show()
        self._draw()
        self.action_look()

    def on_mount(self) -> None:
        self.query_one(Header).show()
        self._names = self.sitting.setups.names()
        self._draw()
        self.call_after_refresh(self.action_look)

    def on_resize(self) -> None:
        self._draw()

    def action_look(self) -> None:
        if self._names:
            self.start(self._look, looking_at_this_computer())

    async def _look(self) -> None:
        from alleo_onboard.presentation.start import row
        from alleo_onboard.usecases.support.overview import overview

        found = await asyncio.to_thread(overview, self.sitting.setups)
        self._names, self._rows = tuple(one.name for one in found), {one.name: row(one) for one in found}
        self._draw()

    def _draw(self) -> None:
        self.query_one("#welcome", Say).say(welcome(first=not self._names))
        listed, begun = self.query_one(OptionList), choices(demo=self.onboard.offers_demo)
        before = listed.highlighted
        longest = max((cell_len(name) for name in self._names), default=0)
        width = max(min(_NAME, longest), *(cell_len(label) for _key, label, _told in begun))
        options: list[Option | None] = [
            Option(self._line(name, width), id=f"setup-{n}") for n, name in enumerate(self._names)
        ]
        if options:
            options.append(None)
        options += [Option(self._cells("", label, told, "$quiet", width), id=key) for key, label, told in begun]
        listed.clear_options()
        listed.add_options(options)
        listed.highlighted = before or 0

    def _line(self, name: str, width: int) -> Content:
        row = self._rows.get(name)
        told, look = (row.told, row.look) if row else ("", False)
        return self._cells("!" if look else "", name, told, "$warning" if look else "$quiet", width)

    def _cells(self, mark: str, name: str, told: str, style: str, width: int) -> Content:
        """Returns a line of the list; further lines of `told` are indented below its start."""
        room = self.size.width - 6
        beside = room - width - 5 >= _BESIDE
        indent = width + 5 if beside else _INDENT
        first, *rest = wrapped(told, room - indent)
        head = joined(plain(fit(mark, 2), "bold $warning"), plain(fit(name, width), "bold"))
        if beside:
            head = joined(head, "   ", plain(first, style))
        elif first:
            rest = [first, *rest]
        return lines([head, *(plain(" " * indent + line, style) for line in rest)])

    @on(OptionList.OptionSelected)
    async def _chosen(self, event: OptionList.OptionSelected) -> None:
        chosen = event.option_id or ""
        if chosen.startswith("setup-"):
            name = self._names[int(chosen.removeprefix("setup-"))]
            self.start(lambda: self._open(name), opening(name))
        elif chosen == "new":
            await self.onboard.open_setup(self.sitting.setups.fresh())
        elif chosen == "link":
            from alleo_onboard.tui.screens.receive import ReceiveScreen

            self.app.push_screen(ReceiveScreen())
        else:
            self.onboard.try_demo()

    async def _open(self, name: str) -> None:
        # In a thread: a keyring may open a window of its own, and a command that prints the secret may be slow.
        setup = await asyncio.to_thread(self.sitting.setups.find, name)
        self.call_later(self.onboard.open_setup, setup)
