"""The rows of people who are no longer in Personio, and of leavers whose id more than one account carries."""

from __future__ import annotations

from dataclasses import replace

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.budget import Problem
from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.eligibility import Decision, Reason
from alleo_onboard.domain.matching import Accounts
from alleo_onboard.domain.plan import Person


def offboard(number: int, account: Account, reason: Reason) -> Change:
    """Returns the change that switches an account off."""
    return Change(Kind.OFFBOARD, number, account.id, account.name, (Field("active", True, False),), reason)


def gone_row(number: int, account: Account, accounts: Accounts) -> Person:
    """Returns the row of somebody who is no longer in Personio."""
    person = Person(number, account.name, account.email, Decision.SKIP, (Reason.GONE,), account=account)
    if accounts.twins(number):
        return with_twins(person, accounts)
    return replace(person, change=offboard(number, account, Reason.GONE) if account.active else None)


def with_twins(person: Person, accounts: Accounts) -> Person:
    """Returns the row of a leaver whose id more than one account carries.

    The account that this tool linked is theirs and is offboarded. The others stay unchanged and are reported: somebody
    else made them, so it is not known whose they are.
    """
    own = accounts.own(person.personio_id)
    others = accounts.active_twins(person.personio_id, own)
    change = offboard(person.personio_id, own, person.reasons[0]) if own and own.active else None
    if not others:
        return replace(person, change=change, account=own)
    problems = (*person.problems, Problem.ACCOUNT_CONFLICT)
    return replace(person, change=change, account=own or others[0], problems=problems, holder=others[0])
