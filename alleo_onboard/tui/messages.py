"""Messages that more than one file of this room speaks."""

from __future__ import annotations

from textual.message import Message

from alleo_onboard.wizard.steps import Step


class GoTo(Message):
    """A person chose a step in the rail."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.step = step
