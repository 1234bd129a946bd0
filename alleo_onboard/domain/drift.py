"""Drift: fields that Alleo stores differently from what was sent, although it confirmed the change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alleo_onboard.domain.account import Account, Value
from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.wanted import same, value_of

# Whether somebody has access is not a matter to get used to: it is tried again, and told again, in every run.
ALWAYS_TOLD = frozenset({"active"})


# How many runs have to send a value in vain before it is known that Alleo does not keep it: once may be a mishap.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What was sent in one field and what Alleo held afterwards, in the latest `times` runs that sent it."""

    sent: Value
    found: Value
    times: int = TRIES

    @property
    def lasting(self) -> bool:
        """Whether it was sent often enough to know that sending it is no use."""
        return self.times >= TRIES

    def covers(self, name: str, wanted: Value, held: Value) -> bool:
        """Whether sending `wanted` again would only bring the same: neither side has moved since.

        A date of birth is never kept, so of that only "sent, and nothing held" can be told again.
        """
        if not self.lasting:
            return False
        if name == "birthday":
            return bool(self.sent) and not self.found and bool(wanted) and not held
        return same(name, self.sent, wanted) and same(name, self.found, held)


@dataclass(frozen=True, slots=True)
class Drift:
    """One field of one person: `found` is what Alleo holds instead of `sent`."""

    personio_id: int
    name: str
    field: str
    sent: Value
    found: Value

    @property
    def lasting(self) -> bool:
        """Whether it is worth remembering, so that it does not come back as a change for ever."""
        return self.field not in ALWAYS_TOLD


def compare(written: Iterable[tuple[Change, str | None]], accounts: Iterable[Account]) -> tuple[Drift, ...]:
    """Every field of these changes that the account (by its id) holds otherwise, ordered by person.

    Of an account that is not there nothing can be told.
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
    """What a new account gets besides its fields."""
    if change.kind is not Kind.ONBOARD:
        return ()
    return (Field("external_id", None, str(change.personio_id)), Field("active", None, True))
