"""The buttons of a page; they go on in a further line where they do not fit side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.binding import Binding
from textual.geometry import NULL_OFFSET, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget
from textual.widgets import Button

from alleo_onboard.locale import _
from alleo_onboard.tui.text import plain

_GAP = 2  # cells between two buttons


class _Flow(Layout):
    """Places widgets of one line, each as wide as its content, side by side and then below."""

    name = "flow"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:  # noqa: ARG002, FBT001, FBT002 - as in Layout
        parent.pre_layout(self)
        placed: list[WidgetPlacement] = []
        x = y = 0
        for child in children:
            gutter = child.styles.gutter
            width = child.get_content_width(size, parent.app.viewport_size) + gutter.width
            if x and x + width > size.width:
                x, y = 0, y + 1
            placed.append(WidgetPlacement(Region(x, y, width, 1), NULL_OFFSET, child.styles.margin, child))
            x += width + _GAP
        return placed


def _described(key: Binding) -> str:
    return _(key.description)


class Actions(Widget):
    """The buttons of a page, one for each of `keys`. `first` is the action whose button stands out."""

    DEFAULT_CSS = """
    Actions { height: auto; width: 100%; margin: 1 0; }
    """

    def __init__(self, keys: Sequence[Binding], first: str, label: Callable[[Binding], str] = _described) -> None:
        buttons = [
            Button(
                plain(label(key)),
                variant="primary" if key.action == first else "default",
                id=key.action,
                action=f"screen.{key.action}",
                compact=True,
            )
            for key in keys
        ]
        super().__init__(*buttons, id="actions")
        self._flow = _Flow()

    @property
    def layout(self) -> Layout:
        """The layout; Textual's own have no further lines."""
        return self._flow
