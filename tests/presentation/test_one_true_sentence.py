"""Sentences on one page do not contradict each other: accounts, budgets, and what a run would do."""

from dataclasses import replace
from decimal import Decimal

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.plan import Person, Plan
from alleo_onboard.presentation.run import budget_lines

FIELD = "alleo_monthly_all_budget"
ANNA = Person(1, "Anna Vos", "a@x.example", Decision.SYNC, (), budgets={FIELD: Decimal("100.00")})
NEW = replace(ANNA, change=Change(Kind.ONBOARD, 1, None, "Anna Vos", (Field(FIELD, None, "100.00"),), "new"))
THERE = replace(ANNA, personio_id=2, account=Account("a2", "2", extras={FIELD: "100.00"}))
OTHER = replace(ANNA, personio_id=3, account=Account("a3", "3", extras={FIELD: "50.00"}))


def told(*people):
    return budget_lines(Plan(people, complete=True, delivery=True))


def test_people_who_have_their_budget_already_are_counted_apart():
    assert told(NEW) == ["Monthly budget: EUR 100.00 a month for 1 person"]
    assert told(NEW, THERE, OTHER) == ["Monthly budget: EUR 300.00 a month for 3 people; 1 of them has it already"]
    assert told(THERE) == ["Monthly budget: EUR 100.00 a month for 1 person; all of them have it already"]


def test_an_amount_that_alleo_writes_in_another_way_is_the_same_amount():
    person = replace(THERE, account=replace(THERE.account, extras={FIELD: "100"}))
    assert told(person)[0].endswith("all of them have it already")
