"""Hides names and addresses of people, for shared screens and screenshots.

The Personio id and the domain of an address stay visible, so that people can still be discussed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Change, Field
from alleo_onboard.domain.compare import Comparison, Difference, Pair, Row, Stray
from alleo_onboard.domain.drift import Drift
from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import _
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.run.sync import RunResult
from alleo_onboard.usecases.support.history import Entry

_DOTS = "•••"
_ADDRESS = re.compile(r"[^\s@<>(),;:\"]+@(?=[\w-]+(?:\.[\w-]+)+)")
_NAMED = frozenset({"first_name", "last_name", "name", "display_name"})
_PERSONAL = _NAMED | {"email"}


def name(personio_id: int | None) -> str:
    """Returns the replacement for a person's name."""
    return _("Person {id}").format(id=personio_id) if personio_id is not None else _DOTS


def addresses(text: str) -> str:
    """Returns `text` with the part before the @ of every address hidden."""
    return _ADDRESS.sub(f"{_DOTS}@", text)


def address(text: str) -> str:
    """Returns an address with the part before the @ hidden; text that is no address is hidden completely."""
    hidden = addresses(text)
    return hidden if hidden != text or not text else _DOTS


def _field(field: Field) -> Field:
    if field.name not in _PERSONAL:
        return field
    hidden = [
        (address(str(value)) if field.name == "email" else _DOTS) if value else value
        for value in (field.old, field.new)
    ]
    return replace(field, old=hidden[0], new=hidden[1])


def change(one: Change) -> Change:
    """Returns a change without name and personal values."""
    return replace(one, name=name(one.personio_id), fields=tuple(map(_field, one.fields)))


def _account(one: Account | None) -> Account | None:
    return replace(one, first_name=_DOTS, last_name="", email=address(one.email)) if one else None


def person(one: Person) -> Person:
    """Returns the person with names and addresses hidden."""
    employee = one.employee
    if employee is not None:
        employee = replace(
            employee,
            email=address(employee.email),
            first_name=_DOTS if employee.first_name else "",
            last_name=_DOTS if employee.last_name else "",
        )
    return replace(
        one,
        name=name(one.personio_id),
        email=address(one.email),
        employee=employee,
        change=change(one.change) if one.change else None,
        account=_account(one.account),
        holder=None,
    )


def preview(one: Preview) -> Preview:
    """Returns the preview with names and addresses hidden, for the sentences about it. It must not be applied."""
    return replace(one, plan=replace(one.plan, people=tuple(map(_of_a_plan, one.plan.people))))


def _of_a_plan(one: Person) -> Person:
    waiting = tuple(replace(amount, name=name(one.personio_id)) for amount in one.waiting)
    return replace(person(one), holder=_account(one.holder), waiting=waiting)


def entry(one: Entry) -> Entry:
    """Returns an entry of the history with names and addresses hidden."""
    return replace(one, row=replace(one.row, change=change(one.row.change), error=addresses(one.row.error)))


def result(one: RunResult) -> RunResult:
    """Returns the result of a run with names and addresses hidden."""
    failed = tuple(replace(o, change=change(o.change), error=addresses(o.error)) for o in one.failed)
    drift = tuple(_drift(d) for d in one.drift)
    return replace(one, failed=failed, drift=drift)


def _drift(one: Drift) -> Drift:
    hidden = _field(Field(one.field, one.sent, one.found))
    return replace(one, name=name(one.personio_id), sent=hidden.old, found=hidden.new)


def comparison(one: Comparison) -> Comparison:
    """Returns the comparison with names and addresses hidden."""
    return replace(
        one,
        only_there=tuple(Stray(_row(s.row, s.person), s.person and person(s.person)) for s in one.only_there),
        only_here=tuple(map(_numbered, one.only_here)),
        differing=tuple(_pair(pair) for pair in one.differing),
        twice=tuple(_row(row, None) for row in one.twice),
    )


def _pair(one: Pair) -> Pair:
    told = tuple(map(_difference, one.differences))
    return replace(one, person=_numbered(one.person), row=_row(one.row, one.person), differences=told)


def _numbered(one: Person) -> Person:
    """Returns the person without employee data, so that lists by surname show the replacement name."""
    return replace(person(one), employee=None)


def _difference(one: Difference) -> Difference:
    hidden = _field(Field(one.field, one.there, one.here))
    return replace(one, there=str(hidden.old or ""), here=str(hidden.new or ""))


def _row(one: Row, whose: Person | None) -> Row:
    """Returns a row of the file with the address hidden and its name columns replaced by one hidden name."""
    kept = {field: value for field, value in one.values.items() if field not in _NAMED | {"prefix"}}
    if "email" in kept:
        kept["email"] = address(kept["email"])
    return replace(one, values={**kept, "name": name(whose.personio_id if whose else None)})
