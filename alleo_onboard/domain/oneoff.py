"""One-off budgets: paid once per Personio field, and held when a second payment is possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from alleo_onboard.domain.budget import Problem

Key = tuple[int, str]  # Personio id, and Personio's attribute key of the field
# What a person is asked about: Personio id, attribute key, euros that wait, euros sent earlier
Asked = tuple[int, str, Decimal, Decimal | None]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A one-off amount that waits for a person's decision."""

    personio_id: int
    name: str
    field: str
    key: str
    amount: Decimal  # euros
    # BUDGET_ONEOFF_CHANGED: another amount was sent; BUDGET_ONEOFF_HELD: it may have been paid before the ledger knew
    why: Problem
    before: Decimal | None = None  # euros sent earlier, None when unknown

    @property
    def asked(self) -> Asked:
        """Returns what a decision about this amount is bound to."""
        return self.personio_id, self.key, self.amount, self.before


@dataclass(frozen=True, slots=True)
class Release:
    """What a person decided about waiting amounts, and about addresses that a file cannot change.

    `send`, `everyone`, `drop` and `moved` are Personio ids given on the command line, for one call. `yes`, `granted`
    and `told` are answers to a question: they hold only for what was shown, not for what a later reading brings.
    Dropped and granted amounts count as sent already, even with `everyone`. `moved` and `told` are new addresses that
    Alleo has already, because somebody changed them there.
    """

    send: frozenset[int] = frozenset()
    everyone: bool = False
    drop: frozenset[int] = frozenset()
    moved: frozenset[int] = frozenset()
    yes: frozenset[Asked] = frozenset()
    granted: frozenset[Asked] = frozenset()
    told: frozenset[tuple[int, str]] = frozenset()  # Personio id, new address

    def sends(self, one: Waiting) -> bool:
        """Returns whether a waiting amount is to be sent."""
        return (self.everyone or one.personio_id in self.send or one.asked in self.yes) and not self.drops(one)

    def drops(self, one: Waiting) -> bool:
        """Returns whether a waiting amount counts as granted already."""
        return one.personio_id in self.drop or one.asked in self.granted

    def has_moved(self, number: int, address: str) -> bool:
        """Returns whether Alleo has this person's new address already."""
        return number in self.moved or (number, address) in self.told


@dataclass(frozen=True, slots=True)
class Granted:
    """What the ledger knows about one-off amounts."""

    # euros already granted; old rows are stored under the field's name instead of its key
    sent: Mapping[Key, Decimal] = field(default_factory=dict)
    held: frozenset[Key] = frozenset()  # amounts that waited when the last run ended; they still wait
    keys: Mapping[str, str] = field(default_factory=dict)  # attribute key by field name
    release: Release = Release()

    def key(self, name: str) -> str:
        """Returns the attribute key of a field, or its name when the key is unknown."""
        return self.keys.get(name, name)

    def before(self, number: int, name: str) -> Decimal | None:
        """Returns the amount sent earlier in this field, or None. Zero counts as none."""
        found = self.sent.get((number, self.key(name)))
        return (self.sent.get((number, name)) if found is None else found) or None

    def waits(self, number: int, name: str, amount: Decimal, *, known: bool) -> Problem | None:
        """Returns why an amount waits, or None when it can be sent.

        `known` is true when the ledger knows the person's account, or there is none.
        """
        before = self.before(number, name)
        if before is not None:
            return Problem.BUDGET_ONEOFF_CHANGED if before != amount else None
        new = known and (number, self.key(name)) not in self.held
        return None if new or not amount else Problem.BUDGET_ONEOFF_HELD
