"""The guard: how many may lose Alleo, get another address or be paid without confirmation."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import TODAY

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.alleo_field import Selection
from alleo_onboard.domain.attributes import NAMES
from alleo_onboard.domain.eligibility import decide
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.guard import Guard, Money
from alleo_onboard.domain.oneoff import Granted
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.planning import Known, build

MONTHLY, OTHER, ONCE = "alleo_monthly_all_budget", "alleo_monthly_health_budget", "alleo_oneoff_all_budget"


@pytest.mark.parametrize(
    ("offboard", "linked", "allowed", "trips"),
    [
        (5, 10, None, False),
        (6, 12, None, True),
        (10, 100, None, False),
        (11, 100, None, True),
        (6, 65, None, False),
        (7, 65, None, True),
        (12, 30, 11, True),
        (12, 30, 12, False),
        (12, 30, 99, False),
        (0, 0, None, False),
        (1, 1, None, False),  # one person is never the majority
        (1, 2, None, False),
        (2, 2, None, True),
        (2, 3, None, True),
        (2, 4, None, False),
        (3, 5, None, True),
        (5, 9, None, True),
        (5, 9, 5, False),
        (2, 2, 1, True),
    ],
)
def test_who_loses_alleo(offboard, linked, allowed, trips):
    assert Guard(offboard, linked).trips(allowed) is trips


@given(st.integers(0, 400), st.integers(0, 400), st.none() | st.integers(0, 400))
def test_the_limit_is_what_the_rule_says(offboard, linked, allowed):
    many = offboard > max(5, linked // 10) or (offboard >= 2 and 2 * offboard > linked)
    assert Guard(offboard, linked).trips(allowed) is (many and (allowed is None or allowed < offboard))


@pytest.mark.parametrize(
    ("readdressed", "linked", "allowed", "trips"),
    [
        (1, 1, None, False),
        (2, 3, None, True),
        (2, 4, None, False),
        (20, 40, None, False),
        (19, 39, None, False),  # just under half
        (20, 39, None, True),
        (21, 40, None, True),
        (21, 40, 20, True),
        (21, 40, 21, False),
        (0, 0, None, False),
    ],
)
def test_who_gets_another_address(readdressed, linked, allowed, trips):
    assert Guard(0, linked, readdressed).trips_update(allowed) is trips


@pytest.mark.parametrize(
    ("before", "added", "paid", "allowed", "trips"),
    [
        ("0", "1000", "1000", None, False),
        ("0", "1000.01", "0", None, True),
        ("0", "0", "1000.01", None, True),
        ("5000", "5000", "5000", None, False),
        ("5000", "5000.01", "0", None, True),
        ("5000", "0", "5000.01", "5000", True),
        ("5000", "0", "5000.01", "5000.01", False),
        ("5000", "9000", "6000", "6000", True),
        ("5000", "9000", "6000", "9000", False),
        ("0", "0", "0", None, False),
    ],
)
def test_what_is_paid(before, added, paid, allowed, trips):
    money = Money(Decimal(before), Decimal(added), Decimal(paid))
    assert money.trips(None if allowed is None else Decimal(allowed)) is trips


def person(number: int, *budgets: tuple[str, object]) -> Employee:
    return Employee(number, f"p{number}@x.example", "A", "B", "active", alleo="Yes", budgets=budgets)  # type: ignore[arg-type]


def account(number: int, **held: str) -> Account:
    return Account(f"acc-{number}", str(number), f"p{number}@x.example", "A", "B", extras=held)


def plan(people: list[Employee], accounts: list[Account]) -> Plan:
    links = {int(a.external_id): a.id for a in accounts}
    fields = frozenset({MONTHLY, OTHER, ONCE})
    known = Known(frozenset(NAMES), fields, accounts=tuple(accounts), links=links, oneoffs=Granted())
    return build(people, decide(people, TODAY, Selection.FIELD), known, complete=True)


def test_a_plan_counts_what_it_adds_to_each_budget_and_not_what_it_takes():
    made = plan(
        [person(1, (MONTHLY, 150), (ONCE, 40)), person(2, (MONTHLY, 10)), person(3, (MONTHLY, 7), (ONCE, 5))],
        [account(1, **{MONTHLY: "100.00"}), account(2, **{MONTHLY: "90.00"})],
    )
    assert made.guard.money == Money(Decimal(190), Decimal(57), Decimal(45))


def test_a_slip_of_two_zeros_for_everybody_trips():
    made = plan(
        [person(n, (MONTHLY, 10_000)) for n in range(1, 21)],
        [account(n, **{MONTHLY: "100.00"}) for n in range(1, 21)],
    )
    assert made.guard.money.trips()


def test_inactive_linked_accounts_raise_no_limit():
    leaving = [replace(person(n), status="inactive") for n in range(1, 13)]
    active = [account(n) for n in range(1, 13)]
    long_gone = [replace(person(n), status="inactive") for n in range(100, 300)]
    off = [replace(account(n, **{MONTHLY: "100.00"}), active=False) for n in range(100, 300)]
    guard = plan(leaving + long_gone, active + off).guard
    assert (guard.offboard, guard.linked, guard.money.before) == (12, 12, 0)
    assert guard.trips()
