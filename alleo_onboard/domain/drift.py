"""Drift: fields that Alleo stores differently from what was sent, although it confirmed the change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alleo_onboard.domain.account import Account, Value
from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.wanted import same, value_of

# Never remembered as drift: whether somebody has access is sent and reported again in every run.
ALWAYS_TOLD = frozenset({"active"})


# Number of runs that must send a value without effect before it counts as not kept; a single one may be an accident.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What was sent in one field and what Alleo stored, in the latest `times` runs that sent it."""

    sent: Value
    found: Value
    times: int = TRIES

    @property
    def lasting(self) -> bool:
        """Returns whether it was sent often enough to stop sending it."""
        return self.times >= TRIES

    def covers(self, name: str, wanted: Value, held: Value) -> bool:
        """Returns whether sending `wanted` again would have no effect: neither value has changed since.

        Birthdays are not stored in the ledger; for them only "sent, and nothing stored at Alleo" can be recognised.
        """
        if not self.lasting:
            return False
        if name == "birthday":
            return bool(self.sent) and not self.found and bool(wanted) and not held
        return same(name, self.sent, wanted) and same(name, self.found, held)


@dataclass(frozen=True, slots=True)
class Drift:
    """One field of one person: Alleo stores `found` instead of `sent`."""

    personio_id: int
    name: str
    field: str
    sent: Value
    found: Value

    @property
    def lasting(self) -> bool:
        """Returns whether to remember it, so that it does not appear as a change in every run."""
        return self.field not in ALWAYS_TOLD


def compare(written: Iterable[tuple[Change, str | None]], accounts: Iterable[Account]) -> tuple[Drift, ...]:
    """Returns every field in which an account differs from what was sent, ordered by person.

    `written` pairs each change with its account id. Accounts that are missing are left out.
    """
    held: Mapping[str, Account] = {a.id: a for a in accounts}
    found: list[Drift] = []
    for change, identity in written:
        account = held.get(identity or "")
        if account is None:
            continue
        for field in (*change.fields, *_implied(change)):
            value = value_of(account, field.name)
            if not same(field.name, field.new, value):
                found.append(Drift(change.personio_id, change.name, field.name, field.new, value))
    return tuple(sorted(found, key=lambda d: (d.personio_id, d.field)))


def _implied(change: Change) -> tuple[Field, ...]:
    """Returns the fields that a new account gets besides those of the change."""
    if change.kind is not Kind.ONBOARD:
        return ()
    return (Field("external_id", None, str(change.personio_id)), Field("active", None, True))
