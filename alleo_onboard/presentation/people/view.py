"""The people of one plan, filtered and sorted. Fast enough for 100,000 people."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import compress, repeat
from operator import contains

from alleo_onboard.domain.plan import Person, Plan
from alleo_onboard.locale.formats import amount as money_text
from alleo_onboard.locale.terms import reason_label
from alleo_onboard.presentation.labels import kind_label, kind_short, problem_short, reason_short
from alleo_onboard.presentation.people.columns import MONEY, Column, Need
from alleo_onboard.presentation.people.filter import Detail, Filter, Group, detail_of
from alleo_onboard.presentation.people.keys import PERIODS, Keys
from alleo_onboard.presentation.people.labels import column_label, decision_text

_COMMA = 1  # cells; a name by surname is longer by it
_ARROW = 1  # cells; the sort arrow of a money column
_HEADER = 10  # cells for the name of a column and its sort mark
_PART = 8192  # people sorted at once
_SHORT_NAME, _SHORT_EMAIL = 18, 18  # characters of a name or address that make a column useful


@dataclass(frozen=True, slots=True)
class Sort:
    """A column to sort by."""

    column: Column = Column.NAME
    reverse: bool = False

    @classmethod
    def first(cls, column: Column) -> Sort:
        """Returns how a column is sorted at first: text ascending, money descending."""
        return cls(column, reverse=column in MONEY)


class PeopleView:
    """The rows of the table, by name at first.

    Creating one for 100,000 people and calling `warm` is slow, so do that in a thread. Everything else is fast: rows
    are selected by C loops over byte masks.
    """

    def __init__(self, plan: Plan) -> None:
        # A plan lives until the program ends. Without it, full rounds of the garbage collector stay short.
        gc.freeze()
        self.plan = plan
        self.people = plan.people
        self._keys = Keys(self.people)
        self._by_name = _in_order(self._keys.sorting(Column.NAME))
        self._order: Sequence[int] = self._by_name
        self._divided: dict[Group, Mapping[Detail, int]] = {}
        self.filter = Filter()
        self.sort = Sort()
        self.rows: Sequence[int] = self._order

    def warm(self) -> PeopleView:
        """Computes what the first search, the counts and the money columns need."""
        _ = self._keys.haystacks, self.counts, self.largest, self.totals, self.needs
        return self

    def forget_words(self) -> None:
        """Recomputes widths and order of names, after the language changed."""
        self.__dict__.pop("needs", None)
        self._keys = Keys(self.people)
        self._by_name = _in_order(self._keys.sorting(Column.NAME))
        self.sort_by(self.sort)

    def __len__(self) -> int:
        return len(self.rows)

    def person(self, row: int) -> Person:
        """Returns the person in a row."""
        return self.people[self.rows[row]]

    def row_of(self, place: int) -> int | None:
        """Returns the row that shows the person at index `place` of the plan's people, or None."""
        try:
            return self.rows.index(place)
        except ValueError:
            return None

    def narrow(self, wanted: Filter) -> None:
        """Applies a filter."""
        self.filter = wanted
        self.rows = self._chosen()

    def sort_by(self, sort: Sort) -> None:
        """Sorts the rows. Equal rows stay in the order of their names."""
        self.sort = sort
        if sort.column is Column.NAME:
            self._order = self._by_name[::-1] if sort.reverse else self._by_name
        else:
            keys = self._keys.sorting(sort.column)
            self._order = sorted(self._by_name, key=keys.__getitem__, reverse=sort.reverse)
        self.rows = self._chosen()

    def _chosen(self) -> Sequence[int]:
        wanted, rows = self.filter, self._order
        if wanted.group is not Group.ALL:
            rows = _kept(rows, self._keys.mask(wanted.group))
        if wanted.detail is not None:
            rows = [i for i in rows if detail_of(wanted.group, self.people[i]) is wanted.detail]
        for word in wanted.words:
            rows = self._with(word, rows)
        return rows

    def _with(self, word: str, rows: Sequence[int]) -> Sequence[int]:
        """Returns the rows with the word in name or address."""
        haystacks = self._keys.haystacks
        if len(rows) < len(haystacks) // 4:
            return list(compress(rows, map(contains, map(haystacks.__getitem__, rows), repeat(word))))
        return _kept(rows, bytes(map(contains, haystacks, repeat(word))))

    @cached_property
    def counts(self) -> Mapping[Group, int]:
        """Returns the number of people in each group."""
        return {group: sum(self._keys.mask(group)) for group in Group}

    def details(self, group: Group) -> Mapping[Detail, int]:
        """Returns the number of people for each detail of a group, largest first."""
        if group not in self._divided:
            those = compress(self.people, self._keys.mask(group))
            counted = Counter(detail_of(group, p) for p in those)
            self._divided[group] = {detail: n for detail, n in counted.most_common() if detail is not None}
        return self._divided[group]

    @cached_property
    def columns(self) -> frozenset[Column]:
        """Returns the columns with content: no money without budgets, no change without changes."""
        present = {Column.NAME, Column.EMAIL, Column.DECISION, Column.WHY}
        present |= {column for column, value in self.largest.items() if value}
        return frozenset(present | {Column.CHANGE} if self.plan.delivery and self.plan.changes else present)

    @cached_property
    def largest(self) -> Mapping[Column, Decimal]:
        """Returns the largest amount of one person in each money column."""
        return {column: max(self._keys.sorting(column), default=Decimal(0)) for column in PERIODS}

    @cached_property
    def needs(self) -> Mapping[Column, Need]:
        """Returns how wide each column has to be for these people, in characters."""
        reasons = {p.reasons[0] for p in self.people if p.reasons}
        told = [*map(reason_short, reasons), *map(problem_short, self.plan.problems)]
        kinds = {p.change.kind for p in self.people if p.change}
        names = _longest(person.name for person in self.people) + _COMMA
        emails = _longest(self._keys.sorting(Column.EMAIL))
        money = {
            column: max(len(money_text(value)), len(column_label(column)) + _ARROW)
            for column, value in self.largest.items()
        }
        decision = _longest(map(decision_text, {p.decision for p in self.people}))
        return {
            Column.DECISION: Need(decision, decision),
            Column.NAME: Need(min(names, _SHORT_NAME), names),
            Column.EMAIL: Need(min(emails, _SHORT_EMAIL), emails),
            Column.WHY: Need(_longest(told), max(_longest(map(reason_label, reasons)), _longest(told))),
            Column.CHANGE: Need(_longest(map(kind_short, kinds)), _longest(map(kind_label, kinds))),
            **{column: Need(width, width) for column, width in money.items()},
        }

    @cached_property
    def totals(self) -> Mapping[Column, tuple[int, Decimal]]:
        """Returns the number of people and the total in euros of each money column."""
        found = {column: [v for v in self._keys.sorting(column) if v] for column in PERIODS}
        return {column: (len(values), sum(values, Decimal(0))) for column, values in found.items()}

    def amount(self, row: int, column: Column) -> Decimal:
        """Returns a person's amount in a money column; 0 for none."""
        amount = self._keys.sorting(column)[self.rows[row]]
        return amount if isinstance(amount, Decimal) else Decimal(0)


def _in_order(keys: Sequence[str]) -> list[int]:
    """Returns the indexes sorted by key. Sorts parts and merges them, so that the event loop gets time in between."""
    order: list[int] = []
    for start in range(0, len(keys), _PART):
        order += sorted(range(start, min(start + _PART, len(keys))), key=keys.__getitem__)
    order.sort(key=keys.__getitem__)
    return order


def _longest(texts: Iterable[str]) -> int:
    return max(_HEADER, max(map(len, texts), default=0))


def _kept(rows: Iterable[int], mask: bytes) -> Sequence[int]:
    rows = list(rows)
    return list(compress(rows, map(mask.__getitem__, rows)))
