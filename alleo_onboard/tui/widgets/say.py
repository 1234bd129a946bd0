"""A text widget that never parses markup, and the box for errors."""

from __future__ import annotations

import re

from textual.content import Content
from textual.css.styles import RulesMap
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions
from textual.widgets import Static

from alleo_onboard.tui.text import lines, plain

# What stands before the text of a point: its mark, and a name set off by three spaces.
_LEAD = re.compile(r" *(?:(?:[✓!·▸-]|\d+\.) +)?(?:\S+(?: \S+)* {3,})?")


class Hanging(Content):
    """Text whose points go on below their own text, not below their mark."""

    def hung(self, width: int) -> Content:
        """Returns the text broken into lines of at most `width` cells."""
        return lines([part for line in self.split(allow_blank=True) for part in _hung(line, width)])

    def get_height(self, rules: RulesMap, width: int) -> int:
        if rules.get("text_wrap") == "nowrap":
            return super().get_height(rules, width)
        return self.hung(width).get_height(rules, width)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        if not width or options.rules.get("text_wrap") == "nowrap":
            return super().render_strips(width, height, style, options)
        return self.hung(width).render_strips(width, height, style, options)


def _hung(line: Content, width: int) -> list[Content]:
    lead = _LEAD.match(line.plain)
    indent = lead.end() if lead else 0
    if not indent or line.cell_length <= width or indent > width // 3:
        return [line]
    first, *rest = line[indent:].wrap(width - indent)
    return [line[:indent] + first, *(Content(" " * indent) + part for part in rest)]


class Say(Static):
    """Shows text as it is. Use it instead of Static and Label for text that may come from outside."""

    def __init__(self, text: str | Content = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(_content(text), id=id, classes=classes, markup=False)

    def say(self, text: str | Content) -> None:
        """Replaces the text."""
        self.update(_content(text))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Returns what is selected, by the lines that are shown."""
        if not isinstance(self.visual, Hanging):
            return super().get_selection(selection)
        return selection.extract(str(self.visual.hung(self.content_size.width))), "\n"


class Trouble(Say):
    """Shows an error in the page; hidden while there is none."""

    def tell(self, text: str) -> None:
        """Shows `text` as an error, or hides the box for ""."""
        self.say(text and plain(f"! {text}"))
        self.display = bool(text)
        if text:
            self.call_after_refresh(self.scroll_visible, animate=False)


class Refusal(Say):
    """Says below a field what is wrong with its value."""

    DEFAULT_CSS = """
    Refusal { height: auto; padding: 0 1; color: $warning; }
    """

    def __init__(self, text: str) -> None:
        super().__init__(plain(f"! {text}"), id="refusal")

    def on_mount(self) -> None:
        self.call_after_refresh(self.scroll_visible, animate=False)


def _content(text: str | Content) -> Content:
    content = text if isinstance(text, Content) else plain(text)
    return Hanging(content.plain, list(content.spans))
