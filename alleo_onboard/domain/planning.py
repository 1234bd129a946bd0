"""Builds the plan from employees, decisions and the accounts at Alleo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.budget import Problem, amount, grant, is_monthly
from alleo_onboard.domain.change import Change, Kind
from alleo_onboard.domain.drift import Known as Drifted
from alleo_onboard.domain.eligibility import Decision, Reason, Verdict, email_key
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.file_rules import as_file_can, screened
from alleo_onboard.domain.file_state import identity_of
from alleo_onboard.domain.leavers import gone_row, offboard, with_twins
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
    """Input of a plan besides the employees and their verdicts."""

    readable: frozenset[str]  # required attributes that the credential may read
    budget_fields: frozenset[str] = frozenset()
    lost_budgets: frozenset[str] = frozenset()  # budget fields that the last run read and this one cannot
    accounts: Sequence[Account] | None = None  # None without a delivery
    carries: frozenset[str] | None = None  # fields that the delivery can store; None without a delivery
    links: Mapping[int, str] = field(default_factory=dict)  # account id by Personio id, from the ledger
    oneoffs: Granted = field(default_factory=Granted)
    # values that Alleo stored differently, by (Personio id, field name), from the ledger
    drifts: Mapping[tuple[int, str], Drifted] = field(default_factory=dict)
    send_zero: bool = False  # send budgets of zero
    # last known address of linked accounts by Personio id, as far as needed
    addresses: Mapping[int, str] = field(default_factory=dict)
    first_run: bool = False  # no run was ever finished with this ledger
    fixed: frozenset[str] = frozenset()  # fields that the delivery cannot change
    in_file: bool = False  # the delivery writes values into a file

    @property
    def unkept(self) -> frozenset[int]:
        """Returns the Personio ids of people whose id Alleo did not store."""
        return frozenset(number for (number, name), one in self.drifts.items() if name == "external_id" and one.sent)

    @property
    def carried(self) -> frozenset[str]:
        """Returns the fields that the delivery can store; all fields when there is no delivery yet."""
        return frozenset({*CORE_FIELDS, *EXTRA_FIELDS, *self.budget_fields}) if self.carries is None else self.carries


def build(employees: Iterable[Employee], verdicts: Mapping[int, Verdict], known: Known, *, complete: bool) -> Plan:
    """Returns the plan for these employees, in any order.

    `complete` is whether Personio's list was read completely; else nobody counts as gone.
    """
    ordered = sorted(employees, key=lambda e: e.id)
    verdicts = screened(ordered, verdicts) if known.in_file else verdicts
    syncing = frozenset(e.id for e in ordered if verdicts[e.id].decision is Decision.SYNC) if known.in_file else None
    accounts = Accounts(
        known.accounts or (), known.links, known.unkept, known.addresses, first_run=known.first_run, syncing=syncing
    )
    found = {e.id: accounts.match(e) for e in ordered}
    leaving = frozenset[str]() if "email" in known.fixed else _moving(ordered, verdicts, accounts, found)
    rows = (_person(e, verdicts[e.id], known, accounts, found[e.id], leaving) for e in ordered)
    moved = known.oneoffs.release.has_moved
    people = [as_file_can(row, known.fixed, moved=moved(row.personio_id, row.email)) for row in rows]
    gone = accounts.gone(e.id for e in ordered) if complete else {}
    people += [gone_row(number, account, accounts) for number, account in gone.items()]
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
    """Returns the total of the monthly budgets that Alleo stores for an account, in euros."""
    held = (amount(value) for name, value in account.extras.items() if is_monthly(name))
    return sum((value for value in held if value is not None), Decimal(0))


def _links(person: Person) -> bool:
    """Returns whether this person's change links an account."""
    return person.change is not None and person.change.kind is Kind.LINK


def _moving(
    employees: Iterable[Employee], verdicts: Mapping[int, Verdict], accounts: Accounts, found: Mapping[int, Matched]
) -> frozenset[str]:
    """Returns the ids of accounts whose address changes in this plan, so that others may take the old address.

    An account whose new address is not free does not move, which may prevent another one from moving.
    """
    wanting: dict[str, Employee] = {}
    for employee in employees:
        matched = found[employee.id]
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


def _person(
    employee: Employee, verdict: Verdict, known: Known, accounts: Accounts, matched: Matched, moving: frozenset[str]
) -> Person:
    """Returns the row of one employee. `moving` are the ids of accounts that give up their address."""
    syncs = verdict.decision is Decision.SYNC
    if syncs and not matched.linked and matched.account and matched.account.id in moving:
        matched = Matched()  # the address will be free before new accounts are made
    if syncs and (holder := _in_the_way(employee, matched, accounts, moving)):
        conflict = Verdict(Decision.BLOCKED, (Reason.ACCOUNT_CONFLICT,))
        blocked = (Problem.ACCOUNT_CONFLICT,)
        return _row(employee, conflict, problems=blocked, account=matched.account, holder=holder)
    dated = (Problem.DATE_INVALID,) if employee.odd_dates else ()
    if not syncs:
        return _not_syncing(employee, verdict, known, accounts, matched)
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
    if not (money.waiting or money.dropped or money.released):  # true for nearly everybody; copying is slow
        return row
    return replace(row, waiting=money.waiting, dropped=money.dropped, released=money.released)


def _not_syncing(employee: Employee, verdict: Verdict, known: Known, accounts: Accounts, matched: Matched) -> Person:
    """Returns the row of an employee who does not sync."""
    dated = (Problem.DATE_INVALID,) if employee.odd_dates else ()
    linked = matched.account if matched.linked else None
    change = _left_out(employee, verdict, linked)
    if change and accounts.twins(employee.id):
        return with_twins(_row(employee, verdict, problems=dated), accounts)
    if change and matched.conflict:
        return _row(employee, verdict, problems=(*dated, Problem.ACCOUNT_CONFLICT), account=linked, holder=linked)
    row = _row(employee, verdict, change=change, account=linked, problems=dated)
    return replace(row, waiting=_money(employee, known, matched).waiting) if linked else row


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
    """Returns the account that has the person's id or address and that this person may not take, or None."""
    if matched.conflict or not (matched.linked and matched.account):
        return matched.account if matched.conflict else None
    holder = accounts.holder(employee.email, besides=matched.account.id)
    return holder if holder is not None and holder.id not in moving else None


@dataclass(frozen=True, slots=True)
class _Money:
    """The budgets to send to one person, and what is not sent."""

    amounts: Mapping[str, Decimal]  # euros by field name, to send
    problems: tuple[Problem, ...]
    withheld: tuple[str, ...]  # fields that are not sent
    waiting: tuple[Waiting, ...] = ()
    dropped: tuple[Waiting, ...] = ()
    released: tuple[Waiting, ...] = ()


def _money(employee: Employee, known: Known, matched: Matched) -> _Money:
    """Returns the budgets to send, without one-off amounts that were sent before or wait for a decision."""
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
    if not waiting:  # true for nearly everybody
        return _Money(amounts, granted.problems, granted.withheld)
    released = tuple(w for w in waiting if oneoffs.release.sends(w))
    dropped = tuple(w for w in waiting if oneoffs.release.drops(w))
    left = tuple(w for w in waiting if w not in released and w not in dropped)
    unsent = {w.field for w in (*left, *dropped)}
    amounts = {name: value for name, value in amounts.items() if name not in unsent}
    problems = (*granted.problems, *dict.fromkeys(w.why for w in left))
    return _Money(amounts, problems, (*granted.withheld, *(w.field for w in left)), left, dropped, released)


def _still_paid(matched: Matched, money: _Money, known: Known) -> bool:
    """Returns whether Alleo still pays a monthly budget that Personio does not have any more. No change removes it."""
    if matched.account is None:
        return False
    told = {*money.amounts, *money.withheld}
    ceased = (n for n in (known.budget_fields | known.lost_budgets) - told if is_monthly(n))
    return any(not same(name, current(matched.account, name) or "0", "0") for name in ceased)


def _as_kept(number: int, account: Account | None, values: Mapping[str, str], known: Known) -> Mapping[str, str]:
    """Returns the values without those that Alleo did not store when they were sent before."""
    if account is None or not known.drifts:
        return values
    return {
        name: value
        for name, value in values.items()
        if not (drift := known.drifts.get((number, name)))
        or not drift.covers(name, value or None, current(account, name) or None)
    }


def _left_out(employee: Employee, verdict: Verdict, linked: Account | None) -> Change | None:
    """Returns the offboarding of somebody who does not sync, or None.

    Nobody is offboarded for a data error, or before their first day.
    """
    if verdict.decision is Decision.BLOCKED or verdict.reasons[0] is Reason.NOT_STARTED:
        return None
    return offboard(employee.id, linked, verdict.reasons[0]) if linked and linked.active else None


def _taken_in(employee: Employee, matched: Matched, values: Mapping[str, str]) -> Change | None:
    """Returns the change for somebody who syncs, or None when the account is already right."""
    account = matched.account
    if account is None:
        return Change(Kind.ONBOARD, employee.id, None, employee.name, fields_of(values))
    differing = differences(account, values)
    if matched.returned:
        first = (("external_id", account.external_id, str(employee.id)), ("active", False, True))
        fields = with_first(first, differing)
        return Change(Kind.REACTIVATE, employee.id, identity_of(employee.id), employee.name, fields)
    waking = () if account.active else (("active", False, True),)
    if not matched.linked or (not account.external_id and not matched.unkept):
        fields = with_first((("external_id", None, str(employee.id)), *waking), differing)
        return Change(Kind.LINK, employee.id, account.id, employee.name, fields)
    if waking:
        return Change(Kind.REACTIVATE, employee.id, account.id, employee.name, with_first(waking, differing))
    return Change(Kind.UPDATE, employee.id, account.id, employee.name, differing) if differing else None
