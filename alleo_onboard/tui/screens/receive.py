"""Taking over a credential that was handed over: the page of whoever was sent a link."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from alleo_onboard.locale import _
from alleo_onboard.tui.screens.side import SideScreen
from alleo_onboard.tui.widgets.say import Say


class ReceiveScreen(SideScreen):
    def heading(self) -> str:
        return _("I was sent a link")

    def compose_body(self) -> ComposeResult:
        yield Say(_("On the command line: alleo-onboard receive takes over the credential behind a link."))

    def help_text(self) -> Sequence[str]:
        return (_("Opening a link consumes it, so a place to keep the credential is found first."),)
