"""Accounts that are reported by name and never changed (product.md, "Told by name, never touched")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.budget import Problem
from alleo_onboard.domain.eligibility import Decision, Reason, email_key
from alleo_onboard.domain.plan import Person


def watched(
    people: Iterable[Person], accounts: Sequence[Account], links: Mapping[int, str], *, complete: bool
) -> list[Person]:
    """Returns the rows with problems about foreign accounts added, and new rows for accounts that belong to nobody.

    `links` maps Personio ids to account ids (from the ledger). From an incomplete list nobody is reported as missing.
    """
    rows = list(people)
    taken = {p.account.id for p in rows if p.account}
    by_email: dict[str, Account] = {}
    for account in accounts:
        if account.active and account.email and account.id not in taken:
            by_email.setdefault(email_key(account.email), account)
    by_id = {a.id: a for a in accounts}
    told = [_by_hand(_replaced(person, by_id, links), by_email) for person in rows]
    if not complete:
        return told
    here = {p.personio_id for p in told}
    absent = [n for n in links if n not in here]
    told += [row for n in absent if (row := _replaced(_absent(n, by_id.get(links[n])), by_id, links)).problems]
    return told + _of_nobody(told, accounts, links, taken)


def _by_hand(person: Person, by_email: Mapping[str, Account]) -> Person:
    """Adds ACCOUNT_BY_HAND to somebody who should not have Alleo but has an active account that nobody linked."""
    if person.decision is not Decision.SKIP or person.reasons[0] is Reason.NOT_STARTED or not person.email:
        return person
    account = by_email.get(email_key(person.email))
    if account is None or person.account is not None or Problem.LINK_REPLACED in person.problems:
        return person
    return _with(person, Problem.ACCOUNT_BY_HAND, account)


def _replaced(person: Person, by_id: Mapping[str, Account], links: Mapping[int, str]) -> Person:
    """Adds LINK_REPLACED to somebody whose account now carries another id."""
    account = by_id.get(links.get(person.personio_id, ""))
    if account is None or account.external_id in ("", str(person.personio_id)):
        return person
    if person.account and person.account.id != account.id and person.account.external_id == str(person.personio_id):
        return person  # they already have another account that carries their id
    return _with(person, Problem.LINK_REPLACED, account)


def _with(person: Person, problem: Problem, account: Account) -> Person:
    """Returns the person with one more problem."""
    return replace(person, problems=(*person.problems, problem), holder=person.holder or account)


def _absent(number: int, account: Account | None) -> Person:
    """Returns a row for a Personio id that is not in the list any more."""
    name, email = (account.name, account.email) if account else ("", "")
    return Person(number, name, email, Decision.SKIP, (Reason.GONE,))


def _of_nobody(
    people: Iterable[Person], accounts: Iterable[Account], links: Mapping[int, str], taken: set[str]
) -> list[Person]:
    """Returns rows for active accounts with an id like this tenant's that neither Personio nor the ledger knows."""
    here = {p.personio_id for p in people}
    lengths = {len(str(p.personio_id)) for p in people if p.employee}
    found: dict[int, Person] = {}
    for account in accounts:
        text = account.external_id
        if not (account.active and text.isascii() and text.isdigit() and text[0] != "0" and len(text) in lengths):
            continue
        number = int(text)
        if account.id not in taken and number not in here and number not in links:
            row = Person(number, account.name, account.email, Decision.SKIP, (Reason.GONE,))
            found.setdefault(number, _with(row, Problem.ACCOUNT_OF_NOBODY, account))
    return list(found.values())
