"""Builds the plan from employees, their decisions and the accounts at Alleo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.budget import Problem, amount, grant, is_monthly
from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.drift import Known as Drifted
from alleo_onboard.domain.eligibility import Decision, Reason, Verdict, email_key
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.file_rules import as_file_can, screened
from alleo_onboard.domain.matching import Accounts, Matched
from alleo_onboard.domain.oneoff import Granted, Waiting
from alleo_onboard.domain.plan import Person, Plan
from alleo_onboard.domain.wanted import (
    CORE_FIELDS,
    EXTRA_FIELDS,
    current,
    differences,
    fields_of,
    same,
    wanted,
    with_first,
)
from alleo_onboard.domain.watching import watched


@dataclass(frozen=True, slots=True)
class Known:
    """What is known besides the employees. `accounts` is None without a delivery.

    `links`, `oneoffs` and `drifts` come from the ledger: account ids by Personio id, one-off amounts already sent, and
    by (Personio id, field name) what Alleo did not keep as it was sent. `readable` names the required attributes the
    credential may read, `lost_budgets` the budget fields that the last run read and this one cannot. `addresses`
    are those that linked accounts had last, by Personio id, as far as they are needed; `first_run` tells that nothing
    was ever finished here. `fixed` are fields that the delivery cannot change, and `in_file` is true where values go
    into a file.
    """

    readable: frozenset[str]
    budget_fields: frozenset[str] = frozenset()
    lost_budgets: frozenset[str] = frozenset()
    accounts: Sequence[Account] | None = None
    carries: frozenset[str] | None = None
    links: Mapping[int, str] = field(default_factory=dict)
    oneoffs: Granted = field(default_factory=Granted)
    drifts: Mapping[tuple[int, str], Drifted] = field(default_factory=dict)
    send_zero: bool = False
    addresses: Mapping[int, str] = field(default_factory=dict)
    first_run: bool = False
    fixed: frozenset[str] = frozenset()
    in_file: bool = False

    @property
    def unkept(self) -> frozenset[int]:
        """The people whose id Alleo did not keep."""
        return frozenset(number for (number, name), one in self.drifts.items() if name == "external_id" and one.sent)

    @property
    def carried(self) -> frozenset[str]:
        """What the delivery holds; before there is a delivery, everything."""
        return frozenset({*CORE_FIELDS, *EXTRA_FIELDS, *self.budget_fields}) if self.carries is None else self.carries


def build(employees: Iterable[Employee], verdicts: Mapping[int, Verdict], known: Known, *, complete: bool) -> Plan:
    """The plan for these employees; their order does not matter."""
    ordered = sorted(employees, key=lambda e: e.id)
    verdicts = screened(ordered, verdicts) if known.in_file else verdicts
    accounts = Accounts(known.accounts or (), known.links, known.unkept, known.addresses, first_run=known.first_run)
    leaving = _moving(ordered, verdicts, accounts)
    people = [as_file_can(_person(e, verdicts[e.id], known, accounts, leaving), known.fixed) for e in ordered]
    gone = accounts.gone(e.id for e in ordered) if complete else {}
    people += [_gone(number, account, twins=accounts.twins(number)) for number, account in gone.items()]
    people = watched(people, accounts.all, known.links, complete=complete)
    linked = [p.account for p in people if p.account and accounts.linked(p.personio_id, p.account)]
    managed = {a.id for a in linked} | {p.account.id for p in people if p.account and _links(p)}
    return Plan(
        tuple(sorted(people, key=lambda p: p.personio_id)),
        complete=complete,
        delivery=known.accounts is not None,
        linked=sum(account.active for account in linked),
        unmanaged=sum(1 for a in accounts.all if a.id not in managed),
        monthly=sum((_monthly(account) for account in linked if account.active), Decimal(0)),
    )


def _monthly(account: Account) -> Decimal:
    """The monthly budgets that Alleo holds for one account, in euros."""
    held = (amount(value) for name, value in account.extras.items() if is_monthly(name))
    return sum((value for value in held if value is not None), Decimal(0))


def _links(person: Person) -> bool:
    return person.change is not None and person.change.kind is Kind.LINK


def _moving(employees: Iterable[Employee], verdicts: Mapping[int, Verdict], accounts: Accounts) -> frozenset[str]:
    """Accounts whose address changes in this same plan, and so does not stand in the way of another's.

    Whoever cannot have the new address stays where they are, and may so keep the next one from moving.
    """
    wanting: dict[str, Employee] = {}
    for employee in employees:
        matched = accounts.match(employee)
        account = matched.account if matched.linked and not matched.conflict else None
        syncs = verdicts[employee.id].decision is Decision.SYNC
        if account and syncs and email_key(account.email) != email_key(employee.email):
            wanting[account.id] = employee
    while True:
        free = frozenset(wanting)
        for identity, employee in list(wanting.items()):
            holder = accounts.holder(employee.email, besides=identity)
            if holder is not None and holder.id not in free:
                del wanting[identity]
        if len(wanting) == len(free):
            return free


def _person(employee: Employee, verdict: Verdict, known: Known, accounts: Accounts, moving: frozenset[str]) -> Person:
    matched = accounts.match(employee)
    syncs = verdict.decision is Decision.SYNC
    if syncs and not matched.linked and matched.account and matched.account.id in moving:
        matched = Matched()  # the address is free by the time new accounts are made
    if syncs and (holder := _in_the_way(employee, matched, accounts, moving)):
        conflict = Verdict(Decision.BLOCKED, (Reason.ACCOUNT_CONFLICT,))
        blocked = (Problem.ACCOUNT_CONFLICT,)
        return _row(employee, conflict, problems=blocked, account=matched.account, holder=holder)
    dated = (Problem.DATE_INVALID,) if employee.odd_dates else ()
    if not syncs:
        linked = matched.account if matched.linked else None
        change = _left_out(employee, verdict, linked)
        if change and matched.conflict:
            return _row(employee, verdict, problems=(*dated, Problem.ACCOUNT_CONFLICT), account=linked, holder=linked)
        row = _row(employee, verdict, change=change, account=linked, problems=dated)
        return replace(row, waiting=_money(employee, known, matched).waiting) if linked else row
    money = _money(employee, known, matched)
    values = wanted(employee, money.amounts, known.carried, known.readable)
    kept = _as_kept(employee.id, matched.account, values, known)
    change = _taken_in(employee, matched, kept)
    if change and change.gives_access and "hire_date" in employee.misdated:
        held_back = Verdict(Decision.BLOCKED, (Reason.DATE_INVALID,))
        return replace(_row(employee, held_back, problems=dated, account=matched.account), waiting=money.waiting)
    problems = [*dated, *money.problems]
    problems += [Problem.BUDGET_ONLY_AT_ALLEO] if _still_paid(matched, money, known) else []
    problems += [Problem.NOT_KEPT] if len(kept) < len(values) else []
    row = _row(
        employee,
        verdict,
        change=change,
        budgets=money.amounts,
        problems=tuple(problems),
        withheld=money.withheld,
        account=matched.account,
    )
    return replace(row, waiting=money.waiting, dropped=money.dropped, released=money.released)


def _row(
    employee: Employee,
    verdict: Verdict,
    *,
    change: Change | None = None,
    budgets: Mapping[str, Decimal] | None = None,
    problems: tuple[Problem, ...] = (),
    withheld: tuple[str, ...] = (),
    account: Account | None = None,
    holder: Account | None = None,
) -> Person:
    return Person(
        employee.id,
        employee.name,
        employee.email,
        verdict.decision,
        verdict.reasons,
        change,
        budgets or {},
        problems,
        withheld,
        employee,
        account,
        holder,
    )


def _in_the_way(employee: Employee, matched: Matched, accounts: Accounts, moving: frozenset[str]) -> Account | None:
    """The account that has the person's id or address and is not theirs to change."""
    if matched.conflict or not (matched.linked and matched.account):
        return matched.account if matched.conflict else None
    holder = accounts.holder(employee.email, besides=matched.account.id)
    return holder if holder is not None and holder.id not in moving else None


@dataclass(frozen=True, slots=True)
class _Money:
    """The budgets to send to one person, and what is not sent: withheld fields, one-off amounts that wait."""

    amounts: Mapping[str, Decimal]
    problems: tuple[Problem, ...]
    withheld: tuple[str, ...]
    waiting: tuple[Waiting, ...] = ()
    dropped: tuple[Waiting, ...] = ()
    released: tuple[Waiting, ...] = ()


def _money(employee: Employee, known: Known, matched: Matched) -> _Money:
    """Budgets to send, without the one-off amounts that were sent before or that wait for a decision."""
    granted, oneoffs, account = grant(employee.budgets, send_zero=known.send_zero), known.oneoffs, matched.account
    amounts = dict(granted.amounts)
    waiting: list[Waiting] = []
    ours = account is None or known.links.get(employee.id) == account.id
    for name in [n for n in amounts if not is_monthly(n)]:
        due, before = amounts[name], oneoffs.before(employee.id, name)
        held = current(account, name) if account and matched.linked else ""
        if before == due or (due and held and same(name, held, f"{due:.2f}")):
            del amounts[name]
        elif why := oneoffs.waits(employee.id, name, due, known=ours):
            waiting.append(Waiting(employee.id, employee.name, name, oneoffs.key(name), due, why, before))
    if oneoffs.release.sends(employee.id):
        return _Money(amounts, granted.problems, granted.withheld, released=tuple(waiting))
    amounts = {n: value for n, value in amounts.items() if n not in {w.field for w in waiting}}
    if employee.id in oneoffs.release.drop:
        return _Money(amounts, granted.problems, granted.withheld, dropped=tuple(waiting))
    problems = (*granted.problems, *dict.fromkeys(w.why for w in waiting))
    return _Money(amounts, problems, (*granted.withheld, *(w.field for w in waiting)), tuple(waiting))


def _still_paid(matched: Matched, money: _Money, known: Known) -> bool:
    """Whether Alleo holds a monthly budget that Personio has emptied or no longer shows; no change takes it away."""
    if matched.account is None:
        return False
    told = {*money.amounts, *money.withheld}
    ceased = (n for n in (known.budget_fields | known.lost_budgets) - told if is_monthly(n))
    return any(not same(name, current(matched.account, name) or "0", "0") for name in ceased)


def _as_kept(number: int, account: Account | None, values: Mapping[str, str], known: Known) -> Mapping[str, str]:
    """The values without those that were sent before and that Alleo does not keep: sending them again is no use."""
    if account is None or not known.drifts:
        return values
    return {
        name: value
        for name, value in values.items()
        if not (drift := known.drifts.get((number, name)))
        or not drift.covers(name, value or None, current(account, name) or None)
    }


def _left_out(employee: Employee, verdict: Verdict, linked: Account | None) -> Change | None:
    """Somebody who does not sync loses the account, unless they have not started or their data needs mending."""
    if verdict.decision is Decision.BLOCKED or verdict.reasons[0] is Reason.NOT_STARTED:
        return None
    return _offboard(employee.id, linked, verdict.reasons[0]) if linked and linked.active else None


def _offboard(number: int, account: Account, reason: Reason) -> Change:
    return Change(Kind.OFFBOARD, number, account.id, account.name, (Field("active", True, False),), reason)


def _taken_in(employee: Employee, matched: Matched, values: Mapping[str, str]) -> Change | None:
    account = matched.account
    if account is None:
        return Change(Kind.ONBOARD, employee.id, None, employee.name, fields_of(values))
    differing = differences(account, values)
    waking = () if account.active else (("active", False, True),)
    if not matched.linked or (not account.external_id and not matched.unkept):
        fields = with_first((("external_id", None, str(employee.id)), *waking), differing)
        return Change(Kind.LINK, employee.id, account.id, employee.name, fields)
    if waking:
        return Change(Kind.REACTIVATE, employee.id, account.id, employee.name, with_first(waking, differing))
    return Change(Kind.UPDATE, employee.id, account.id, employee.name, differing) if differing else None


def _gone(number: int, account: Account, *, twins: bool) -> Person:
    """Somebody Personio no longer has. Of twins it is not known which account was theirs, so neither is touched."""
    change = _offboard(number, account, Reason.GONE) if account.active else None
    person = Person(number, account.name, account.email, Decision.SKIP, (Reason.GONE,), account=account)
    if change and twins:
        return replace(person, problems=(Problem.ACCOUNT_CONFLICT,), holder=account)
    return replace(person, change=change)
