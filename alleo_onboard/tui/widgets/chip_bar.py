"""A row of choices with counts, one of them chosen: by click, by arrow keys, or by code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from alleo_onboard.locale import N_
from alleo_onboard.locale.formats import count


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice."""

    value: object  # what the choice stands for
    label: str
    n: int | None = None
    style: str = "$foreground"  # theme colour of the text

    @property
    def text(self) -> str:
        return self.label if self.n is None else f"{self.label} {count(self.n)}"


class ChipBar(Widget, can_focus=True):
    """One line of choices. The chosen one is in brackets, so that it shows without colour."""

    DEFAULT_CSS = """
    ChipBar { height: 1; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", N_("One to the left"), show=False),
        Binding("right", "step(1)", N_("One to the right"), show=False),
    ]

    class Chosen(Message):
        """Posted when the user or `choose` takes another choice."""

        def __init__(self, bar: ChipBar, value: object) -> None:
            super().__init__()
            self.bar, self.value = bar, value

        @property
        def control(self) -> ChipBar:
            return self.bar

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._chips: tuple[Chip, ...] = ()
        self._chosen = 0
        self._hint = ""
        self._hits: list[tuple[int, int, int]] = []

    @property
    def hint(self) -> str:
        """Text shown when there is nothing to choose from."""
        return self._hint

    @hint.setter
    def hint(self, text: str) -> None:
        self._hint = text
        self.refresh()

    def show(self, chips: Sequence[Chip], chosen: object) -> None:
        """Shows these choices. Posts no message."""
        self._chips = tuple(chips)
        self._chosen = next((i for i, chip in enumerate(chips) if chip.value == chosen), 0)
        self.can_focus = len(self._chips) > 1
        self.refresh()

    def choose(self, place: int) -> None:
        """Takes the choice with index `place`, if it exists, and posts Chosen."""
        if 0 <= place < len(self._chips) and place != self._chosen:
            self._chosen = place
            self.refresh()
            self.post_message(self.Chosen(self, self._chips[place].value))

    def action_step(self, by: int) -> None:
        self.choose(self._chosen + by)

    def turn(self) -> None:
        """Takes the next choice; after the last, the first."""
        if self._chips:
            self.choose((self._chosen + 1) % len(self._chips))

    def render(self) -> Content:
        if not self._chips:
            return Content.styled(self._hint, "$quiet")
        first = self._first()
        parts: list[tuple[str, str]] = []
        x = 0
        self._hits = []
        if first:
            parts.append(("‹ ", "$quiet"))
            self._hits.append((0, 2, first - 1))
            x = 2
        for place in range(first, len(self._chips)):
            chip, chosen = self._chips[place], place == self._chosen
            text = f"[{chip.text}]" if chosen else f" {chip.text} "
            more = place < len(self._chips) - 1
            if x + cell_len(text) + (2 if more else 0) > self.size.width and place > first:
                parts.append(("›", "$quiet"))
                self._hits.append((x, x + 2, place))
                break
            ground = " on $panel" if chosen else ""
            bold = "bold underline " if chosen and self.has_focus else "bold " if chosen else ""
            parts.append((text, f"{bold}{chip.style}{ground}"))
            self._hits.append((x, x + cell_len(text), place))
            parts.append((" ", ""))
            x += cell_len(text) + 1
        return Content.assemble(*parts)

    def _first(self) -> int:
        """Returns the index of the first choice to draw so that the chosen one is visible."""
        first = 0
        while first < self._chosen and self._span(first, self._chosen) + 4 > self.size.width:
            first += 1
        return first if self._span(0, len(self._chips) - 1) > self.size.width else 0

    def _span(self, first: int, last: int) -> int:
        return sum(cell_len(chip.text) + 3 for chip in self._chips[first : last + 1]) - 1

    def on_click(self, event: events.Click) -> None:
        hit = next((place for start, end, place in self._hits if start <= event.x < end), None)
        if hit is not None:
            self.choose(hit)
