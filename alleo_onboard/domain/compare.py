"""Compares a file from Alleo with the preview: people only there, people only here, and differing values."""

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

SET = "(set)"  # shown instead of a birthday, which is never shown
_DAY_FIRST = re.compile(r"(\d{1,2})[-.](\d{1,2})[-.](\d{4})")
_OFF = ("inactive", "inactief", "inaktiv", "deactivated", "gedeactiveerd", "deaktiviert", "offboard", "uit dienst")
_NO = frozenset({"no", "nee", "nein", "false", "0", "off", "uit", "aus"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file."""

    line: int  # row number as in a spreadsheet, from 1
    values: Mapping[str, str]  # by our field names

    @property
    def email(self) -> str:
        """Returns the e-mail address, or ""."""
        return self.values.get("email", "")

    @property
    def id(self) -> str:
        """Returns the id, or ""."""
        return self.values.get("id", "")

    @property
    def name(self) -> str:
        """Returns the full name, or ""."""
        told = (self.values.get(part, "") for part in ("first_name", "prefix", "last_name"))
        return " ".join(filter(None, told)) or self.values.get("name", "")

    @property
    def switched_off(self) -> bool:
        """Returns whether the row says that this person has no access or is losing it."""
        told = [self.values.get(field, "").strip().casefold() for field in ("active", "action")]
        return told[0] in _NO or any(text.startswith(_OFF) for text in told)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field with its value in Alleo's file (`there`) and in the preview (`here`). "" means no value."""

    field: str
    there: str
    here: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A person in the file and in the preview, with differing values. `by`: they matched by "id" or by "email"."""

    person: Person
    row: Row
    by: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Stray:
    """A row of somebody who would not get Alleo. `person` is None when Personio does not know them."""

    row: Row
    person: Person | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing a file with the preview."""

    columns: Columns
    rows: int  # number of rows read
    same: int  # number of people in both, without a difference
    off: int  # number of rows of people who have Alleo neither in the file nor in the preview
    only_there: tuple[Stray, ...]
    only_here: tuple[Person, ...]
    differing: tuple[Pair, ...]
    twice: tuple[Row, ...]  # further rows of a person who was matched before

    @property
    def equal(self) -> bool:
        """Returns whether file and preview say the same."""
        return not (self.only_there or self.only_here or self.differing or self.twice)


def rows_of(columns: Columns, lines: Iterable[Sequence[str]], first: int) -> Iterator[Row]:
    """Yields the lines below the headings as rows; empty lines are left out.

    `first` is the row number of the first line.
    """
    for number, line in enumerate(lines, first):
        values = {field: _plain(line[place]) for field, place in columns.places.items() if place < len(line)}
        if values.get("email") or values.get("id") or any(values.values()):
            yield Row(number, values)


def _plain(value: str) -> str:
    """Returns the text in NFC, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", value).split())


def compare(plan: Plan, columns: Columns, rows: Sequence[Row]) -> Comparison:
    """Compares everybody who would get Alleo with the rows. A row matches by id, else by e-mail address."""
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
    """Returns the person of a row, or None, and how they matched."""
    number = row.id
    if number.isascii() and number.isdecimal() and len(number) < 20 and (person := by_id.get(int(number))):
        return person, "id"
    return by_email.get(email_key(row.email)) if row.email else None, "email"


def _differences(person: Person, row: Row, columns: Columns) -> Iterator[Difference]:
    """Yields the fields in which a person and their row differ."""
    if row.switched_off:
        yield Difference("active", "false", "true")
    for field in columns.compared:
        if field in row.values and (found := _difference(field, person, row)):
            yield found


def _difference(field: str, person: Person, row: Row) -> Difference | None:
    """Returns the difference in one field, or None."""
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
    """Returns the person's value in one of our fields, as text."""
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
    """Compares dates. Birthdays that differ are shown as SET, never as dates."""
    read = day(there)
    told = read.isoformat() if read else there
    if told == here:
        return None
    if field == "birthday":
        return Difference(field, told and SET, here and SET)
    return Difference(field, told, here)


def day(text: str) -> date | None:
    """Returns a date written year first, or day first with dashes or dots; None for any other text."""
    if found := _DAY_FIRST.fullmatch(text):
        text = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _of_money(field: str, often: Period, there: str, person: Person) -> Difference | None:
    """Returns the difference between amounts, or None. One-off budgets that the preview does not send are ignored."""
    every = field in ("monthly", "oneoff")
    names = [n for n in person.budgets if n == field or (every and period_of(n) is often)]
    if not names and often is Period.ONEOFF:
        return None
    here = sum((person.budgets[n] for n in names), Decimal(0))
    read = amount(there) if there else Decimal(0)
    return None if read == here else Difference(field, there, f"{here:.2f}" if names else "")
