"""Sort keys, group members and search texts of people, computed on first use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from alleo_onboard.domain.budget import Period, period_of
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.eligibility import Decision, Reason
from alleo_onboard.domain.plan import Person
from alleo_onboard.presentation.people.columns import Column
from alleo_onboard.presentation.people.filter import DECISIONS, Group
from alleo_onboard.presentation.people.fold import fold
from alleo_onboard.presentation.people.surname import sorting_keys

_DECISIONS = {Decision.BLOCKED: 0, Decision.SYNC: 1, Decision.SKIP: 2}
_REASONS = {reason: place for place, reason in enumerate(Reason)}
_KINDS = {kind: place for place, kind in enumerate(Kind)}
_LAST = 99
_NOTHING = Decimal(0)
PERIODS = {Column.MONTHLY: Period.MONTHLY, Column.ONCE: Period.ONEOFF}


class Keys:
    """Keys for sorting, filtering and searching, by index in `people`. Computed on first use and kept."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._people = people
        self._sorting: dict[Column, Sequence[Any]] = {Column.NAME: sorting_keys(people)}
        self._masks: dict[Group, bytes] = {}

    def sorting(self, column: Column) -> Sequence[Any]:
        """Returns the sort keys of a column, ascending."""
        if column not in self._sorting:
            self._sorting |= self._worked_out(column)
        return self._sorting[column]

    def mask(self, group: Group) -> bytes:
        """Returns one byte for each person: 1 in the group, 0 not."""
        if group not in self._masks:
            self._masks[group] = self._members(group)
        return self._masks[group]

    @cached_property
    def haystacks(self) -> Sequence[str]:
        """Returns name and address of each person, normalised for searching."""
        names, emails = [fold(p.name) for p in self._people], self.sorting(Column.EMAIL)
        return [f"{name}\n{email}" for name, email in zip(names, emails, strict=True)]

    def _members(self, group: Group) -> bytes:
        if decision := DECISIONS.get(group):
            return bytes([p.decision is decision for p in self._people])
        if group is Group.CHANGES:
            return bytes([p.change is not None for p in self._people])
        if group is Group.PROBLEMS:
            return bytes([bool(p.problems) for p in self._people])
        return b"\x01" * len(self._people)

    def _worked_out(self, column: Column) -> Mapping[Column, Sequence[Any]]:
        people = self._people
        if column in PERIODS:
            return self._amounts()
        if column is Column.EMAIL:
            return {column: [fold(p.email) for p in people]}
        if column is Column.DECISION:
            return {column: [_DECISIONS[p.decision] for p in people]}
        if column is Column.WHY:
            return {column: [_REASONS[p.reasons[0]] if p.reasons else _LAST for p in people]}
        return {column: [_KINDS[p.change.kind] if p.change else _LAST for p in people]}

    def _amounts(self) -> Mapping[Column, Sequence[Decimal]]:
        amounts = {column: [_NOTHING] * len(self._people) for column in PERIODS}
        lists: dict[str, list[Decimal]] = {}
        for place, person in enumerate(self._people):
            for name, value in person.budgets.items():
                if name not in lists:
                    lists[name] = amounts[Column.MONTHLY if period_of(name) is Period.MONTHLY else Column.ONCE]
                found = lists[name]
                found[place] = value if found[place] is _NOTHING else found[place] + value
        return amounts
