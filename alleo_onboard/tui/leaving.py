"""Leaving the wizard: the warning about what would be lost, and the text printed afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text
from textual.screen import Screen

from alleo_onboard.presentation import leaving
from alleo_onboard.tui.text import harmless
from alleo_onboard.tui.widgets.fields import SecretField
from alleo_onboard.usecases.sitting.sitting import Sitting


def at_stake(sitting: Sitting, open_screens: Iterable[Screen[object]]) -> str:
    """Returns the question to ask before leaving, or "" if nothing would be lost."""
    if sitting.sandbox:
        return ""
    typed = any(field.filled for screen in open_screens for field in screen.query(SecretField))
    return leaving.question(sitting.setup, typed=typed, signed_in=sitting.welcome is not None)


def farewell(sitting: Sitting) -> Text | None:
    """Returns the text for the terminal after the wizard: what was saved and how to continue.

    None if nothing was saved.
    """
    if sitting.setups.forgetful or not sitting.setup.saved:
        return None
    return Text(harmless(leaving.farewell(sitting.setup, forgetful=False)))
