"""What pages need of the app. A protocol, because the app imports the pages."""

from __future__ import annotations

from typing import Protocol

from textual.screen import Screen

from alleo_onboard.usecases.setups.resolve import Setup, Setups
from alleo_onboard.usecases.sitting.sitting import Sitting
from alleo_onboard.wizard.steps import Step


class Onboard(Protocol):
    """The app, as pages see it."""

    sitting: Sitting
    setups: Setups
    veiled: bool  # people's names and addresses are hidden
    outcome: int  # the exit code
    from_start: bool  # there is a start page to go back to
    offers_demo: bool  # the start page offers made-up people

    def go(self, step: Step) -> None:
        """Shows a step, if it is reachable."""

    def step_screen(self, step: Step) -> Screen[None]:
        """Returns the screen of a step; the same one for the whole session."""

    def show_history(self) -> None:
        """Opens the history above the current page."""

    def show_daily(self) -> None:
        """Opens the daily run above the current page."""

    def to_start(self) -> None:
        """Goes to the start page."""

    async def open_setup(self, setup: Setup) -> None:
        """Starts a session with another set-up."""

    def try_demo(self) -> None:
        """Leaves for a wizard with made-up people."""
