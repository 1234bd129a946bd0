"""Textual messages used by more than one module of tui."""

from __future__ import annotations

from textual.message import Message

from alleo_onboard.wizard.steps import Step


class GoTo(Message):
    """Posted when the user chooses a step in the rail."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.step = step
