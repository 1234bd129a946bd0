"""The guard: stops a run that would take Alleo away from unusually many people, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

FREE = 5  # offboardings that never need a word, so that small companies are not stopped by one leaver in eight
SHARE = 10  # percent of the linked active accounts


@dataclass(frozen=True, slots=True)
class Guard:
    """`offboard` of `linked` active accounts would be switched off; at most `limit` may be without a word."""

    offboard: int
    linked: int

    @property
    def limit(self) -> int:
        """max(5, 10 % of the linked active accounts), in whole people."""
        return max(FREE, self.linked * SHARE // 100)

    def trips(self, allowed: int | None = None) -> bool:
        """Whether the run must stop; `allowed` is the number a person named, which lifts the guard up to it."""
        return self.offboard > self.limit and (allowed is None or allowed < self.offboard)
