"""The dialogue that asks since which day Alleo has run the sync."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input

from alleo_onboard.locale import N_, _
from alleo_onboard.locale.formats import day, read_day
from alleo_onboard.presentation.pages.activation import has_alleo_told_you, no_date
from alleo_onboard.tui.text import plain
from alleo_onboard.tui.widgets.fields import Field, Row
from alleo_onboard.tui.widgets.say import Say, Trouble


class Activation(ModalScreen[date | None]):
    """A dialogue that returns the day of activation, or None if Alleo has not activated it yet."""

    AUTO_FOCUS = "#on"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave_field", N_("Not yet"))]

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Say(has_alleo_told_you(), classes="paragraph")
            yield Row(_("Active since"), Field(day(self._today), id="on", moves_on=False))
            yield Trouble(id="wrong")
            with Horizontal(classes="actions"):
                yield Button(plain(_("It is active")), id="yes", compact=True, variant="primary")
                yield Button(plain(_("Not yet")), id="no", compact=True)

    def on_mount(self) -> None:
        self.query_one("#wrong", Trouble).tell("")

    @on(Button.Pressed, "#yes")
    @on(Input.Submitted)
    def _told(self) -> None:
        text = self.query_one("#on", Field).text
        if on := read_day(text):
            self.dismiss(on)
        else:
            self.query_one("#wrong", Trouble).tell(no_date(text=text[:20]))
            self.query_one("#on").focus()

    @on(Button.Pressed, "#no")
    def action_leave_field(self) -> None:
        self.dismiss(None)
