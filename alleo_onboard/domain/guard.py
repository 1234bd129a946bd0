"""The guard: stops a run that would take Alleo away from, or readdress, unusually many people before it writes."""

from __future__ import annotations

from dataclasses import dataclass

FREE = 5  # people who never need a word, so that small companies are not stopped by one leaver in eight
SHARE = 10  # percent of the linked active accounts
MANY = 50  # percent of the linked active accounts whose address changes: a wrong domain, not so many weddings


@dataclass(frozen=True, slots=True)
class Guard:
    """`offboard` of `linked` active accounts would be switched off, `readdressed` get another e-mail address."""

    offboard: int
    linked: int
    readdressed: int = 0

    @property
    def limit(self) -> int:
        """How many may be switched off without a word: max(5, 10 % of the linked active accounts)."""
        return max(FREE, self.linked * SHARE // 100)

    @property
    def update_limit(self) -> int:
        """How many may get another address without a word: max(5, half of the linked active accounts)."""
        return max(FREE, self.linked * MANY // 100)

    def trips(self, allowed: int | None = None) -> bool:
        """Whether the run must stop; `allowed` is the number a person named, which lifts the guard up to it."""
        return self.offboard > self.limit and (allowed is None or allowed < self.offboard)

    def trips_update(self, allowed: int | None = None) -> bool:
        """The same for new addresses."""
        return self.readdressed > self.update_limit and (allowed is None or allowed < self.readdressed)
