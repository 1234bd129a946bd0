"""What the pages need of the app. It opens them, so they know it by this only, and nothing is imported in a circle."""

from __future__ import annotations

from typing import Protocol

from textual.screen import Screen

from alleo_onboard.usecases.setups.resolve import Setup, Setups
from alleo_onboard.usecases.sitting.sitting import Sitting
from alleo_onboard.wizard.steps import Step


class Onboard(Protocol):
    """`veiled`: people's names and addresses are hidden. `outcome`: the exit code when a person leaves.

    `from_start`: there is a page of set-ups to go back to; `offers_demo`: it offers made-up people.
    """

    sitting: Sitting
    setups: Setups
    veiled: bool
    outcome: int
    from_start: bool
    offers_demo: bool

    def go(self, step: Step) -> None:
        """Shows a step, if it can be gone to."""

    def step_screen(self, step: Step) -> Screen[None]:
        """The screen of a step, the same one for a whole sitting."""

    def show_history(self) -> None:
        """Lays the runs so far over the page."""

    def show_daily(self) -> None:
        """Lays the daily run over the page."""

    def to_start(self) -> None:
        """Back to the set-ups of this computer."""

    async def open_setup(self, setup: Setup) -> None:
        """Begins a sitting with another set-up."""

    def try_demo(self) -> None:
        """Leaves for a wizard with made-up people."""
