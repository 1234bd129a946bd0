"""The rules for comparing Alleo's file with the preview."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from crowd import MONTHLY, ONCE, person, plan_of
from domain.people import employees
from hypothesis import given, settings

from alleo_onboard.domain.alleo_columns import best, columns
from alleo_onboard.domain.compare import SET, compare, day, rows_of
from alleo_onboard.domain.eligibility import Decision


def held(heads, *lines, people=None):
    told = columns(heads)
    plan = plan_of(*(people or (person(1), person(2))))
    return compare(plan, told, list(rows_of(told, lines, 2)))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("E-mail", "email"), ("Work email", "email"), ("E-mailadres", "email"), ("Zakelijk e-mailadres", "email"),
        ("external_id", "id"), ("custom_employee_id", "id"), ("Personeelsnummer", "id"), (" First name ", "first_name"),
        ("Voornaam", "first_name"), ("Tussenvoegsel", "prefix"), ("Achternaam", "last_name"), ("Afdeling", "department"),
        ("Offboarding Date", "termination_date"), ("Datum uitdiensttreding", "termination_date"),
        ("Work Anniversary", "work_anniversary"), ("Geboortedatum", "birthday"), ("Status", "active"),
        ("Action type", "action"), ("alleo_monthly_all_budget", "alleo_monthly_all_budget"), ("Monthly budget", "monthly"),
    ],
)  # fmt: skip
def test_headings_are_known_in_either_language(heading, field):
    assert columns([heading]).places == {field: 0}


def test_the_order_of_columns_means_nothing_and_strangers_are_named():
    told = columns(["Company Group", "Achternaam", "E-mail", ""])
    assert told.places == {"last_name": 1, "email": 2}
    assert told.unknown == ("Company Group",)


def test_headings_may_stand_below_a_title():
    assert best([["Employees of Acme"], [], ["Name", "Email", "Status"], ["x", "a@b.example", ""]])[0] == 2
    assert best([["Name", "Department"]]) is None


@settings(deadline=None)
@given(employees())
def test_what_the_preview_says_agrees_with_itself(people):
    plan = plan_of(*people)
    told = columns(["Department", "Last name", "External id", "First name", "Email", "Birthday", MONTHLY])
    lines = [
        (
            e.department,
            e.last_name,
            str(e.id),
            e.first_name,
            e.email,
            e.birthday.isoformat() if e.birthday else "",
            str(p.budgets.get(MONTHLY, "")),
        )
        for p in plan.people
        if (e := p.employee) and p.decision is Decision.SYNC
    ]
    found = compare(plan, told, list(rows_of(told, lines, 2)))
    assert found.equal
    assert found.same == len(lines)


@settings(deadline=None)
@given(employees(), employees())
def test_everybody_is_told_exactly_once(here, there):
    plan = plan_of(*here)
    told = columns(["id", "Personio id", "Email"])
    found = compare(plan, told, list(rows_of(told, [("", str(e.id), e.email) for e in there], 2)))
    rows = found.same + found.off + len(found.only_there) + len(found.differing) + len(found.twice)
    assert rows == found.rows == len(there)
    syncing = {p.personio_id for p in plan.people if p.decision is Decision.SYNC}
    told_here = {p.personio_id for p in found.only_here} | {pair.person.personio_id for pair in found.differing}
    assert told_here <= syncing
    assert len(syncing) == len(found.only_here) + len(found.differing) + found.same


def test_an_id_finds_somebody_under_another_address():
    found = held(["Email", "External id"], ["new@acme.example", "1"], ["p2@acme.example", ""])
    (pair,) = found.differing
    assert (pair.by, pair.differences[0].field, pair.differences[0].there) == ("id", "email", "new@acme.example")
    assert found.same == 1


def test_case_and_composition_make_no_difference():
    people = (person(1, last_name="Müller"),)
    found = held(["Email", "Last name"], [" P1@ACME.example ", "Mu\u0308ller"], people=people)
    assert found.equal


def test_a_prefix_belongs_to_the_surname():
    people = (person(1, last_name="van den Heuvel"),)
    assert held(["Email", "Prefix", "Last name"], ["p1@acme.example", "van den", "Heuvel"], people=people).equal


@pytest.mark.parametrize("text", ["2020-01-01", "2020-01-01 00:00:00", "01-01-2020", "1.1.2020"])
def test_dates_are_read_as_files_write_them(text):
    assert day(text) == date(2020, 1, 1)
    assert held(["Email", "Work anniversary"], ["p1@acme.example", text], ["p2@acme.example", text]).equal


def test_a_birthday_is_said_to_differ_and_not_shown():
    found = held(["Email", "Birthday"], ["p1@acme.example", "1981-02-03"], ["p2@acme.example", ""])
    assert [(d.there, d.here) for pair in found.differing for d in pair.differences] == [(SET, SET), ("", SET)]


def test_amounts_compare_as_numbers():
    people = (person(1, budgets=((MONTHLY, Decimal(100)), (ONCE, Decimal(5)))), person(2))
    heads = ["Email", MONTHLY, "Monthly budget"]
    assert held(heads, ["p1@acme.example", "100", "100.00"], ["p2@acme.example", "0", ""], people=people).equal
    found = held(heads, ["p1@acme.example", "10.00", "100"], ["p2@acme.example", "", ""], people=people)
    assert [(d.field, d.there, d.here) for d in found.differing[0].differences] == [(MONTHLY, "10.00", "100.00")]


@pytest.mark.parametrize("off", [("Status", "Inactief"), ("Active", "false"), ("Action type", "Offboard")])
def test_somebody_switched_off_there(off):
    heading, value = off
    people = (person(1), person(2, status="inactive"))
    found = held(["Email", heading], ["p1@acme.example", value], ["p2@acme.example", value], people=people)
    assert [d.field for d in found.differing[0].differences] == ["active"]
    assert (found.off, found.only_there) == (1, ())


def test_why_somebody_there_would_not_get_alleo_is_known():
    people = (person(1), person(2, status="inactive"))
    found = held(["Email"], ["p1@acme.example"], ["p2@acme.example"], ["stranger@acme.example"], people=people)
    assert [stray.person and stray.person.reasons[0].value for stray in found.only_there] == ["inactive", None]


def test_a_person_twice_in_the_file_is_told():
    found = held(["Email"], ["p1@acme.example"], ["P1@acme.example"], ["p2@acme.example"])
    assert [row.line for row in found.twice] == [3]
    assert not found.equal


def test_a_field_without_a_column_is_not_compared():
    people = (replace(person(1), department="Sales"), person(2))
    assert held(["Email"], ["p1@acme.example"], ["p2@acme.example"], people=people).equal


@pytest.mark.parametrize("name", ["Ada Number1", "Number1, Ada"])
def test_a_name_may_stand_surname_first(name):
    assert held(["Email", "Name"], ["p1@acme.example", name], people=(person(1),)).equal
