"""The table "What changes" of product.md, row by row, and the guard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.alleo_field import Selection
from alleo_onboard.domain.attributes import NAMES
from alleo_onboard.domain.budget import Problem
from alleo_onboard.domain.change import Field, Kind
from alleo_onboard.domain.eligibility import decide
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.guard import Guard
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.planning import Known, build

TODAY = date(2026, 11, 22)
MONTHLY, ONCE = "alleo_monthly_all_budget", "alleo_oneoff_all_budget"
ADA = Employee(7, "ada@x.example", "Ada", "Lovelace", "active", department="IT", birthday=date(1990, 2, 6), alleo="Yes")
LINKED = Account("acc-1", "7", "ada@x.example", "Ada", "Lovelace", True, "IT", {"birthday": "1990-02-06"})


def plan(*people: Employee, accounts: tuple[Account, ...] | None = (), complete: bool = True, **more) -> Plan:
    known = Known(frozenset(NAMES), frozenset({MONTHLY, ONCE}), accounts=accounts, **more)
    return build(people, decide(people, TODAY, Selection.FIELD), known, complete=complete)


def only_change(made: Plan):
    (change,) = made.changes
    return change


def test_nobody_at_alleo_is_onboarded_with_every_value():
    change = only_change(plan(ADA))
    assert change.kind is Kind.ONBOARD
    assert change.account_id is None
    assert change.new == {
        "email": "ada@x.example",
        "first_name": "Ada",
        "last_name": "Lovelace",
        "department": "IT",
        "birthday": "1990-02-06",
    }


def test_a_linked_account_that_is_right_is_left_alone():
    made = plan(ADA, accounts=(LINKED,))
    assert made.changes == ()
    assert made.summary["unchanged"] == 1
    assert made.linked == 1


def test_an_update_names_old_and_new_and_an_email_change_is_one():
    changed = replace(ADA, email="ada.king@x.example", department="")
    change = only_change(plan(changed, accounts=(LINKED,)))
    assert change.kind is Kind.UPDATE
    assert change.fields == (Field("email", "ada@x.example", "ada.king@x.example"), Field("department", "IT", None))


def test_a_pure_change_of_case_in_an_address_is_no_change():
    assert plan(replace(ADA, email="Ada@X.example"), accounts=(LINKED,)).changes == ()


def test_a_linked_inactive_account_is_reactivated():
    change = only_change(plan(ADA, accounts=(replace(LINKED, active=False),)))
    assert (change.kind, change.fields) == (Kind.REACTIVATE, (Field("active", False, True),))


def test_an_account_with_the_address_and_no_id_is_linked_and_updated():
    change = only_change(plan(ADA, accounts=(replace(LINKED, external_id="", department="HR"),)))
    assert change.kind is Kind.LINK
    assert change.fields == (Field("external_id", None, "7"), Field("department", "HR", "IT"))


def test_an_account_with_the_address_and_another_id_blocks():
    made = plan(ADA, accounts=(replace(LINKED, external_id="99"),))
    assert made.changes == ()
    assert made.people[0].problems == (Problem.ACCOUNT_CONFLICT,)
    assert made.summary["blocked"] == 1


def test_a_new_address_that_somebody_else_has_blocks_and_is_not_taken():
    other = Account("acc-2", "", "new@x.example", "Foreign", "Person")
    made = plan(replace(ADA, email="new@x.example"), accounts=(LINKED, other))
    assert made.changes == ()
    assert made.summary["unmanaged"] == 1


def test_two_people_may_swap_addresses_in_one_plan():
    bob = replace(ADA, id=8, first_name="Bob", email="ada@x.example")
    ada = replace(ADA, email="bob@x.example")
    bobs = replace(LINKED, id="acc-2", external_id="8", first_name="Bob", email="bob@x.example")
    assert [c.kind for c in plan(ada, bob, accounts=(LINKED, bobs)).changes] == [Kind.UPDATE, Kind.UPDATE]


@pytest.mark.parametrize(
    "change", [{"status": "inactive"}, {"termination_date": date(2026, 1, 1)}, {"alleo": "No"}, {"alleo": ""}]
)
def test_whoever_is_left_out_loses_a_linked_account(change):
    made = only_change(plan(replace(ADA, **change), accounts=(LINKED,)))
    assert (made.kind, made.fields) == (Kind.OFFBOARD, (Field("active", True, False),))


@pytest.mark.parametrize(
    "change", [{"status": "onboarding"}, {"hire_date": date(2027, 1, 1)}, {"email": ""}, {"alleo": "?"}]
)
def test_not_started_and_blocked_people_keep_theirs(change):
    assert plan(replace(ADA, **change), accounts=(LINKED,)).changes == ()


def test_an_account_that_is_only_alike_is_never_switched_off():
    made = plan(replace(ADA, status="inactive"), accounts=(replace(LINKED, external_id=""),))
    assert made.changes == ()
    assert made.summary["unmanaged"] == 1


def test_gone_after_a_complete_reading_is_offboarded_only_when_this_tool_made_the_link():
    links = {7: "acc-1"}
    change = only_change(plan(accounts=(LINKED,), links=links))
    assert (change.kind, change.reason) == (Kind.OFFBOARD, "gone")
    assert plan(accounts=(LINKED,), links=links, complete=False).changes == ()
    assert plan(accounts=(LINKED,)).summary["unmanaged"] == 1
    assert plan(accounts=(replace(LINKED, external_id="other"),), links=links).changes == ()


def test_a_delivery_gets_only_what_it_can_carry_and_the_credential_may_read():
    carried = only_change(plan(ADA, carries=frozenset({"email", "first_name", "last_name"})))
    assert set(carried.new) == {"email", "first_name", "last_name"}
    known = Known(frozenset(NAMES) - {"department"}, accounts=(replace(LINKED, department="Kept"),))
    made = build([ADA], decide([ADA], TODAY, Selection.FIELD), known, complete=True)
    assert made.changes == ()


def test_without_a_delivery_the_plan_is_a_first_sync():
    made = plan(ADA, accounts=None)
    assert made.delivery is False
    assert only_change(made).kind is Kind.ONBOARD


def test_a_one_off_is_sent_once_and_a_changed_one_waits_for_a_decision():
    rich = replace(ADA, budgets=((MONTHLY, 100), (ONCE, 250)))
    assert only_change(plan(rich)).new[ONCE] == "250.00"
    held = replace(LINKED, extras={**LINKED.extras, MONTHLY: "100.00"})
    same = plan(rich, accounts=(held,), oneoffs={(7, ONCE): Decimal("250.00")})
    assert same.changes == ()
    assert same.people[0].budgets == {MONTHLY: Decimal("100.00")}
    other = plan(rich, accounts=(held,), oneoffs={(7, ONCE): Decimal("200.00")})
    assert other.changes == ()
    assert other.people[0].problems == (Problem.BUDGET_ONEOFF_CHANGED,)


def test_a_one_off_that_alleo_already_holds_is_not_sent_again_when_the_ledger_is_lost():
    held = replace(LINKED, extras={**LINKED.extras, ONCE: "250.00"})
    assert plan(replace(ADA, budgets=((ONCE, 250),)), accounts=(held,)).changes == ()


@pytest.mark.parametrize(
    ("budgets", "held", "told"),
    [
        ((), {MONTHLY: "100.00"}, True),
        (((MONTHLY, 0),), {MONTHLY: "100.00"}, True),
        (((MONTHLY, 120),), {MONTHLY: "100.00"}, False),  # it is changed
        (((MONTHLY, -1),), {MONTHLY: "100.00"}, False),  # it is withheld, and that is told
        ((), {MONTHLY: "0.00"}, False),
        ((), {}, False),
        ((), {ONCE: "250.00"}, False),  # what was given once is not paid again
    ],
)
def test_a_monthly_budget_that_only_alleo_has_is_told_and_left(budgets, held, told):
    made = plan(replace(ADA, budgets=budgets), accounts=(replace(LINKED, extras={**LINKED.extras, **held}),))
    assert (Problem.BUDGET_ONLY_AT_ALLEO in made.people[0].problems) is told
    if told:
        assert made.changes == ()


def test_the_digest_tells_plans_apart_and_says_nothing_about_people():
    one, other = plan(ADA), plan(replace(ADA, department="HR"))
    assert one.digest == plan(ADA).digest != other.digest
    assert one.digest.startswith("sha256:")


@pytest.mark.parametrize(
    ("offboard", "linked", "allowed", "trips"),
    [
        (5, 8, None, False),
        (6, 8, None, True),
        (10, 100, None, False),
        (11, 100, None, True),
        (6, 65, None, False),
        (7, 65, None, True),
        (12, 30, 11, True),
        (12, 30, 12, False),
        (12, 30, 99, False),
        (0, 0, None, False),
    ],
)
def test_the_guard(offboard, linked, allowed, trips):
    assert Guard(offboard, linked).trips(allowed) is trips
