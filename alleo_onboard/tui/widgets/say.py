"""A text widget that never parses markup, and the box for errors."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from alleo_onboard.tui.text import plain


class Say(Static):
    """Shows text as it is. Use it instead of Static and Label for text that may come from outside."""

    def __init__(self, text: str | Content = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(_content(text), id=id, classes=classes, markup=False)

    def say(self, text: str | Content) -> None:
        """Replaces the text."""
        self.update(_content(text))


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
    return text if isinstance(text, Content) else plain(text)
