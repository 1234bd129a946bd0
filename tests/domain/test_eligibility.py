"""The table "Who syncs" of product.md, row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alleo_onboard.domain.alleo_field import Selection
from alleo_onboard.domain.eligibility import Decision, Reason, decide
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.profile import OnLeave

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
ADA = Employee(1, "ada@x.example", "Ada", "Lovelace", "active", hire_date=date(2020, 1, 1), alleo="Yes")


def verdict(employee: Employee, selection: Selection = Selection.FIELD, on_leave: OnLeave = OnLeave.INCLUDE):
    found = decide([employee], TODAY, selection, on_leave)[employee.id]
    return found.decision, [r.value for r in found.reasons]


@pytest.mark.parametrize(
    ("change", "decision", "reasons"),
    [
        ({}, Decision.SYNC, ["active"]),
        ({"status": "leave"}, Decision.SYNC, ["on_leave"]),
        ({"status": "inactive"}, Decision.SKIP, ["inactive"]),
        ({"termination_date": TODAY - DAY}, Decision.SKIP, ["terminated"]),
        ({"termination_date": TODAY}, Decision.SYNC, ["active"]),
        ({"status": "onboarding"}, Decision.SKIP, ["not_started"]),
        ({"hire_date": TODAY + DAY}, Decision.SKIP, ["not_started"]),
        ({"hire_date": TODAY}, Decision.SYNC, ["active"]),
        ({"hire_date": None}, Decision.SYNC, ["active"]),
        ({"alleo": "No"}, Decision.SKIP, ["alleo_no"]),
        ({"alleo": ""}, Decision.SKIP, ["alleo_unset"]),
        ({"alleo": "Maybe"}, Decision.BLOCKED, ["alleo_unclear"]),
        ({"alleo": " ja "}, Decision.SYNC, ["active"]),
        ({"alleo": "FALSE"}, Decision.SKIP, ["alleo_no"]),
        ({"email": ""}, Decision.BLOCKED, ["email_missing"]),
        ({"email": "ada at x.example"}, Decision.BLOCKED, ["email_invalid"]),
        ({"email": "ada@localhost"}, Decision.BLOCKED, ["email_invalid"]),
        ({"email": "müller@straße.example"}, Decision.SYNC, ["active"]),
        ({"first_name": ""}, Decision.BLOCKED, ["name_missing"]),
        ({"last_name": ""}, Decision.BLOCKED, ["name_missing"]),
        ({"status": "neu"}, Decision.BLOCKED, ["status_unknown"]),
        ({"status": ""}, Decision.BLOCKED, ["status_unknown"]),
        ({"status": "inactive", "alleo": "No", "email": ""}, Decision.SKIP, ["inactive", "alleo_no", "email_missing"]),
        ({"alleo": "?", "email": ""}, Decision.BLOCKED, ["alleo_unclear", "email_missing"]),
        ({"status": "onboarding", "email": ""}, Decision.SKIP, ["not_started", "email_missing"]),
    ],
)
def test_first_hit_decides_and_all_hits_are_listed(change, decision, reasons):
    assert verdict(replace(ADA, **change)) == (decision, reasons)


def test_without_a_field_everyone_employed_syncs():
    assert verdict(replace(ADA, alleo=""), Selection.EVERYONE) == (Decision.SYNC, ["active"])


def test_leave_can_be_left_out():
    assert verdict(replace(ADA, status="leave"), on_leave=OnLeave.EXCLUDE) == (Decision.SKIP, ["on_leave"])


def test_a_shared_address_blocks_both_whatever_case_or_spaces():
    bob = replace(ADA, id=2, first_name="Bob", email=" ADA@X.example ")
    found = decide([ADA, bob], TODAY, Selection.FIELD)
    assert found[1].reasons == (Reason.EMAIL_DUPLICATE,)
    assert found[2].decision is Decision.BLOCKED


def test_a_leaver_does_not_block_the_one_who_has_the_address_now():
    gone = replace(ADA, id=2, status="inactive")
    found = decide([ADA, gone], TODAY, Selection.FIELD)
    assert found[1].decision is Decision.SYNC
    assert found[2].reasons == (Reason.INACTIVE,)


# What triggers each rule, in the order of the table: the first one decides, all are listed.
RULES = {
    Reason.INACTIVE: {"status": "inactive"},
    Reason.TERMINATED: {"termination_date": TODAY - DAY},
    Reason.NOT_STARTED: {"hire_date": TODAY + DAY},
    Reason.ALLEO_NO: {"alleo": "No"},
    Reason.ALLEO_UNSET: {"alleo": ""},
    Reason.ALLEO_UNCLEAR: {"alleo": "Maybe"},
    Reason.EMAIL_MISSING: {"email": ""},
    Reason.EMAIL_INVALID: {"email": "ada@localhost"},
    Reason.EMAIL_DUPLICATE: {"email": "twin@x.example"},
    Reason.NAME_MISSING: {"last_name": ""},
    Reason.STATUS_UNKNOWN: {"status": "neu"},
}
TABLE = list(RULES)
PAIRS = [
    (one, other)
    for place, one in enumerate(TABLE)
    for other in TABLE[place + 1 :]
    if not RULES[one].keys() & RULES[other].keys()
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_of_two_rules_the_earlier_one_in_the_table_decides(one, other):
    both = replace(ADA, **RULES[one], **RULES[other])
    if {one, other} == {Reason.TERMINATED, Reason.NOT_STARTED}:
        both = replace(both, status="onboarding")  # somebody rehired after the end date is not included here
    twin = replace(ADA, id=2, email="twin@x.example")
    found = decide([both, twin], TODAY, Selection.FIELD)[1]
    skipped = TABLE[: TABLE.index(Reason.ALLEO_UNCLEAR)]
    # Addresses are compared only among people who would sync.
    expected = [r for r in (one, other) if r is not Reason.EMAIL_DUPLICATE or one not in skipped]
    assert list(found.reasons) == expected
    assert found.decision is (Decision.SKIP if one in skipped else Decision.BLOCKED)


@pytest.mark.parametrize("rule", TABLE)
def test_on_leave_is_asked_last(rule):
    change = RULES[rule]
    if "status" in change:
        pytest.skip("one person has one status")
    twin = replace(ADA, id=2, email="twin@x.example")
    for on_leave in OnLeave:
        found = decide([replace(ADA, status="leave", **change), twin], TODAY, Selection.FIELD, on_leave)[1]
        if rule is Reason.EMAIL_DUPLICATE and on_leave is OnLeave.EXCLUDE:
            assert found.reasons == (Reason.ON_LEAVE,)
        else:
            assert found.reasons[0] is rule


@pytest.mark.parametrize("name", ["first_name", "last_name"])
@pytest.mark.parametrize("char", ["\u200b", "\u202e", "\x00", "\x1b", "\n", "\ufffd"])
def test_a_name_with_what_nobody_sees_in_it_is_no_name(name, char):
    assert verdict(replace(ADA, **{name: f"Ad{char}a"})) == (Decision.BLOCKED, ["name_missing"])


@pytest.mark.parametrize(
    "other", ["mu\u0308ller@xn--strae-oqa.example", "MÜLLER@straße.example", "müller@strasse.example"]
)
def test_one_address_in_two_spellings_is_shared(other):
    people = [replace(ADA, email="müller@straße.example"), replace(ADA, id=2, email=other)]
    assert {v.reasons for v in decide(people, TODAY, Selection.FIELD).values()} == {(Reason.EMAIL_DUPLICATE,)}
