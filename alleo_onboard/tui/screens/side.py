"""The common frame of pages beside the steps: shown above the current page, which Back returns to."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button

from alleo_onboard.locale import N_, _
from alleo_onboard.tui.screens.work import TooSmall, Working
from alleo_onboard.tui.text import plain
from alleo_onboard.tui.widgets.header import Header
from alleo_onboard.tui.widgets.key_bar import KeyBar
from alleo_onboard.tui.widgets.say import Say


class SideScreen(Working):
    """A page beside the steps. Subclasses define `heading`, `compose_body` and `arrive`."""

    AUTO_FOCUS = ""
    _arrived = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b", "close", N_("Back")),
    ]

    def heading(self) -> str:
        """Returns the title of the page."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        header = Header(self.sitting.host, sandbox=self.sitting.sandbox)
        header.show(self.sitting.setup.profile.name, self.heading())
        yield header
        with Vertical(id="room"):
            yield from self.compose_room()
        with Horizontal(id="nav"):
            yield Button(plain(_("‹ Back")), id="close", action="screen.close", compact=True)
            yield Say(id="status")
        yield KeyBar()
        yield TooSmall()

    def on_screen_resume(self) -> None:
        # Not on_mount: nested widgets may be mounted later than the screen itself.
        if not self._arrived:
            self._arrived = True
            self.arrive()

    def arrive(self) -> None:
        """Called once, when the page is first shown."""

    def lock_changed(self) -> None:
        super().lock_changed()
        self.query_one("#close", Button).disabled = self.locked

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not self.locked if action == "close" else super().check_action(action, parameters)

    def action_close(self) -> None:
        self.give_up()
        self.dismiss()

    def title_shown(self) -> str:
        return self.heading()
