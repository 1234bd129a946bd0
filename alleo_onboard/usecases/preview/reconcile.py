"""Finds the results of changes whose answers were lost, by comparing them with Alleo's accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.delivery import Outcome
from alleo_onboard.domain.wanted import same, value_of
from alleo_onboard.locale import _
from alleo_onboard.store.ledger import Row
from alleo_onboard.store.rows import HIDDEN, oneoffs_of

Births = Mapping[int, str]  # dates (YYYY-MM-DD) by Personio id


@dataclass(frozen=True, slots=True)
class Settlement:
    """The result found for one change of an earlier run. Without an error it was done."""

    run: str
    outcome: Outcome


def settle(rows: Iterable[Row], accounts: Iterable[Account], births: Births) -> tuple[Settlement, ...]:
    """Returns the result of each change. `births` are today's dates of birth; the ledger does not store them."""
    held = Held(accounts)
    return tuple(Settlement(row.run, judge_one(_born(row.change, births), held, row.status)) for row in rows)


class Held:
    """Alleo's accounts by account id and by the Personio id that they carry."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self.by_id = {a.id: a for a in accounts}
        self.by_external = {a.external_id: a for a in self.by_id.values() if a.external_id}

    def of(self, change: Change) -> Account | None:
        """Returns the account that a change is about, or None."""
        if change.kind is Kind.ONBOARD:
            return self.by_external.get(str(change.personio_id))
        return self.by_id.get(change.account_id or "")


def judge_one(change: Change, held: Held, status: int) -> Outcome:
    """Returns the change as done when Alleo has it: a new account with the person's id, or all changed fields."""
    account = held.of(change)
    if account is not None and (change.kind is Kind.ONBOARD or _holds(change, account)):
        return Outcome(change, account.id, status)
    told = _("The answer was lost. Alleo does not hold this change, so it was not made.")
    return Outcome(change, change.account_id, status, told)


def _holds(change: Change, account: Account) -> bool:
    """Returns whether an account has the change.

    One-off amounts alone decide, because paying twice is the worse error.
    """
    paid = oneoffs_of(change.fields)
    told = [f for f in change.fields if f.new != HIDDEN and (not paid or f.name in paid)]
    return bool(told) and all(same(f.name, f.new, value_of(account, f.name)) for f in told)


def _born(change: Change, births: Births) -> Change:
    """Returns the change with the person's date of birth filled in, if known."""
    born = births.get(change.personio_id)
    if not born or HIDDEN not in change.new.values():
        return change
    fields = (Field(f.name, f.old, born) if f.new == HIDDEN else f for f in change.fields)
    return replace(change, fields=tuple(fields))
