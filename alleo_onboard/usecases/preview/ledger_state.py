"""Reads from the ledger what a plan needs, and settles changes whose answers were lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.drift import Known
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.usecases.preview.reconcile import Births, Settlement, settle

_LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the ledger knows, before anything is written."""

    links: Mapping[int, str] = field(default_factory=dict)  # account id by Personio id
    # granted amounts in euros by (Personio id, attribute key)
    oneoffs: Mapping[tuple[int, str], Decimal] = field(default_factory=dict)
    drifts: Mapping[tuple[int, str], Known] = field(default_factory=dict)
    settlements: tuple[Settlement, ...] = ()  # results found for changes of earlier runs, not written yet
    head: str | None = None  # hash of the journal's last entry; None when no ledger was read
    policy: str | None = ""  # JSON of the last finished run; None when there was none
    lately_off: frozenset[int] = frozenset()  # Personio ids of people offboarded in the last 30 days
    # one-off amounts that need a decision, as (Personio id, attribute key)
    waiting: frozenset[tuple[int, str]] = frozenset()

    @property
    def first_run(self) -> bool:
        """Returns whether no run was ever finished."""
        return self.policy is None


def gather(ledger: Ledger, accounts: Sequence[Account] | None, births: Births) -> Knowledge:
    """Returns what the ledger knows.

    Without accounts nothing can be settled, and amounts that may have arrived count as sent.
    """
    known = Knowledge(
        links=ledger.links(),
        oneoffs=ledger.oneoffs() if accounts is None else ledger.granted(),
        drifts=ledger.drifts(),
        head=ledger.head(),
        policy=ledger.last_policy(),
        lately_off=ledger.switched_off(datetime.now(UTC) - _LATELY),
        waiting=ledger.undecided(),
    )
    if accounts is None:
        return known
    settlements = settle(ledger.unsettled(), accounts, births)
    links, oneoffs = dict(known.links), dict(known.oneoffs)
    for one in settlements:
        change, account = one.outcome.change, one.outcome.account_id
        if one.outcome.error or not account:
            continue
        if "external_id" in change.new and not change.new["external_id"]:
            links.pop(change.personio_id, None)
        elif change.kind is not Kind.OFFBOARD:
            links[change.personio_id] = account
        for key, amount in ledger.oneoffs_by_key(one.run, change).items():
            oneoffs[change.personio_id, key] = amount
    return replace(known, links=links, oneoffs=oneoffs, settlements=settlements)
