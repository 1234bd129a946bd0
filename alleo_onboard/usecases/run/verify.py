"""Reads accounts back at the end of a run and compares them with what was sent."""

from __future__ import annotations

from collections.abc import Iterable

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Change, Kind
from alleo_onboard.domain.delivery import Delivery
from alleo_onboard.domain.drift import Drift, compare
from alleo_onboard.domain.eligibility import email_key
from alleo_onboard.domain.errors import Trouble
from alleo_onboard.domain.wanted import same, value_of
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.store.rows import kept
from alleo_onboard.usecases.preview.all_accounts import everyone
from alleo_onboard.usecases.preview.reconcile import Held, judge_one
from alleo_onboard.usecases.run.apply import Work


async def read_back(delivery: Delivery, ledger: Ledger, run: str, work: Work) -> tuple[tuple[Drift, ...], bool]:
    """Returns the drift, and whether the accounts could be read.

    After a run that was cut short nothing is read. Changes without an answer that Alleo has are confirmed; others stay
    open for the next run, because the server may still be working. Changes of accounts that do not exist fail and stay
    open; an offboarded account may be missing.
    """
    if not work.outcomes:
        return (), True
    if not work.whole:
        return (), False
    try:
        accounts = await everyone(delivery, ledger)
    except Trouble:
        return (), False
    held = Held(accounts)
    for outcome in work.outcomes:
        if outcome.error and not outcome.known:
            found = judge_one(outcome.change, held, outcome.status)
            if not found.error:
                work.found(found)
        elif not outcome.error and outcome.change.kind is not Kind.OFFBOARD and outcome.account_id not in held.by_id:
            if other := _of_that_person(outcome.change, held):
                work.elsewhere(outcome, other.id)
            else:
                work.missing(outcome)
    written = [(o.change, o.account_id) for o in work.outcomes if not o.error]
    drift = compare(written, accounts)
    fine = {(c.personio_id, f.name) for c, _account in written for f in c.fields}
    ledger.drifted(run, [d for d in drift if d.lasting], {*fine, *_ceased(ledger, held)})
    return drift, True


def _of_that_person(change: Change, held: Held) -> Account | None:
    """Returns the account of a change under another id: by Personio id, or a new one by its address without an id."""
    if account := held.by_external.get(str(change.personio_id)):
        return account
    address = email_key(str(change.new.get("email") or "")) if change.kind is Kind.ONBOARD else ""
    return next(
        (a for a in held.by_id.values() if address and not a.external_id and email_key(a.email) == address), None
    )


def _ceased(ledger: Ledger, held: Held) -> Iterable[tuple[int, str]]:
    """Yields known drift where Alleo's value has changed since."""
    links = ledger.links()
    for (number, name), known in ledger.drifts().items():
        account: Account | None = held.by_external.get(str(number)) or held.by_id.get(links.get(number, ""))
        if account and not same(name, kept(name, value_of(account, name)), known.found):
            yield number, name
