"""The steps to create the credential in Personio, with the attributes to tick."""

from __future__ import annotations

from collections.abc import Collection

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from alleo_onboard.domain.attributes import NAMES
from alleo_onboard.locale.terms import attribute_label
from alleo_onboard.presentation.recipe import other_menu, recipe_new, recipe_old, recipe_title
from alleo_onboard.tui.text import joined, lines, plain
from alleo_onboard.tui.widgets.cells import fit, wrapped


class Recipe(Widget):
    """The steps of the new menu (or of the old one) and the eight attributes. Drawn as text, because that is fast."""

    DEFAULT_CSS = """
    Recipe { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__(id="recipe")
        self._old = False
        self._readable: Collection[str] | None = None
        self._roomy = self._over = False

    def fit(self, *, roomy: bool) -> None:
        """Sets whether empty lines separate the parts."""
        self._roomy = roomy
        self.refresh(layout=True)

    def toggle(self) -> None:
        """Switches between the new and the old menu."""
        self._old = not self._old
        self.refresh(layout=True)

    def tick(self, readable: Collection[str] | None) -> None:
        """Marks every attribute as readable or not; None means not known yet."""
        self._readable = readable
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as in Widget
        return len(self._lines(width))

    def render(self) -> Content:
        return lines(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        title = [plain(recipe_title(), "bold")]
        apart = [plain("")] if self._roomy else []
        return title + apart + self._steps(width) + apart + [self._fold()] + apart + self._ticks(width)

    def _steps(self, width: int) -> list[Content]:
        """Returns the numbered steps, further lines indented below their text."""
        told: list[Content] = []
        for number, step in enumerate(recipe_old() if self._old else recipe_new(), start=1):
            first, *rest = wrapped(step, width - 3)
            told += [plain(f"{number}. {first}"), *(plain(f"   {line}") for line in rest)]
        return told

    def _fold(self) -> Content:
        return joined(
            plain(other_menu(old=self._old), "$quiet" + " on $surface" * self._over), plain("  v", "bold $primary")
        )

    def _ticks(self, width: int) -> list[Content]:
        longest = max(cell_len(attribute_label(name)) for name in NAMES) + 3
        columns = next((number for number in (4, 2) if longest * number <= width + 1), 1)
        marked = [self._tick(name, width // columns - 1) for name in NAMES]
        return [Content(" ").join(marked[at : at + columns]) for at in range(0, len(marked), columns)]

    def _tick(self, name: str, width: int) -> Content:
        there = self._readable is not None and name in self._readable
        mark, style = ("☐", "") if self._readable is None else ("✓", "$success") if there else ("!", "bold $warning")
        return plain(fit(f"{mark} {attribute_label(name)}", width), style)

    # Mouse

    def _on_fold(self, event: events.MouseEvent) -> bool:
        """Returns True if the mouse is on the line that switches the menu."""
        offset, width = event.get_content_offset(self), self.content_size.width
        return offset is not None and offset.y == len(self._lines(width)) - len(self._ticks(width)) - 1 - self._roomy

    def on_click(self, event: events.Click) -> None:
        if self._on_fold(event):
            self.toggle()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._point(self._on_fold(event))

    def on_leave(self) -> None:
        self._point(False)

    def _point(self, over: bool) -> None:  # noqa: FBT001 - where the mouse is
        if over is not self._over:
            self._over = over
            self.refresh()
