"""The guard: stops a run that would offboard, readdress or pay unusually many people."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

FREE = 5  # people who never need a word, so that small companies are not stopped by one leaver in eight
SHARE = 10  # percent of the linked active accounts
EUROS = Decimal(1000)  # may be added or paid without a word, however little there was before


@dataclass(frozen=True, slots=True)
class Money:
    """Euros: `before` are all monthly budgets now, `added` what is added to them, `paid` what is paid once."""

    before: Decimal = Decimal(0)
    added: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)

    @property
    def limit(self) -> Decimal:
        """How much of either needs no word: EUR 1,000, or as much as all monthly budgets of before."""
        return max(EUROS, self.before)

    @property
    def most(self) -> Decimal:
        """The larger of the two: the number that a person names to let it through."""
        return max(self.added, self.paid)

    def trips(self, allowed: Decimal | None = None) -> bool:
        """Whether the run must stop; `allowed` are the euros that a person named, which lift the guard up to them."""
        return self.most > self.limit and (allowed is None or allowed < self.most)


@dataclass(frozen=True, slots=True)
class Guard:
    """`offboard` of `linked` active accounts would be switched off, `readdressed` get another e-mail address."""

    offboard: int
    linked: int
    readdressed: int = 0
    money: Money = Money()

    @property
    def limit(self) -> int:
        """How many may be switched off without a word: 5 or 10 % of the linked active accounts, never most of them."""
        return min(max(FREE, self.linked * SHARE // 100), max(1, self.linked // 2))

    @property
    def update_limit(self) -> int:
        """How many may get another address without a word: half of the linked active accounts, or one person."""
        return max(1, self.linked // 2)

    def trips(self, allowed: int | None = None) -> bool:
        """Whether the run must stop; `allowed` is the number a person named, which lifts the guard up to it."""
        return self.offboard > self.limit and (allowed is None or allowed < self.offboard)

    def trips_update(self, allowed: int | None = None) -> bool:
        """The same for new addresses."""
        return self.readdressed > self.update_limit and (allowed is None or allowed < self.readdressed)
