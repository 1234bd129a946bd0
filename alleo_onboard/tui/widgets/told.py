"""What scrolls on a page. It has no focus; keys of the page scroll it."""

from __future__ import annotations

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Log

from alleo_onboard.locale import N_

KEYS = (
    Binding("space", "scroll_told(1)", N_("Further down")),
    Binding("backspace", "scroll_told(-1)", N_("Further up")),
)


class Scrolled(Widget):
    """What keys of the page scroll. Named last among bases: Textual takes the looks of the first."""

    def on_mount(self) -> None:
        for what in ("virtual_size", "scroll_y"):
            self.watch(self, what, self.screen.refresh_bindings, init=False)

    def goes_on(self, by: int) -> bool:
        """Returns True if there is more to see down (`by` > 0) or up (`by` < 0)."""
        return self.display and (self.scroll_y < self.max_scroll_y if by > 0 else self.scroll_y > 0)

    def page(self, by: int) -> None:
        """Scrolls one page down (1) or up (-1)."""
        self.scroll_relative(y=by * max(1, self.size.height - 1), animate=False)


class Told(VerticalScroll, Scrolled, can_focus=False):
    """A vertical scroll area for text that may not fit."""


class Names(Log, Scrolled, can_focus=False):
    """Names that are added while something runs; the end is shown."""


def scrolled(page: Widget) -> list[Told | Names]:
    """Returns what the keys scroll on a page, from above."""
    return [*page.query(Told), *page.query(Names)]
