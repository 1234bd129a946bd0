"""One of several, told apart by a filled and an empty circle as well as by colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from alleo_onboard.locale import _
from alleo_onboard.tui.text import joined, plain


@dataclass(frozen=True, slots=True)
class Option:
    """`note` says more in a few words; an option that is not `open` is only named."""

    key: str
    label: str
    note: str = ""
    open: bool = True


class Choice(Widget, can_focus=True):
    """Arrow keys or a click choose."""

    DEFAULT_CSS = """
    Choice { height: auto; width: 1fr; }
    Choice:focus { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,right,space", "move(1)", _("Choose"), show=False),
        Binding("up,left", "move(-1)", _("Choose"), show=False),
    ]

    class Changed(Message):
        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> Choice:
            return self.choice

    def __init__(self, options: tuple[Option, ...], chosen: str, *, id: str, across: bool = False) -> None:  # noqa: A002
        super().__init__(id=id)
        self._options, self.chosen, self._across = options, chosen, across

    def render(self) -> Content:
        between = "   " if self._across else "\n"
        return Content(between).join([self._draw(option) for option in self._options])

    def _draw(self, option: Option) -> Content:
        chosen = option.key == self.chosen
        style = "bold $primary" if chosen else "" if option.open else "$quiet"
        note = plain(f"  {option.note}", "$quiet") if option.note else plain("")
        return joined(plain(f"{'●' if chosen else '○'} {option.label}", style), note)

    def action_move(self, by: int) -> None:
        keys = [option.key for option in self._options if option.open]
        self.choose(keys[(keys.index(self.chosen) + by) % len(keys)])

    def choose(self, key: str) -> None:
        if key != self.chosen:
            self.chosen = key
            self.refresh(layout=True)
            self.post_message(self.Changed(self))

    def offer(self, options: tuple[Option, ...]) -> None:
        """Other words for the same keys."""
        self._options = options
        self.refresh(layout=True)

    def on_click(self, event: events.Click) -> None:
        option = self._at(event.x, event.y)
        if option and option.open:
            self.choose(option.key)

    def _at(self, x: int, y: int) -> Option | None:
        if not self._across:
            return self._options[y] if 0 <= y < len(self._options) else None
        for option in self._options:
            width = self._draw(option).cell_length
            if x < width + 3:
                return option
            x -= width + 3
        return None
