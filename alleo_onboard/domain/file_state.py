"""What a file for Alleo says: everybody who should have Alleo, and for a while those who should no longer.

The state is a list of accounts as the file describes them; a run is the difference between two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from alleo_onboard.domain.account import Account, Value
from alleo_onboard.domain.change import Change, Kind
from alleo_onboard.domain.wanted import CORE_FIELDS

LEAVERS_STAY = timedelta(days=35)  # Alleo wants 30 days to end monthly subscriptions
OFFBOARDING = "offboarding_date"


def identity_of(personio_id: int) -> str:
    """The id of an account in a file: Alleo tells none, so it is the Personio id."""
    return str(personio_id)


def after(accounts: Iterable[Account], changes: Iterable[Change], leaving: date) -> tuple[Account, ...]:
    """The state with these changes made, ordered by Personio id. Who leaves now, leaves on `leaving`.

    Leavers drop out 35 days after their offboarding date.
    """
    held = {int(account.external_id): account for account in accounts}
    for change in changes:
        number = change.personio_id
        before = held.get(number) or Account(identity_of(number), identity_of(number))
        held[number] = _changed(before, change, leaving)
    return tuple(held[number] for number in sorted(held) if not _long_gone(held[number], leaving))


def _changed(account: Account, change: Change, leaving: date) -> Account:
    values = {name: value for name, value in change.new.items() if name not in ("active", "external_id")}
    core: dict[str, Any] = {name: str(values.pop(name) or "") for name in CORE_FIELDS if name in values}
    extras = _merged(account.extras, values)
    active = change.new.get("active", True if change.kind is Kind.ONBOARD else account.active)
    if active is False:
        extras[OFFBOARDING] = leaving_date(account, leaving)
    elif not account.active and OFFBOARDING not in values:
        extras.pop(OFFBOARDING, None)
    return replace(account, **core, active=bool(active), active_known=True, extras=extras)


def _merged(extras: Mapping[str, str], values: Mapping[str, Value]) -> dict[str, str]:
    merged = {**extras, **{name: str(value) for name, value in values.items() if value}}
    return {name: value for name, value in merged.items() if values.get(name, value)}


def leaving_date(account: Account, leaving: date) -> str:
    """The offboarding date to state: the one that Alleo was told and that has come, else `leaving`."""
    told = account.extras.get(OFFBOARDING, "")
    return told if told and told <= leaving.isoformat() else leaving.isoformat()


def _long_gone(account: Account, today: date) -> bool:
    told = account.extras.get(OFFBOARDING, "")
    return not account.active and bool(told) and date.fromisoformat(told) + LEAVERS_STAY < today
