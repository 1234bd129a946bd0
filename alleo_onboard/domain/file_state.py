"""The state that a file for Alleo describes: who should have Alleo, and who left recently.

The state is a list of accounts as in the file; a run is the difference between two states.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from alleo_onboard.domain.account import Account, Value
from alleo_onboard.domain.change import Change, Kind
from alleo_onboard.domain.wanted import CORE_FIELDS

# leavers stay in the file this long; Alleo needs 30 days to end monthly subscriptions
LEAVERS_STAY = timedelta(days=35)
OFFBOARDING = "offboarding_date"


def identity_of(personio_id: int) -> str:
    """Returns the id of an account in a file: the Personio id, as Alleo gives none."""
    return str(personio_id)


def after(accounts: Iterable[Account], changes: Iterable[Change], leaving: date) -> tuple[Account, ...]:
    """Returns the state after these changes, ordered by Personio id.

    `leaving` is the offboarding date of people who leave now. Leavers are dropped 35 days after their offboarding date.
    """
    held = {int(account.external_id): account for account in accounts}
    for change in changes:
        number = change.personio_id
        before = held.get(number) or _under_new_id(held, change) or Account(identity_of(number), identity_of(number))
        held[number] = _changed(before, change, leaving)
    return tuple(held[number] for number in sorted(held) if not _long_gone(held[number], leaving))


def _under_new_id(held: dict[int, Account], change: Change) -> Account | None:
    """Removes from `held` the row of somebody who returned with another Personio id. Returns it with that id.

    A file has each address once (Alleo help centre, 522749), so the row moves.
    """
    earlier, number = str(change.old.get("external_id") or ""), str(change.personio_id)
    if not earlier.isdecimal() or change.new.get("external_id") != number:
        return None
    row = held.pop(int(earlier), None)
    return replace(row, id=identity_of(change.personio_id), external_id=number) if row else None


def _changed(account: Account, change: Change, leaving: date) -> Account:
    """Returns the account after one change."""
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
    """Returns the extras with these values; fields without a value are removed."""
    merged = {**extras, **{name: str(value) for name, value in values.items() if value}}
    return {name: value for name, value in merged.items() if values.get(name, value)}


def leaving_date(account: Account, leaving: date) -> str:
    """Returns the offboarding date (YYYY-MM-DD): the one Alleo knows if it has passed, else `leaving`."""
    told = account.extras.get(OFFBOARDING, "")
    return told if told and told <= leaving.isoformat() else leaving.isoformat()


def _long_gone(account: Account, today: date) -> bool:
    """Returns whether a leaver's offboarding date is more than 35 days ago."""
    told = account.extras.get(OFFBOARDING, "")
    return not account.active and bool(told) and date.fromisoformat(told) + LEAVERS_STAY < today
