"""Radio buttons: one of several options, marked by a filled circle as well as by colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from alleo_onboard.locale import N_
from alleo_onboard.tui.text import joined, lines, plain

_GAP = 3  # cells between options side by side


@dataclass(frozen=True, slots=True)
class Option:
    """One option."""

    key: str
    label: str
    note: str = ""  # a few words shown after the label
    open: bool = True  # False: shown but cannot be chosen


class Choice(Widget, can_focus=True):
    """Radio buttons, chosen with the arrow keys or a click."""

    DEFAULT_CSS = """
    Choice { height: auto; width: 1fr; }
    Choice:focus { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,right,space", "move(1)", N_("Choose"), show=False),
        Binding("up,left", "move(-1)", N_("Choose"), show=False),
    ]

    class Changed(Message):
        """Posted when another option is chosen."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> Choice:
            return self.choice

    def __init__(self, options: tuple[Option, ...], chosen: str, *, id: str, across: bool = False) -> None:  # noqa: A002
        super().__init__(id=id)
        self._options, self.chosen, self._across = options, chosen, across

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - as in Widget
        widths = [self._draw(option).cell_length for option in self._options]
        return sum(widths) + _GAP * (len(widths) - 1) if self._across else max(widths)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as in Widget
        return len(self._rows(width))

    def render(self) -> Content:
        rows = self._rows(self.content_size.width)
        return lines([Content(" " * _GAP).join([self._draw(option) for option in row]) for row in rows])

    def _rows(self, width: int) -> list[list[Option]]:
        """Returns the options row by row: one per row, or side by side as far as they fit."""
        rows: list[list[Option]] = []
        left = 0
        for option in self._options:
            taken = self._draw(option).cell_length
            if not rows or not self._across or taken > left:
                rows.append([])
                left = width
            rows[-1].append(option)
            left -= taken + _GAP
        return rows

    def _draw(self, option: Option) -> Content:
        chosen = option.key == self.chosen
        style = "bold $primary" if chosen else "" if option.open else "$quiet"
        note = plain(f"  {option.note}", "$quiet") if option.note else plain("")
        return joined(plain(f"{'●' if chosen else '○'} {option.label}", style), note)

    def action_move(self, by: int) -> None:
        keys = [option.key for option in self._options if option.open]
        self.choose(keys[(keys.index(self.chosen) + by) % len(keys)])

    def choose(self, key: str) -> None:
        """Chooses the option with this key and posts Changed if it is another one."""
        if key != self.chosen:
            self.chosen = key
            self.refresh(layout=True)
            self.post_message(self.Changed(self))

    def offer(self, options: tuple[Option, ...]) -> None:
        """Replaces the options; the keys must stay the same."""
        self._options = options
        self.refresh(layout=True)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        option = self._at(offset.x, offset.y) if offset else None
        if option and option.open:
            self.choose(option.key)

    def _at(self, x: int, y: int) -> Option | None:
        rows = self._rows(self.content_size.width)
        if not 0 <= y < len(rows):
            return None
        for option in rows[y]:
            width = self._draw(option).cell_length + _GAP
            if x < width:
                return option
            x -= width
        return None if self._across else rows[y][0]
