"""Where the guard wants a number typed before unusually many people are touched."""

from __future__ import annotations

from decimal import Decimal

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from alleo_onboard.locale.formats import amount, count
from alleo_onboard.presentation.pages.run import this_is_not_the_number, type_it
from alleo_onboard.tui.widgets.fields import Number, Row
from alleo_onboard.usecases.run.confirmation import Confirmation

_FIELDS = ("typed", "typed-update", "typed-budget")


class Guard(Vertical):
    """`ask` shows the fields an offer needs; `typed` is what stands in them."""

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
        """To switch off, to change, and to pay."""
        off, update, budget = (self.query_one(f"#{name}", Number).text for name in _FIELDS)
        return off, update, budget

    def clear(self) -> None:
        for field in self.query(Number):
            field.value = ""

    def ask(self, offer: Confirmation | None) -> None:
        asks = (offer.asks_offboard, offer.asks_update, offer.asks_budget) if offer else (False, False, False)
        rows = [self.query_one(f"#{name}", Row) for name in ("guard-off", "guard-update", "guard-budget")]
        for row, asked in zip(rows, asks, strict=True):
            row.display = asked
        self.display = any(asks)
        if offer:
            guard = offer.preview.plan.guard
            rows[0].name_it(type_it("offboard", str(guard.offboard)))
            rows[1].name_it(type_it("update", str(guard.readdressed)))
            rows[2].name_it(type_it("budget", amount(guard.money.most)))

    def untrue(self, offer: Confirmation | None, field: Widget) -> str:
        """What is wrong with the number in `field`, "" when it is the one that was asked for."""
        if offer is None:
            return ""
        guard, (off, update) = offer.preview.plan.guard, offer.numbers
        fields: dict[str, tuple[int | Decimal | None, int | Decimal, str]] = {
            "typed": (off, guard.offboard, count(guard.offboard)),
            "typed-update": (update, guard.readdressed, count(guard.readdressed)),
            "typed-budget": (offer.consent.allow_budget, guard.money.most, amount(guard.money.most)),
        }
        given, asked, shown = fields[field.id or ""]
        if given is not None and given >= asked:
            return ""
        return this_is_not_the_number(shown)

    def focus_first(self) -> None:
        first = next((row for row in self.query(Row) if row.display), None)
        if first:
            first.query_one(Number).focus()
