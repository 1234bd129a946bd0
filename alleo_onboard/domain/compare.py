"""Alleo's file against the preview: who is only there, who only here, and whose values differ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alleo_onboard.domain.alleo_columns import Columns, period
from alleo_onboard.domain.budget import Period, amount, period_of
from alleo_onboard.domain.eligibility import Decision, email_key
from alleo_onboard.domain.plan import Person, Plan

SET = "(set)"  # stands for a birthday, which is never shown
_DAY_FIRST = re.compile(r"(\d{1,2})[-.](\d{1,2})[-.](\d{4})")
_OFF = ("inactive", "inactief", "inaktiv", "deactivated", "gedeactiveerd", "deaktiviert", "offboard", "uit dienst")
_NO = frozenset({"no", "nee", "nein", "false", "0", "off", "uit", "aus"})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: its number as a spreadsheet counts, and its values by our fields."""

    line: int
    values: Mapping[str, str]

    @property
    def email(self) -> str:
        return self.values.get("email", "")

    @property
    def id(self) -> str:
        return self.values.get("id", "")

    @property
    def name(self) -> str:
        told = (self.values.get(part, "") for part in ("first_name", "prefix", "last_name"))
        return " ".join(filter(None, told)) or self.values.get("name", "")

    @property
    def switched_off(self) -> bool:
        """Whether the row says that this person has no access, or is losing it."""
        told = [self.values.get(field, "").strip().casefold() for field in ("active", "action")]
        return told[0] in _NO or any(text.startswith(_OFF) for text in told)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field as Alleo's file has it, and as the preview has it; "" is no value."""

    field: str
    there: str
    here: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody who is in both. `by` tells what they were found by: "id" or "email"."""

    person: Person
    row: Row
    by: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Stray:
    """A row of somebody who would not get Alleo. `person` is None for one whom Personio does not know."""

    row: Row
    person: Person | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`same` counts those in both without a difference, `off` the rows of people with Alleo neither there nor here."""

    columns: Columns
    rows: int
    same: int
    off: int
    only_there: tuple[Stray, ...]
    only_here: tuple[Person, ...]
    differing: tuple[Pair, ...]
    twice: tuple[Row, ...]

    @property
    def equal(self) -> bool:
        return not (self.only_there or self.only_here or self.differing or self.twice)


def rows_of(columns: Columns, lines: Iterable[Sequence[str]], first: int) -> Iterator[Row]:
    """The lines below the headings as rows; `first` is the number of the first of them. Empty lines are left out."""
    for number, line in enumerate(lines, first):
        values = {field: _plain(line[place]) for field, place in columns.places.items() if place < len(line)}
        if values.get("email") or values.get("id") or any(values.values()):
            yield Row(number, values)


def _plain(value: str) -> str:
    return " ".join(unicodedata.normalize("NFC", value).split())


def compare(plan: Plan, columns: Columns, rows: Sequence[Row]) -> Comparison:
    """Everybody who would get Alleo against the rows. A row is matched by id, else by e-mail."""
    by_id = {p.personio_id: p for p in plan.people}
    by_email = {email_key(p.email): p for p in sorted(plan.people, key=_syncs) if p.email}
    seen: set[int] = set()
    same = off = 0
    strays, pairs, twice = [], [], []
    for row in rows:
        person, by = _found(row, by_id, by_email)
        if person and person.personio_id in seen:
            twice.append(row)
            continue
        if person:
            seen.add(person.personio_id)
        if person is None or not _syncs(person):
            off += row.switched_off
            strays += [] if row.switched_off else [Stray(row, person)]
        elif told := tuple(_differences(person, row, columns)):
            pairs.append(Pair(person, row, by, told))
        else:
            same += 1
    here = tuple(p for p in plan.people if _syncs(p) and p.personio_id not in seen)
    return Comparison(columns, len(rows), same, off, tuple(strays), here, tuple(pairs), tuple(twice))


def _syncs(person: Person) -> bool:
    return person.decision is Decision.SYNC


def _found(row: Row, by_id: Mapping[int, Person], by_email: Mapping[str, Person]) -> tuple[Person | None, str]:
    number = row.id
    if number.isascii() and number.isdecimal() and len(number) < 20 and (person := by_id.get(int(number))):
        return person, "id"
    return by_email.get(email_key(row.email)) if row.email else None, "email"


def _differences(person: Person, row: Row, columns: Columns) -> Iterator[Difference]:
    if row.switched_off:
        yield Difference("active", "false", "true")
    for field in columns.compared:
        if field in row.values and (found := _difference(field, person, row)):
            yield found


def _difference(field: str, person: Person, row: Row) -> Difference | None:
    there = row.values[field]
    if often := period(field):
        return _of_money(field, often, there, person)
    here = _here(field, person)
    if field in ("birthday", "work_anniversary", "termination_date"):
        return _of_date(field, there, here)
    if field == "last_name" and row.values.get("prefix"):
        there = f"{row.values['prefix']} {there}".strip()
    if field == "name" and there.count(",") == 1:
        there = " ".join(reversed([part.strip() for part in there.split(",")]))
    equal = email_key(there) == email_key(here) if field == "email" else there == here
    return None if equal else Difference(field, there, here)


def _here(field: str, person: Person) -> str:
    employee = person.employee
    if employee is None:
        return ""
    texts = {"email": person.email, "name": person.name, "department": employee.department}
    texts |= {"first_name": employee.first_name, "last_name": employee.last_name}
    dates = {
        "birthday": employee.birthday,
        "work_anniversary": employee.hire_date,
        "termination_date": employee.termination_date,
    }
    day = dates.get(field)
    return day.isoformat() if day else _plain(texts.get(field, ""))


def _of_date(field: str, there: str, here: str) -> Difference | None:
    read = day(there)
    told = read.isoformat() if read else there
    if told == here:
        return None
    if field == "birthday":
        return Difference(field, told and SET, here and SET)
    return Difference(field, told, here)


def day(text: str) -> date | None:
    """A date as files write it: year first, or day first with dashes or dots. None for anything else."""
    if found := _DAY_FIRST.fullmatch(text):
        text = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _of_money(field: str, often: Period, there: str, person: Person) -> Difference | None:
    """Amounts compare as numbers; a one-off budget that was sent before is not compared."""
    every = field in ("monthly", "oneoff")
    names = [n for n in person.budgets if n == field or (every and period_of(n) is often)]
    if not names and often is Period.ONEOFF:
        return None
    here = sum((person.budgets[n] for n in names), Decimal(0))
    read = amount(there) if there else Decimal(0)
    return None if read == here else Difference(field, there, f"{here:.2f}" if names else "")
