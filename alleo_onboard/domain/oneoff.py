"""One-off budgets: sent once per Personio field, and held where a second payment is possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from alleo_onboard.domain.budget import Problem

Key = tuple[int, str]  # Personio id, and the field's key at Personio


@dataclass(frozen=True, slots=True)
class Waiting:
    """A one-off amount that waits for a person's decision. `before` is what was sent earlier, None for nothing known.

    `why` is BUDGET_ONEOFF_CHANGED (another amount was sent) or BUDGET_ONEOFF_HELD (the account was there before the
    ledger knew of it, so it may have been paid already).
    """

    personio_id: int
    name: str
    field: str
    key: str
    amount: Decimal
    why: Problem
    before: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """What a person decided about amounts that wait: to send those of `send` or of `everyone`, to `drop` those.

    Dropped ones count as granted already; somebody in `drop` gets nothing by `everyone`.
    """

    send: frozenset[int] = frozenset()
    everyone: bool = False
    drop: frozenset[int] = frozenset()

    def sends(self, number: int) -> bool:
        return (self.everyone or number in self.send) and number not in self.drop


@dataclass(frozen=True, slots=True)
class Granted:
    """What the ledger knows of one-off amounts, by Personio id and key.

    `sent` were granted; rows from before keys were kept stand under the field's name. `held` were waiting when the
    last run ended: they go on waiting although the ledger knows the account by now. `keys` are the fields' keys by
    name.
    """

    sent: Mapping[Key, Decimal] = field(default_factory=dict)
    held: frozenset[Key] = frozenset()
    keys: Mapping[str, str] = field(default_factory=dict)
    release: Release = Release()

    def key(self, name: str) -> str:
        return self.keys.get(name, name)

    def before(self, number: int, name: str) -> Decimal | None:
        """The amount that was sent earlier in this field; an amount of zero is none."""
        found = self.sent.get((number, self.key(name)))
        return (self.sent.get((number, name)) if found is None else found) or None

    def waits(self, number: int, name: str, amount: Decimal, *, known: bool) -> Problem | None:
        """Why an amount waits, None when it does not. `known` is whether the ledger knows the person's account."""
        before = self.before(number, name)
        if before is not None:
            return Problem.BUDGET_ONEOFF_CHANGED if before != amount else None
        new = known and (number, self.key(name)) not in self.held
        return None if new or not amount else Problem.BUDGET_ONEOFF_HELD
