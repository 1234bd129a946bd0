"""Leaving the wizard: the warning about what would be lost, and the text printed afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from alleo_onboard.presentation import leaving
from alleo_onboard.tui.text import harmless
from alleo_onboard.tui.widgets.fields import SecretField

if TYPE_CHECKING:
    from alleo_onboard.tui.app import OnboardApp


def at_stake(app: OnboardApp) -> str:
    """Returns the question to ask before leaving, or "" if nothing would be lost."""
    if app.sandbox:
        return ""
    typed = any(field.filled for screen in app.screen_stack for field in screen.query(SecretField))
    return leaving.question(app.setup, typed=typed, signed_in=app.welcome is not None)


def farewell(app: OnboardApp) -> Text | None:
    """Returns the text for the terminal after the wizard: what was saved and how to continue.

    None if nothing was saved.
    """
    if app.setups.forgetful or not app.setup.saved:
        return None
    return Text(harmless(leaving.farewell(app.setup, forgetful=False)))
