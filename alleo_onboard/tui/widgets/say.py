"""Text on the screen that can never be markup, and the box for what went wrong."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from alleo_onboard.tui.text import plain


class Say(Static):
    """Shows text as it is. Use it instead of Static and Label wherever text may come from outside."""

    def __init__(self, text: str | Content = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(_content(text), id=id, classes=classes, markup=False)

    def say(self, text: str | Content) -> None:
        self.update(_content(text))


class Trouble(Say):
    """What went wrong, in the page; hidden while there is nothing to say."""

    def tell(self, text: str) -> None:
        self.say(text and plain(f"! {text}"))
        self.display = bool(text)
        if text:
            self.call_after_refresh(self.scroll_visible, animate=False)


def _content(text: str | Content) -> Content:
    return text if isinstance(text, Content) else plain(text)
