"""The plan: everything one run would do, and why, for every person."""

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
    """One row of a preview. `employee` is None for somebody gone from Personio, `account` where Alleo has none.

    `holder` is the account that stands in this person's way, if one does. `withheld` are the budget fields that the
    problems are about; `waiting` one-off amounts that a person has to decide on, `dropped` those that were decided to
    count as granted, `released` those that were decided to be sent.
    """

    personio_id: int
    name: str
    email: str
    decision: Decision
    reasons: tuple[Reason, ...]
    change: Change | None = None
    budgets: Mapping[str, Decimal] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    withheld: tuple[str, ...] = ()
    employee: Employee | None = None
    account: Account | None = None
    holder: Account | None = None
    waiting: tuple[Waiting, ...] = ()
    dropped: tuple[Waiting, ...] = ()
    released: tuple[Waiting, ...] = ()


@dataclass(frozen=True)
class Plan:
    """All changes of one preview. `people` are ordered by Personio id.

    `delivery` is false while nothing is known about Alleo: `change` is then what a first sync would do. `linked` counts
    the linked active accounts, `unmanaged` those that this tool never touches; `monthly` is the total of the monthly
    budgets that the linked active accounts have now, in euros.
    """

    people: tuple[Person, ...] = field(repr=False)
    complete: bool
    delivery: bool = False
    linked: int = 0
    unmanaged: int = 0
    monthly: Decimal = Decimal(0)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """In the order they are applied: offboardings and updates free addresses before others take them."""
        found = [p.change for p in self.people if p.change]
        return tuple(sorted(found, key=lambda c: (_ORDER[c.kind], c.personio_id)))

    @cached_property
    def digest(self) -> str:
        """`sha256:` over what would be done; two plans with the same digest do the same."""
        told = [[c.kind, c.personio_id, c.account_id, [[f.name, f.old, f.new] for f in c.fields]] for c in self.changes]
        text = json.dumps([self.complete, told], ensure_ascii=True, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def summary(self) -> Mapping[str, int]:
        """The counts of `preview --json`, in its order."""
        employees = [p for p in self.people if p.employee]
        counts = {"employees": len(employees)}
        counts |= {d.value: sum(p.decision is d for p in employees) for d in Decision}
        counts |= {k.value: sum(c.kind is k for c in self.changes) for k in Kind}
        unchanged = sum(p.decision is Decision.SYNC and p.change is None for p in employees)
        return counts | {"unchanged": unchanged, "unmanaged": self.unmanaged}

    @cached_property
    def budgets(self) -> Mapping[str, tuple[int, Decimal]]:
        """Field name to the number of people and the total in euros, in the order of the names."""
        totals: dict[str, tuple[int, Decimal]] = {}
        for person in self.people:
            for name, value in person.budgets.items():
                people, total = totals.get(name, (0, Decimal(0)))
                totals[name] = (people + 1, total + value)
        return dict(sorted(totals.items()))

    @property
    def links(self) -> Mapping[int, str]:
        """The account ids, by Personio id, of people whose account already carries their id."""
        return {
            p.personio_id: p.account.id
            for p in self.people
            if p.account and p.account.external_id == str(p.personio_id) and Problem.ACCOUNT_CONFLICT not in p.problems
        }

    def counted(self) -> Plan:
        """Itself, with everything worked out that is kept once it is known."""
        _known = self.changes, self.digest, self.summary, self.budgets
        return self

    @cached_property
    def problems(self) -> Mapping[Problem, int]:
        """How many people have each problem, in the order of the codes."""
        found = Counter(problem for person in self.people for problem in set(person.problems))
        return {problem: found[problem] for problem in Problem if found[problem]}

    @cached_property
    def withheld(self) -> Mapping[str, int]:
        """Budget field to the number of people whose amount in it is not sent, in the order of the names."""
        return dict(sorted(Counter(name for person in self.people for name in set(person.withheld)).items()))

    @cached_property
    def waiting(self) -> tuple[Waiting, ...]:
        """One-off amounts that are not sent until a person decides, ordered by Personio id."""
        return tuple(one for p in self.people if p.decision is Decision.SYNC for one in p.waiting)

    @property
    def unpaid(self) -> tuple[Waiting, ...]:
        """What waits, and what would wait for people who do not sync just now."""
        return tuple(one for person in self.people for one in person.waiting)

    @property
    def dropped(self) -> tuple[Waiting, ...]:
        """One-off amounts that a person decided to count as granted."""
        return tuple(one for person in self.people for one in person.dropped)

    @property
    def decided(self) -> frozenset[int]:
        """The people about whose one-off amounts a person decided, by Personio id."""
        return frozenset(p.personio_id for p in self.people if p.dropped or p.released)

    @cached_property
    def guard(self) -> Guard:
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
        """The same preview with just the named changes left to do."""
        kept_kinds = frozenset(kinds) if kinds is not None else frozenset(Kind)
        kept_ids = frozenset(ids) if ids is not None else None
        people = (_without(p) if p.change and not _kept(p.change, kept_kinds, kept_ids) else p for p in self.people)
        return replace(self, people=tuple(people))


def _euros(value: Value) -> Decimal:
    return (amount(value) if isinstance(value, str) else None) or Decimal(0)


def _more(field: Field) -> Decimal:
    """What a change adds to a monthly budget; nothing where it takes away."""
    return max(Decimal(0), _euros(field.new) - _euros(field.old))


_ORDER = {Kind.OFFBOARD: 0, Kind.UPDATE: 1, Kind.LINK: 2, Kind.REACTIVATE: 3, Kind.ONBOARD: 4}


def _kept(change: Change, kinds: frozenset[Kind], ids: frozenset[int] | None) -> bool:
    return change.kind in kinds and (ids is None or change.personio_id in ids)


def _without(person: Person) -> Person:
    return replace(person, change=None)
