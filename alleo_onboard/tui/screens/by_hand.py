"""The dialogue for handing over through another service: the text to paste, and the link that service returned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input

from alleo_onboard.domain.handover import Via
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import N_, _
from alleo_onboard.presentation.handover import via_about
from alleo_onboard.presentation.pages.by_hand import link_is_needed
from alleo_onboard.tui.text import plain
from alleo_onboard.tui.widgets.fields import Field, Row
from alleo_onboard.tui.widgets.say import Say, Trouble


@dataclass(frozen=True, slots=True)
class Link:
    """The link a user created at another service."""

    service: str
    address: Secret


class ByHand(ModalScreen[Link | None]):
    """A dialogue that shows the text to paste and returns the link that was entered, or None."""

    AUTO_FOCUS = "#show"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave_field", N_("Not yet"))]

    def __init__(self, letter: str) -> None:
        super().__init__()
        self._letter = Secret(letter)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Say(via_about(Via.MANUAL), classes="paragraph")
            yield Say(id="letter")
            yield Row(_("Service"), Field(id="service"))
            yield Row(_("Its link"), Field(id="link", moves_on=False))
            yield Trouble(id="wrong")
            with Horizontal(classes="actions"):
                yield Button(plain(_("Show the text to paste")), id="show", compact=True)
                yield Button(plain(_("Hand over")), id="yes", compact=True, variant="primary")
                yield Button(plain(_("Not yet")), id="no", compact=True)

    def on_mount(self) -> None:
        self.query_one("#wrong", Trouble).tell("")

    @on(Button.Pressed, "#show")
    def _show(self) -> None:
        """Shows or hides the text to paste, which contains the credential."""
        letter, button = self.query_one("#letter", Say), self.query_one("#show", Button)
        shown = letter.has_class("-shown")
        letter.set_class(not shown, "-shown")
        letter.say("" if shown else self._letter.reveal())
        button.label = plain(_("Show the text to paste") if shown else _("Hide the text"))

    @on(Button.Pressed, "#yes")
    @on(Input.Submitted, "#link")
    def _told(self) -> None:
        link = self.query_one("#link", Field).text
        if not link:
            said = link_is_needed()
            self.query_one("#wrong", Trouble).tell(said)
            self.query_one("#link").focus()
            return
        self.dismiss(Link(self.query_one("#service", Field).text, Secret(link)))

    @on(Button.Pressed, "#no")
    def action_leave_field(self) -> None:
        self.dismiss(None)
