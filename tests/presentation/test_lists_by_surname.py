"""Texts list people by surname, as the wizard does; JSON documents list them by Personio id."""

from __future__ import annotations

from crowd import person, plan_of

from alleo_onboard.domain.alleo_columns import columns as recognised
from alleo_onboard.domain.compare import compare, rows_of
from alleo_onboard.presentation import compare as comparison
from alleo_onboard.presentation.export import tables
from alleo_onboard.presentation.export.mend import to_mend
from alleo_onboard.presentation.people.surname import by_surname

CROWD = (
    person(1, first_name="Zoë", last_name="Zwart"),
    person(2, first_name="Willem", last_name="van den Berg"),
    person(3, first_name="Ada", last_name="Aal"),
    person(4, first_name="Ada", last_name="Berg"),
)
EXPECTED = ["Aal, Ada", "Berg, Ada", "Berg, Willem van den", "Zwart, Zoë"]


def names(table):
    return [row[0] for row in table.rows]


def test_prefixes_stand_behind_the_surname():
    assert [p.personio_id for p in by_surname(plan_of(*CROWD).people)] == [3, 4, 2, 1]


def test_the_report_on_paper():
    plan = plan_of(*CROWD, accounts=())
    everyone = tables.everyone(plan)
    assert names(everyone) == EXPECTED
    assert list(everyone.order) == sorted(everyone.order)
    assert names(tables.changing(plan)) == EXPECTED
    lost = plan_of(*(person(p.id, first_name=p.first_name, last_name=p.last_name, email="") for p in CROWD))
    assert names(tables.mending(to_mend(lost))) == EXPECTED


def test_the_comparison_with_a_file():
    plan = plan_of(*CROWD)
    columns = recognised(["external_id", "department"])
    nobody = compare(plan, columns, ())
    assert names(comparison.only_here(nobody)[1]) == EXPECTED
    rows = list(rows_of(columns, [(str(p.id), "elsewhere") for p in CROWD], 2))
    assert names(comparison.differing(compare(plan, columns, rows))[1]) == EXPECTED
