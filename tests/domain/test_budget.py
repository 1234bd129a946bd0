"""Budgets: names of fields, amounts, and the budgets of one person."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.domain.attributes import Attribute
from alleo_onboard.domain.budget import Problem, amount, grant, recognise, suggestion
from alleo_onboard.domain.finding import Code
from alleo_onboard.domain.text import trimmed

MONTHLY, HEALTH, ONCE = "alleo_monthly_all_budget", "alleo_monthly_health_budget", "alleo_oneoff_all_budget"


def field(label: str, kind: str | None = "decimal", key: str = "dynamic_1") -> Attribute:
    return Attribute(key, label, kind)


@pytest.mark.parametrize("name", [MONTHLY, HEALTH, ONCE, "alleo_oneoff_mobility_and_more_budget"])
@pytest.mark.parametrize("kind", ["integer", "decimal", None])
def test_exact_names_of_numbers_are_budget_fields(name, kind):
    fields, findings = recognise([field(name, kind)])
    assert [f.name for f in fields] == [name]
    assert findings == ()


@pytest.mark.parametrize(
    ("label", "right"),
    [
        ("alleo monthly all budget", MONTHLY),
        ("alleo_montly_all_budget", MONTHLY),
        ("Alleo_Monthly_All_Budget", MONTHLY),
        (" alleo_monthly_all_budget", MONTHLY),
        ("alleo_one_off_all_budget", ONCE),
        ("Alleo one-off budget", ONCE),
        ("aleo_oneoff_all_buget", ONCE),
        ("yourcampus_monthly_health_budget", HEALTH),
        ("alleo_monthly_all_budget\u200b", MONTHLY),
        ("alleo_mon\u200bthly_all_budget\u00a0", MONTHLY),
    ],
)
def test_near_misses_name_the_right_spelling(label, right):
    fields, findings = recognise([field(label)])
    assert fields == ()
    assert [(f.code, f.detail("right")) for f in findings] == [(Code.BUDGET_FIELD_NEAR, right)]


@pytest.mark.parametrize(
    "label", ["Alleo", "Budget", "Marketing budget", "Salary", "alleo_access", "Team budget monthly", ""]
)
def test_other_names_are_nothing_to_do_with_budgets(label):
    assert suggestion(label) is None
    assert recognise([field(label)]) == ((), ())


def test_a_text_field_with_a_right_name_is_a_finding():
    fields, findings = recognise([field(MONTHLY, "standard")])
    assert fields == ()
    assert findings[0].code is Code.BUDGET_FIELD_TYPE
    assert findings[0].detail("right") == MONTHLY


def test_two_fields_of_one_name_are_both_left_alone():
    fields, findings = recognise([field(MONTHLY, key="dynamic_1"), field(MONTHLY, key="dynamic_2"), field(ONCE)])
    assert [f.name for f in fields] == [ONCE]
    assert [f.code for f in findings] == [Code.BUDGET_FIELD_DUPLICATE]


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (100, "100.00"),
        (Decimal("99.95"), "99.95"),
        (Decimal(0), "0.00"),
        ("100", "100.00"),
        (" 12.5 ", "12.50"),
        (Decimal("1E+2"), "100.00"),
        (Decimal("10.000"), "10.00"),
        ("12,5", "12.50"),
        ("12,50", "12.50"),
        ("0100.10", "100.10"),
    ],
)
def test_plain_amounts(raw, value):
    assert f"{amount(raw):.2f}" == value


TEXTS = [
    "1.200",
    "1,200",
    "1.234,50",
    "1,234.50",
    "1 234",
    "€ 100",
    "EUR 100",
    "abc",
    "NaN",
    "Infinity",
    "1e3",
    "",
    "1_000",
]
SIGNED = ["-0", "-1", "+100", "\u2212100"]
OTHER_DIGITS = ["١٠٠", "１００", "१००", "1０0", "100．50", "²", "Ⅷ"]
HALF = [".5", "5.", "1.2.3", "1,2,3", "12.505", "1\u200b00"]
NUMBERS = [-1, True, 10**9, *map(Decimal, ("-0", "-0.00", "-0.01", "1.005", "NaN", "sNaN", "Infinity"))]


@pytest.mark.parametrize("raw", [*TEXTS, *SIGNED, *OTHER_DIGITS, *HALF, *NUMBERS])
def test_anything_else_is_not_guessed_at(raw):
    assert amount(raw) is None


@given(st.decimals(0, 999_999, places=2))
def test_amounts_stay_exact(value):
    assert amount(value) == value
    assert amount(str(value)) == value
    assert amount(str(value).replace(".", ",")) == value


@given(st.text(alphabet="0123456789.,+-  ٣３²e_", max_size=8) | st.text(max_size=8))
def test_a_text_is_an_amount_in_one_form_only(text):
    plain = re.fullmatch(r"[0-9]+([.,][0-9]{1,2})?", trimmed(text))
    assert (amount(text) is not None) is (plain is not None and amount(Decimal(plain[0].replace(",", "."))) is not None)


def test_an_invalid_budget_is_withheld_and_the_others_stand():
    granted = grant([(MONTHLY, "1.234,50"), (ONCE, 250)])
    assert granted.amounts == {ONCE: Decimal("250.00")}
    assert granted.problems == (Problem.BUDGET_INVALID,)
    assert granted.withheld == (MONTHLY,)


def test_two_monthly_budgets_withhold_every_monthly_one():
    granted = grant([(MONTHLY, 100), (HEALTH, 50), (ONCE, 250)])
    assert granted.amounts == {ONCE: Decimal("250.00")}
    assert granted.problems == (Problem.BUDGET_MONTHLY_TWICE,)


def test_zero_is_sent_only_on_request_and_never_counts_as_a_second_monthly_budget():
    raws = [(MONTHLY, 0), (HEALTH, 50)]
    assert grant(raws).amounts == {HEALTH: Decimal("50.00")}
    assert grant(raws, send_zero=True).amounts == {MONTHLY: Decimal("0.00"), HEALTH: Decimal("50.00")}


def test_a_blank_that_nobody_sees_is_named():
    _fields, (found,) = recognise([field(f"{MONTHLY}\u200b")])
    assert (found.subject, found.detail("right")) == (f"{MONTHLY}[U+200B]", MONTHLY)
