"""The list of things to fix: all problems, with where to fix them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from crowd import MONTHLY, ONCE, person, plan_of

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.budget import Problem
from alleo_onboard.domain.eligibility import Decision, Reason
from alleo_onboard.domain.plan import Person, Plan
from alleo_onboard.presentation.export.mend import to_mend


def only(plan: Plan):
    (one,) = to_mend(plan)
    return one


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"email": ""}, "profile > E-mail"),
        ({"last_name": ""}, "profile > First name, Last name"),
        ({"alleo": "Maybe"}, "profile > Alleo: choose Yes or No"),
        ({"status": "neu"}, "profile > Status"),
    ],
)
def test_what_keeps_somebody_out_is_mended_in_their_profile(fields, where):
    one = only(plan_of(person(1, **fields)))
    assert where in one.where
    assert one.blocks


def test_a_budget_that_is_withheld_names_its_field():
    one = only(plan_of(person(1, budgets=((MONTHLY, "1.200"), (ONCE, Decimal(5))))))
    assert "profile > alleo_monthly_all_budget" in one.where
    assert "bike" not in one.where
    assert not one.blocks


def test_an_address_that_is_taken_is_told_once_and_by_whom():
    plan = plan_of(person(1), accounts=(Account("x", "99", "p1@acme.example", "Eve", "Other"),))
    assert "Eve Other" in only(plan).where


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_place(reason):
    plan = Plan((Person(1, "Ada", "a@b.example", Decision.BLOCKED, (reason,), employee=person(1)),), complete=True)
    assert only(plan).where


@pytest.mark.parametrize("problem", list(Problem))
def test_every_problem_has_a_place(problem):
    plan = Plan(
        (Person(1, "Ada", "a@b.example", Decision.SYNC, (Reason.ACTIVE,), problems=(problem,), employee=person(1)),),
        complete=True,
    )
    assert only(plan).where


def test_what_blocks_comes_first_then_by_surname():
    people = (
        person(1, last_name="Aal", budgets=((MONTHLY, "x"),)),
        person(2, last_name="Zand", email=""),
        person(3, last_name="Berg", email=""),
    )
    assert [one.person.personio_id for one in to_mend(plan_of(*people))] == [3, 2, 1]
