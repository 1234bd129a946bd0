"""The plan: everything that one run would do, and why, for every person."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from alleo_onboard.domain.account import Account, Value
from alleo_onboard.domain.budget import Problem, amount, is_monthly, is_oneoff
from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.eligibility import Decision, Reason
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.guard import Guard, Money
from alleo_onboard.domain.oneoff import Waiting


@dataclass(frozen=True, slots=True)
class Person:
    """One row of a preview."""

    personio_id: int
    name: str
    email: str
    decision: Decision
    reasons: tuple[Reason, ...]
    change: Change | None = None
    budgets: Mapping[str, Decimal] = field(default_factory=dict)  # euros by field name
    problems: tuple[Problem, ...] = ()
    withheld: tuple[str, ...] = ()  # budget fields that are not sent
    employee: Employee | None = None  # None when no longer in Personio
    account: Account | None = None  # None when Alleo has no account
    holder: Account | None = None  # another account that prevents this person's change
    waiting: tuple[Waiting, ...] = ()  # one-off amounts that need a decision
    dropped: tuple[Waiting, ...] = ()  # one-off amounts decided to count as granted
    released: tuple[Waiting, ...] = ()  # one-off amounts decided to be sent


@dataclass(frozen=True)
class Plan:
    """All changes of one preview."""

    people: tuple[Person, ...] = field(repr=False)  # ordered by Personio id
    complete: bool  # whether Personio's list was read completely
    delivery: bool = False  # false without accounts from Alleo; `change` is then what a first sync would do
    linked: int = 0  # number of linked active accounts
    unmanaged: int = 0  # number of accounts that this tool never touches
    monthly: Decimal = Decimal(0)  # euros: total of the monthly budgets that the linked active accounts have now

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Returns all changes in the order of a run: offboardings and updates first, because they free addresses."""
        found = [p.change for p in self.people if p.change]
        return tuple(sorted(found, key=lambda c: (_ORDER[c.kind], c.personio_id)))

    @cached_property
    def digest(self) -> str:
        """Returns `sha256:` and the hash of what would be done. Plans with the same digest do the same."""
        told = [[c.kind, c.personio_id, c.account_id, [[f.name, f.old, f.new] for f in c.fields]] for c in self.changes]
        text = json.dumps([self.complete, told], ensure_ascii=True, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def summary(self) -> Mapping[str, int]:
        """Returns the counts for `preview --json`, in its order."""
        employees = [p for p in self.people if p.employee]
        counts = {"employees": len(employees)}
        counts |= {d.value: sum(p.decision is d for p in employees) for d in Decision}
        counts |= {k.value: sum(c.kind is k for c in self.changes) for k in Kind}
        unchanged = sum(p.decision is Decision.SYNC and p.change is None for p in employees)
        return counts | {"unchanged": unchanged, "unmanaged": self.unmanaged}

    @cached_property
    def budgets(self) -> Mapping[str, tuple[int, Decimal]]:
        """Returns the number of people and the total in euros for each budget field, ordered by name."""
        totals: dict[str, tuple[int, Decimal]] = {}
        for person in self.people:
            for name, value in person.budgets.items():
                people, total = totals.get(name, (0, Decimal(0)))
                totals[name] = (people + 1, total + value)
        return dict(sorted(totals.items()))

    @cached_property
    def fixed_addresses(self) -> frozenset[tuple[int, str]]:
        """Returns Personio id and new address of people whose new address the file cannot tell Alleo."""
        return frozenset((p.personio_id, p.email) for p in self.people if Problem.EMAIL_FIXED in p.problems)

    @property
    def links(self) -> Mapping[int, str]:
        """Returns the account id by Personio id, for accounts that already carry their person's id."""
        return {
            p.personio_id: p.account.id
            for p in self.people
            if p.account and p.account.external_id == str(p.personio_id) and Problem.ACCOUNT_CONFLICT not in p.problems
        }

    def counted(self) -> Plan:
        """Returns the plan itself, after computing the cached properties."""
        _known = self.changes, self.digest, self.summary, self.budgets
        return self

    @cached_property
    def problems(self) -> Mapping[Problem, int]:
        """Returns the number of people with each problem, in the order of the codes."""
        found = Counter(problem for person in self.people for problem in set(person.problems))
        return {problem: found[problem] for problem in Problem if found[problem]}

    @cached_property
    def withheld(self) -> Mapping[str, int]:
        """Returns the number of people whose amount is not sent, for each budget field, ordered by name."""
        return dict(sorted(Counter(name for person in self.people for name in set(person.withheld)).items()))

    @cached_property
    def waiting(self) -> tuple[Waiting, ...]:
        """Returns the one-off amounts that wait for a decision, ordered by Personio id."""
        return tuple(one for p in self.people if p.decision is Decision.SYNC for one in p.waiting)

    @property
    def unpaid(self) -> tuple[Waiting, ...]:
        """Returns the amounts that wait, including those of people who do not sync now."""
        return tuple(one for person in self.people for one in person.waiting)

    @property
    def dropped(self) -> tuple[Waiting, ...]:
        """Returns the one-off amounts decided to count as granted."""
        return tuple(one for person in self.people for one in person.dropped)

    @property
    def decided(self) -> frozenset[int]:
        """Returns the Personio ids of people whose one-off amounts were decided."""
        return frozenset(p.personio_id for p in self.people if p.dropped or p.released)

    @cached_property
    def guard(self) -> Guard:
        """Returns the counts that the guard judges."""
        return Guard(
            sum(c.takes_away for c in self.changes),
            self.linked,
            sum(c.kind is not Kind.ONBOARD and "email" in c.new for c in self.changes),
            Money(
                self.monthly,
                sum((_more(f) for c in self.changes for f in c.fields if is_monthly(f.name)), Decimal(0)),
                sum((_euros(f.new) for c in self.changes for f in c.fields if is_oneoff(f.name)), Decimal(0)),
            ),
        )

    def only(self, kinds: Iterable[Kind] | None = None, ids: Iterable[int] | None = None) -> Plan:
        """Returns the plan with only the changes of these kinds and Personio ids. None means all."""
        kept_kinds = frozenset(kinds) if kinds is not None else frozenset(Kind)
        kept_ids = frozenset(ids) if ids is not None else None
        people = (_without(p) if p.change and not _kept(p.change, kept_kinds, kept_ids) else p for p in self.people)
        return replace(self, people=tuple(people))


def _euros(value: Value) -> Decimal:
    """Returns a field value as euros; 0 when it is no amount."""
    return (amount(value) if isinstance(value, str) else None) or Decimal(0)


def _more(field: Field) -> Decimal:
    """Returns how much a change adds to a monthly budget in euros; 0 for a reduction."""
    return max(Decimal(0), _euros(field.new) - _euros(field.old))


_ORDER = {Kind.OFFBOARD: 0, Kind.UPDATE: 1, Kind.LINK: 2, Kind.REACTIVATE: 3, Kind.ONBOARD: 4}


def _kept(change: Change, kinds: frozenset[Kind], ids: frozenset[int] | None) -> bool:
    return change.kind in kinds and (ids is None or change.personio_id in ids)


def _without(person: Person) -> Person:
    return replace(person, change=None)
