"""The report without names: no name, address or birthday, and no group of fewer than five people."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from crowd import MONTHLY, ONCE, person, plan_of
from domain.people import employees
from hypothesis import given, settings
from hypothesis import strategies as st
from previews import ABOUT, BORN, preview_of, told_of

from alleo_onboard.domain.attributes import Attribute
from alleo_onboard.presentation.export import charts
from alleo_onboard.presentation.export.charts import Bar, Shade, fold
from alleo_onboard.presentation.export.report import report
from alleo_onboard.report.page import page
from alleo_onboard.report.write import Form, rendered


def bar(n: int) -> Bar:
    return Bar(f"group {n}", Decimal(n), str(n), Shade.SYNC, n)


def together(bars: list[Bar]) -> Bar:
    n = sum(b.people for b in bars)
    return Bar("others", Decimal(n), str(n), Shade.OTHER, n)


@given(st.lists(st.integers(1, 30), max_size=12))
def test_no_group_is_small_nor_follows_from_the_others(sizes):
    folded = fold([bar(n) for n in sizes], together)
    assert sum(b.people for b in folded) == sum(sizes)
    if sum(sizes) >= charts.LEAST:
        assert all(b.people >= charts.LEAST for b in folded)
    else:
        assert len(folded) <= 1


@settings(deadline=None)
@given(employees(size=14))
def test_nobody_is_named(people):
    named = {e.email for e in people if "@" in e.email} | {e.last_name for e in people if len(e.last_name) > 3}
    told = page(told_of(*people, names=False))
    assert not [text for text in named if text in told]
    assert not [e for e in people if e.birthday and e.birthday.isoformat() in told]


def test_small_departments_and_budgets_are_told_together():
    staff = [person(n, department="Sales", budgets=((MONTHLY, Decimal(100)),)) for n in range(1, 21)]
    staff += [person(30 + n, department="Board", budgets=((ONCE, Decimal(4321)),)) for n in range(3)]
    staff += [person(40, department="Works council"), person(41, department="Night shift")]
    told = told_of(*staff, names=False)
    departments = next(c for c in told.charts if c.title == "Departments")
    assert [(b.label, b.people) for b in departments.bars] == [("Sales", 20), ("other departments", 5)]
    text = page(told)
    assert "Board" not in text
    assert "4,321" not in text
    assert "12,963" not in text
    assert "2,000.00" in text


def test_few_people_are_not_counted():
    told = page(told_of(person(1), person(2), person(3, status="inactive"), names=False))
    assert "fewer than 5" in told
    assert not re.search(r"<b>[1-4]</b>", told)


@pytest.mark.parametrize("form", list(Form))
def test_no_birthday_in_any_form(form):
    told = told_of(*(person(n, birthday=BORN, hire_date=date(2020, 1, 1)) for n in range(9)), accounts=())
    assert any("Birthday" in cell for row in told.changes.rows for cell in row)
    content = rendered(told, form)
    if form is Form.XLSX:
        import io
        import zipfile

        content = b"".join(
            zipfile.ZipFile(io.BytesIO(content)).read(n) for n in zipfile.ZipFile(io.BytesIO(content)).namelist()
        )
    for written in (b"1971", b"17-05", b"17.05"):
        assert written not in content


def test_findings_do_not_count_a_few_people():
    staff = [person(n, budgets=((MONTHLY, "1.200" if n < 3 else Decimal(100)),)) for n in range(1, 20)]
    field = Attribute("dynamic_7", MONTHLY, "decimal")
    told = [report(preview_of(plan_of(*staff), field), ABOUT, names=names) for names in (True, False)]
    counted = ["2 people" in page(one) for one in told]
    assert counted == [True, False]
    assert all(f"Amounts in {MONTHLY} are withheld" in page(one) for one in told)
