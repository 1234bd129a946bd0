"""The frame of a page beside the steps: it lies over the step one is at, and leads back to it."""

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
from alleo_onboard.tui.widgets.say import Say, Trouble


class SideScreen(Working):
    """Subclasses give `title`, `compose_body` and `arrive`, which is called when it is shown."""

    AUTO_FOCUS = ""
    _arrived = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b", "close", N_("Back")),
    ]

    def heading(self) -> str:
        """What the page is called."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        header = Header(self.sitting.host, sandbox=self.sitting.sandbox)
        header.show(self.sitting.setup.profile.name, self.heading())
        yield header
        with Vertical(id="room"):
            yield Trouble(id="trouble")
            with Vertical(id="body"):
                yield from self.compose_body()
        with Horizontal(id="nav"):
            yield Button(plain(_("‹ Back")), id="close", action="screen.close", compact=True)
            yield Say(id="status")
        yield KeyBar()
        yield TooSmall()

    def compose_body(self) -> ComposeResult:
        """The widgets of this page."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        # Not on_mount: what is nested may be mounted a little later than the screen itself.
        if not self._arrived:
            self._arrived = True
            self.arrive()

    def arrive(self) -> None:
        """The page is shown."""

    def action_close(self) -> None:
        self.give_up()
        self.dismiss()

    def title_shown(self) -> str:
        return self.heading()
