"""Where the guard wants a number typed before unusually many people are touched."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from alleo_onboard.domain.guard import Guard as Limits
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import amount, count
from alleo_onboard.presentation.pages.run import this_is_not_the_number
from alleo_onboard.tui.widgets.fields import Number, Row
from alleo_onboard.usecases.run.preconditions import Consent

_FIELDS = ("typed", "typed-update", "typed-budget")


class Offer(Protocol):
    """A plan before a run, and what was typed so far to let it through."""

    @property
    def guard(self) -> Limits: ...

    @property
    def consent(self) -> Consent: ...

    @property
    def asks_offboard(self) -> bool: ...

    @property
    def asks_update(self) -> bool: ...

    @property
    def asks_budget(self) -> bool: ...


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

    def ask(self, offer: Offer | None) -> None:
        asks = (offer.asks_offboard, offer.asks_update, offer.asks_budget) if offer else (False, False, False)
        rows = [self.query_one(f"#{name}", Row) for name in ("guard-off", "guard-update", "guard-budget")]
        for row, asked in zip(rows, asks, strict=True):
            row.display = asked
        self.display = any(asks)
        if offer:
            guard = offer.guard
            rows[0].name_it(_("Type {n} to switch them off").format(n=guard.offboard))
            rows[1].name_it(_("Type {n} to change them").format(n=guard.readdressed))
            rows[2].name_it(_("Type {n} to pay that").format(n=amount(guard.money.most)))

    def untrue(self, offer: Offer | None, field: Widget) -> str:
        """What is wrong with the number in `field`, "" when it is the one that was asked for."""
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
        return this_is_not_the_number(shown)

    def focus_first(self) -> None:
        first = next((row for row in self.query(Row) if row.display), None)
        if first:
            first.query_one(Number).focus()
