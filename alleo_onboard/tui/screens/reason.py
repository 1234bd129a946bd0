"""The dialogue that asks why a set-up is handed over although the check found errors."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input

from alleo_onboard.locale import N_, _
from alleo_onboard.presentation.pages.handover import why_all_the_same
from alleo_onboard.tui.text import plain
from alleo_onboard.tui.widgets.fields import Field, Row
from alleo_onboard.tui.widgets.say import Say


class Reason(ModalScreen[str]):
    """A dialogue that returns the reason, or "" to not hand over."""

    AUTO_FOCUS = "#why"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave_field", N_("Not yet"))]

    def __init__(self, trouble: str) -> None:
        super().__init__()
        self._trouble = trouble

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Say(plain(f"! {self._trouble}", "$warning"), classes="paragraph")
            yield Say(why_all_the_same(), classes="paragraph")
            yield Row(_("Reason"), Field(id="why", moves_on=False))
            with Horizontal(classes="actions"):
                yield Button(plain(_("Hand over")), id="yes", compact=True)
                yield Button(plain(_("Not yet")), id="no", compact=True, variant="primary")

    @on(Button.Pressed, "#yes")
    @on(Input.Submitted)
    def _told(self) -> None:
        """Closes the dialogue if a reason was typed."""
        if text := self.query_one("#why", Field).text:
            self.dismiss(text)
        else:
            self.query_one("#why").focus()

    @on(Button.Pressed, "#no")
    def action_leave_field(self) -> None:
        self.dismiss("")
