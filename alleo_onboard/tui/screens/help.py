"""Help for one step: what it is for, and every key that works there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button

from alleo_onboard.locale import _
from alleo_onboard.tui.text import joined, lines, plain
from alleo_onboard.tui.widgets.say import Say


class HelpScreen(ModalScreen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", _("Close")),
    ]

    def __init__(self, title: str, text: Sequence[str], bindings: Mapping[str, ActiveBinding]) -> None:
        super().__init__()
        self._title, self._text, self._bound = title, text, bindings

    def compose(self) -> ComposeResult:
        paragraphs = [plain(paragraph) for paragraph in self._text]
        with VerticalScroll(classes="dialog", id="help"):
            yield Say(Content("\n\n").join([plain(self._title, "bold"), *paragraphs, self._keys()]))
            with Horizontal(classes="actions"):
                yield Button(plain(_("Close")), action="screen.dismiss", compact=True, variant="primary")

    def _keys(self) -> Content:
        rows = [
            joined(
                plain(f"{self.app.get_key_display(active.binding):>8}", "bold $primary"),
                "  ",
                active.binding.description,
            )
            for active in self._bound.values()
            if active.enabled and active.binding.show and active.binding.description
        ]
        return lines(rows)
