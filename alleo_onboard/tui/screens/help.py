"""The help of a page: its purpose, its keys, and the glossary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input

from alleo_onboard.locale import N_, _
from alleo_onboard.presentation.glossary import glossary
from alleo_onboard.tui.text import joined, lines, plain
from alleo_onboard.tui.widgets.cells import fit
from alleo_onboard.tui.widgets.say import Say

_KEY = 9  # cells
_BESIDE = 60  # columns from which keys are shown in two columns
_MOVES = ("up", "down", "home", "end", "pageup", "pagedown")  # told last: everybody tries them
_WIDEST, _FRAME = 72, 7  # columns of the sheet, and of its border, padding and scrollbar


def _toolkit() -> Mapping[str, str]:
    """Returns our labels for Textual's own actions; "" for those the help leaves out."""
    unneeded = (
        "scroll_left",
        "scroll_right",
        "page_left",
        "page_right",
        "scroll_up",
        "scroll_down",
        "scroll_home",
        "scroll_end",
        "screen.copy_text",
    )
    return {
        **dict.fromkeys(unneeded, ""),
        "app.command_palette": _("Commands"),
        "command_palette": _("Commands"),
        "app.help_quit": _("Quit"),
        "cursor_up": _("Up"),
        "cursor_down": _("Down"),
        "page_up": _("A page up"),
        "page_down": _("A page down"),
        "first": _("To the first"),
        "last": _("To the last"),
        "select": _("Choose"),
        "press": _("Press the button"),
    }


class HelpScreen(ModalScreen[None]):
    """Shows the help of the page below. Any closing key dismisses it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q,enter", "dismiss", N_("Close")),
    ]

    def __init__(self, title: str, text: Sequence[str], bindings: Mapping[str, ActiveBinding]) -> None:
        super().__init__()
        self._title, self._text, self._bound = title, text, bindings

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog", id="help"):
            yield Say(id="help-text")
            with Horizontal(classes="actions"):
                yield Button(plain(_("Close")), action="screen.dismiss", compact=True, variant="primary")

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        """Draws the help: keys first, so that they show without scrolling, then the page's text and the glossary."""
        width = min(_WIDEST, self.app.size.width * 94 // 100) - _FRAME
        parts = [plain(self._title, "bold"), self._keys(width), plain("")]
        parts += [part for paragraph in self._text for part in (plain(paragraph), plain(""))]
        parts.append(plain(_("What the words mean"), "bold"))
        parts += [joined(plain(word, "bold"), f"  {meaning}") for word, meaning in glossary()]
        self.query_one("#help-text", Say).say(lines(parts))

    def _keys(self, width: int) -> Content:
        columns = 2 if width >= _BESIDE else 1
        room = width // columns
        cells = [
            joined(plain(fit(key, _KEY, right=True), "bold $primary"), " ", fit(told, room - _KEY - 2), " ")
            for key, told in self._named().items()
        ]
        rows = -(-len(cells) // columns)
        return lines([joined(*cells[row::rows]) for row in range(rows)])

    def _named(self) -> Mapping[str, str]:
        """Returns the keys to show: key names to description. Keys with the same effect are joined."""
        told: dict[str, list[str]] = {}
        ours = _toolkit()
        for active in sorted(self._bound.values(), key=lambda active: active.binding.key in _MOVES):
            binding = active.binding
            text = _(ours.get(binding.action, binding.description))
            hidden = isinstance(active.node, Input) and not binding.show
            if active.enabled and text and not hidden:
                told.setdefault(text, []).append(self.app.get_key_display(binding))
        return {_shown(list(dict.fromkeys(keys))): text for text, keys in told.items()}


def _shown(keys: Sequence[str]) -> str:
    """Returns the names of keys with the same effect; of more than fit only the first and the last."""
    return names if len(names := " ".join(keys)) <= _KEY else f"{keys[0]}–{keys[-1]}"
