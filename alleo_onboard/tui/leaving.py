"""Leaving the wizard: what would be lost by it, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text
from textual.screen import Screen

from alleo_onboard.presentation import leaving
from alleo_onboard.tui.text import harmless
from alleo_onboard.tui.widgets.fields import SecretField
from alleo_onboard.usecases.sitting.sitting import Sitting


def at_stake(sitting: Sitting, open_screens: Iterable[Screen[object]]) -> str:
    """What a person would lose by leaving, as a question; "" where nothing would be lost."""
    if sitting.sandbox:
        return ""
    typed = any(field.filled for screen in open_screens for field in screen.query(SecretField))
    return leaving.question(sitting.setup, typed=typed, signed_in=sitting.welcome is not None)


def farewell(sitting: Sitting) -> Text | None:
    """What was saved and how to go on, for the terminal once the wizard is closed."""
    if sitting.setups.forgetful or not sitting.setup.saved:
        return None
    return Text(harmless(leaving.farewell(sitting.setup, forgetful=False)))
