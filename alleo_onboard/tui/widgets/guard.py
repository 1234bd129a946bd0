"""The fields for numbers that must be typed before unusually many people are changed."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from alleo_onboard.domain.guard import Guard as Limits
from alleo_onboard.locale.formats import amount, count
from alleo_onboard.presentation.pages.run import not_the_number, type_it
from alleo_onboard.tui.widgets.fields import Number, Row
from alleo_onboard.usecases.run.preconditions import Consent

_FIELDS = ("typed", "typed-update", "typed-budget")


class Offer(Protocol):
    """A plan to confirm, with what was typed so far."""

    @property
    def guard(self) -> Limits:
        """The numbers that must be typed."""

    @property
    def consent(self) -> Consent:
        """The numbers typed so far."""

    @property
    def startable(self) -> bool:
        """True if the plan can be applied."""

    @property
    def asks_offboard(self) -> bool:
        """True if the number of people to switch off must be typed."""

    @property
    def asks_update(self) -> bool:
        """True if the number of people to change must be typed."""

    @property
    def asks_budget(self) -> bool:
        """True if the sum of budgets must be typed."""


class Guard(Vertical):
    """Shows the fields an offer needs (`ask`) and returns what was typed (`typed`)."""

    DEFAULT_CSS = """
    Guard { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__(id="guard")

    def compose(self) -> ComposeResult:
        yield Row("", Number(id="typed"), id="guard-off")
        yield Row("", Number(id="typed-update"), id="guard-update")
        yield Row("", Number(id="typed-budget"), id="guard-budget")

    @property
    def typed(self) -> tuple[str, str, str]:
        """The texts typed for switching off, changing, and paying."""
        off, update, budget = (self.query_one(f"#{name}", Number).text for name in _FIELDS)
        return off, update, budget

    def clear(self) -> None:
        """Empties the fields. That is no typing: what the page says meanwhile stays."""
        for field in self.query(Number):
            with field.prevent(Number.Changed):
                field.value = ""

    def ask(self, offer: Offer | None) -> None:
        """Shows the fields `offer` needs, or none for None."""
        asks = (offer.asks_offboard, offer.asks_update, offer.asks_budget) if offer else (False, False, False)
        rows = [self.query_one(f"#{name}", Row) for name in ("guard-off", "guard-update", "guard-budget")]
        for row, asked in zip(rows, asks, strict=True):
            row.display = asked
        self.display = any(asks)
        if offer:
            guard = offer.guard
            rows[0].name_it(type_it("offboard", count(guard.offboard)))
            rows[1].name_it(type_it("update", count(guard.readdressed)))
            rows[2].name_it(type_it("budget", amount(guard.money.most)))

    def untrue(self, offer: Offer | None, field: Widget) -> str:
        """Returns what is wrong with the number in `field`, or "" if it is right."""
        if offer is None:
            return ""
        guard, given = offer.guard, offer.consent
        fields: dict[str, tuple[int | Decimal | None, int | Decimal, str]] = {
            "typed": (given.allow_offboard, guard.offboard, count(guard.offboard)),
            "typed-update": (given.allow_update, guard.readdressed, count(guard.readdressed)),
            "typed-budget": (given.allow_budget, guard.money.most, amount(guard.money.most)),
        }
        typed, asked, shown = fields[field.id or ""]
        if typed is not None and typed >= asked:
            return ""
        return not_the_number(shown)

    def focus_first(self) -> None:
        """Gives the focus to the first visible field."""
        first = next((row for row in self.query(Row) if row.display), None)
        if first:
            first.query_one(Number).focus()
