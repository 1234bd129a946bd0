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
