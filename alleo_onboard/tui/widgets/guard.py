"""The fields for numbers that must be typed before unusually many people are changed."""

from __future__ import annotations

from typing import Protocol

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from alleo_onboard.presentation.pages.run import not_the_number, type_it
from alleo_onboard.tui.widgets.fields import Number, Row
from alleo_onboard.usecases.run.typed import EVERYTHING, Asked, Typed


class Offer(Protocol):
    """A plan to confirm, with what was typed so far."""

    @property
    def numbers(self) -> tuple[Asked, ...]:
        """The numbers that must be typed, with those typed so far."""

    @property
    def startable(self) -> bool:
        """True if the plan can be applied."""


class Guard(Vertical):
    """Shows the fields an offer needs (`ask`) and returns what was typed (`typed`)."""

    DEFAULT_CSS = """
    Guard { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__(id="guard")

    def compose(self) -> ComposeResult:
        for what in EVERYTHING:
            yield Row("", Number(id=f"typed-{what}"), id=f"guard-{what}")

    @property
    def typed(self) -> Typed:
        """The texts typed."""
        return Typed(*(self.query_one(f"#typed-{what}", Number).text for what in EVERYTHING))

    def clear(self) -> None:
        """Empties the fields. That is no typing: what the page says meanwhile stays."""
        for field in self.query(Number):
            with field.prevent(Number.Changed):
                field.value = ""

    def ask(self, offer: Offer | None) -> None:
        """Shows the fields `offer` needs, or none for None."""
        asked = {one.what: one for one in offer.numbers} if offer else {}
        self.display = bool(asked)
        for what in EVERYTHING:
            row = self.query_one(f"#guard-{what}", Row)
            row.display = what in asked
            if what in asked:
                row.name_it(type_it(asked[what]))

    def untrue(self, offer: Offer | None, field: Widget) -> str:
        """Returns what is wrong with the number in `field`, or "" if it is right."""
        asked = [one for one in offer.numbers if f"typed-{one.what}" == field.id] if offer else []
        return next((not_the_number(one) for one in asked if not one.right), "")

    def focus_first(self) -> None:
        """Gives the focus to the first visible field."""
        first = next((row for row in self.query(Row) if row.display), None)
        if first:
            first.query_one(Number).focus()
