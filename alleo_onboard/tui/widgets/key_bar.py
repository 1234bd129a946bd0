"""The keys that work now, in one line. A click on a key presses it."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from alleo_onboard.locale import N_, _
from alleo_onboard.tui.text import plain

_GAP = 2
_TAB = Binding("tab", "app.focus_next", N_("Fields"), key_display="Tab")
_SCROLLING = ("scroll_told(1)", "scroll_told(-1)")
_ELSEWHERE = ("daily", "history")
_EVERYWHERE = ("back", "next", "help", "app.quit")  # last, because they are on every page


def _place(binding: Binding) -> int:
    """Returns the sort key of a binding: 0 for keys of the page, more for keys of all pages."""
    places = (*_SCROLLING, *_ELSEWHERE, *_EVERYWHERE)
    return places.index(binding.action) + 1 if binding.action in places else 0


class KeyBar(Widget):
    """Replaces Textual's Footer. Drawn as text instead of widgets, because that is faster to update."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; width: 100%; background: $background; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._shown: tuple[Binding, ...] = ()
        self._hits: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)
        self._bindings_changed(self.screen)

    def _bindings_changed(self, screen: Screen[object]) -> None:
        active = screen.active_bindings.values() if screen.is_active else ()
        named: dict[str, Binding] = {}
        if any(field.is_on_screen for field in screen.query("Field, Choice")):
            named["app.focus_next"] = _TAB
        elsewhere: frozenset[str] = getattr(screen, "ON_BUTTONS", frozenset())
        for one in active:
            if one.binding.show and one.enabled and one.binding.action not in elsewhere:
                named.setdefault(one.binding.action, one.binding)
        named.pop("app.command_palette", None)
        shown = tuple(sorted(named.values(), key=_place))
        if active and shown != self._shown:
            self._shown = shown
            self.refresh()

    def render(self) -> Content:
        """Draws the keys. If they do not all fit, drops the palette's word first, then keys of this page."""
        width, palette = self.content_size.width, self._palette(_("Commands"))
        keys = [
            (binding, self._key(self.app.get_key_display(binding), _(binding.description))) for binding in self._shown
        ]
        if sum(part.cell_length + _GAP for _binding, part in keys) + palette.cell_length > width:
            palette = self._palette("")
        room = width - palette.cell_length
        room -= sum(part.cell_length + _GAP for binding, part in keys if binding.action in _EVERYWHERE)
        parts: list[Content] = []
        self._hits, x = [(width - palette.cell_length, width, self.app.COMMAND_PALETTE_BINDING)], 0
        for binding, part in keys:
            if binding.action not in _EVERYWHERE:
                if part.cell_length + _GAP > room:
                    continue
                room -= part.cell_length + _GAP
            parts.append(part)
            self._hits.append((x, x + part.cell_length, binding.key))
            x += part.cell_length + _GAP
        left = Content(" " * _GAP).join(parts)
        return Content("").join([left, plain(" " * max(0, width - palette.cell_length - left.cell_length)), palette])

    def _palette(self, word: str) -> Content:
        key = self.app.COMMAND_PALETTE_BINDING
        return self._key(self.app.get_key_display(Binding(key, "app.command_palette")), word)

    @staticmethod
    def _key(display: str, description: str) -> Content:
        word = f" {description}" if description else ""
        return Content.assemble((display, "bold $footer-key-foreground"), (word, "$foreground"))

    def on_click(self, event: events.Click) -> None:
        x = event.x - self.styles.padding.left
        key = next((key for start, end, key in self._hits if start <= x < end), None)
        if key:
            self.app.simulate_key(key)
