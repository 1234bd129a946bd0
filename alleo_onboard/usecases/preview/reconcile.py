"""Decides what became of changes whose answers were lost, by comparing them with Alleo's accounts."""

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

Births = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Settlement:
    """The outcome of one change of an earlier run: without an error it was done after all."""

    run: str
    outcome: Outcome


def settle(rows: Iterable[Row], accounts: Iterable[Account], births: Births) -> tuple[Settlement, ...]:
    """Judges every row. `births` are today's dates of birth (YYYY-MM-DD) by Personio id, which a row does not keep."""
    held = Held(accounts)
    return tuple(Settlement(row.run, judge_one(_born(row.change, births), held, row.status)) for row in rows)


class Held:
    """What Alleo holds, by account id and by the Personio id that an account carries."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self.by_id = {a.id: a for a in accounts}
        self.by_external = {a.external_id: a for a in self.by_id.values() if a.external_id}

    def of(self, change: Change) -> Account | None:
        """The account a change is about, None when there is none."""
        if change.kind is Kind.ONBOARD:
            return self.by_external.get(str(change.personio_id))
        return self.by_id.get(change.account_id or "")


def judge_one(change: Change, held: Held, status: int) -> Outcome:
    """Done when Alleo holds it: a new account when it carries the person's id, any other change field by field."""
    account = held.of(change)
    if account is not None and (change.kind is Kind.ONBOARD or _holds(change, account)):
        return Outcome(change, account.id, status)
    told = _("The answer was lost. Alleo does not hold this change, so it was not made.")
    return Outcome(change, change.account_id, status, told)


def _holds(change: Change, account: Account) -> bool:
    """One-off amounts decide where there are some: paying twice is worse than a field that has to be sent again."""
    paid = oneoffs_of(change.fields)
    told = [f for f in change.fields if f.new != HIDDEN and (not paid or f.name in paid)]
    return bool(told) and all(same(f.name, f.new, value_of(account, f.name)) for f in told)


def _born(change: Change, births: Births) -> Change:
    """The change with the date of birth that was not written down, where it is known."""
    born = births.get(change.personio_id)
    if not born or HIDDEN not in change.new.values():
        return change
    fields = (Field(f.name, f.old, born) if f.new == HIDDEN else f for f in change.fields)
    return replace(change, fields=tuple(fields))
