"""The guard: stops a run that would offboard, change the address of, or pay unusually many people."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

FREE = 5  # people who may always be offboarded, so that one leaver of eight does not stop a small company
SHARE = 10  # percent of the linked active accounts
EUROS = Decimal(1000)  # euros that may always be added or paid, however little there was before


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts of one run, in euros."""

    before: Decimal = Decimal(0)  # total of all monthly budgets now
    added: Decimal = Decimal(0)  # what the run adds to monthly budgets
    paid: Decimal = Decimal(0)  # what the run pays as one-off budgets

    @property
    def limit(self) -> Decimal:
        """Returns how much may be added, or paid, without an override: EUR 1,000 or the monthly total of before."""
        return max(EUROS, self.before)

    @property
    def most(self) -> Decimal:
        """Returns the larger of the two amounts: the number that a person must name to override the guard."""
        return max(self.added, self.paid)

    def trips(self, allowed: Decimal | None = None) -> bool:
        """Returns whether the run must stop. `allowed` is the amount in euros that a person named, or None."""
        return self.most > self.limit and (allowed is None or allowed < self.most)


@dataclass(frozen=True, slots=True)
class Guard:
    """The counts of one run."""

    offboard: int  # accounts that would be switched off
    linked: int  # linked active accounts
    readdressed: int = 0  # accounts that would get another e-mail address
    money: Money = Money()

    @property
    def limit(self) -> int:
        """Returns how many may be switched off without an override.

        5 or 10 % of the linked active accounts, whichever is more, and never more than half of them.
        """
        return min(max(FREE, self.linked * SHARE // 100), max(1, self.linked // 2))

    @property
    def update_limit(self) -> int:
        """Returns how many may get another address: half of the linked active accounts, at least one."""
        return max(1, self.linked // 2)

    def trips(self, allowed: int | None = None) -> bool:
        """Returns whether the run must stop for its offboardings.

        `allowed` is the number that a person named, or None.
        """
        return self.offboard > self.limit and (allowed is None or allowed < self.offboard)

    def trips_update(self, allowed: int | None = None) -> bool:
        """Returns whether the run must stop for its new addresses.

        `allowed` is the number that a person named, or None.
        """
        return self.readdressed > self.update_limit and (allowed is None or allowed < self.readdressed)
