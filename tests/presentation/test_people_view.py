"""Filtering, searching and sorting the people of a plan."""

from collections import Counter
from decimal import Decimal

import pytest
from crowd import MONTHLY, ONCE, crowd, person, plan_of
from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.eligibility import Decision, Reason
from alleo_onboard.presentation.people.columns import GAP, MARGIN, Column, arrange
from alleo_onboard.presentation.people.filter import Filter, Group
from alleo_onboard.presentation.people.surname import sorting_keys
from alleo_onboard.presentation.people.view import PeopleView, Sort
from alleo_onboard.presentation.preview import budgets, left_out, note, to_mend, who


@pytest.fixture(scope="module")
def plan():
    return crowd(400)


@pytest.fixture
def view(plan):
    return PeopleView(plan)


def shown(view):
    return [view.person(row) for row in range(len(view))]


def test_everybody_is_there_by_name(view, plan):
    names = sorting_keys(shown(view))
    assert names == sorted(names)
    assert {p.personio_id for p in shown(view)} == {p.personio_id for p in plan.people}


def test_groups_hold_what_the_summary_counts(view, plan):
    for decision in Decision:
        group = {Decision.SYNC: Group.SYNC, Decision.SKIP: Group.SKIP, Decision.BLOCKED: Group.BLOCKED}[decision]
        view.narrow(Filter(group))
        assert len(view) == view.counts[group] == plan.summary[decision.value]
        assert {p.decision for p in shown(view)} == {decision}
    view.narrow(Filter(Group.CHANGES))
    assert len(view) == len(plan.changes)


@pytest.mark.parametrize("group", [Group.SYNC, Group.SKIP, Group.BLOCKED, Group.CHANGES])
def test_details_divide_a_group_without_a_rest(view, group):
    assert sum(view.details(group).values()) == view.counts[group]
    for detail, n in view.details(group).items():
        view.narrow(Filter(group, detail))
        assert len(view) == n
        assert {p.change.kind if group is Group.CHANGES else p.reasons[0] for p in shown(view)} == {detail}


@pytest.mark.parametrize(
    ("typed", "found"),
    [("müller", True), ("MULLER", True), ("mul ler", True), ("ada muller", True), ("muller@", False), ("x@acme", True)],
)
def test_search_takes_what_people_type(typed, found):
    view = PeopleView(plan_of(person(1, last_name="Müller", email="x@acme.example"), person(2, last_name="Ode")))
    view.narrow(Filter(search=typed))
    assert [p.personio_id for p in shown(view)] == ([1] if found else [])


@given(st.text(max_size=12))
def test_a_name_is_found_by_itself(text):
    view = PeopleView(plan_of(person(1, last_name=text), person(2)))
    view.narrow(Filter(search=text))
    assert 1 in [p.personio_id for p in shown(view)]


def test_search_and_group_hold_together(view):
    view.narrow(Filter(Group.SKIP, search="muller"))
    assert shown(view)
    assert all(p.decision is Decision.SKIP and "Müller" in p.name for p in shown(view))
    view.sort_by(Sort(Column.EMAIL))
    assert all(p.decision is Decision.SKIP and "Müller" in p.name for p in shown(view))


@pytest.mark.parametrize("column", list(Column))
@pytest.mark.parametrize("reverse", [False, True])
def test_sorting_keeps_everybody_and_names_within_equals(view, plan, column, reverse):
    view.sort_by(Sort(column, reverse))
    assert Counter(view.rows) == Counter(range(len(plan.people)))
    if column is Column.DECISION:
        by = {}
        for p in shown(view):
            by.setdefault(p.decision, []).extend(sorting_keys([p]))
        assert list(by)[-1 if reverse else 0] is Decision.BLOCKED
        assert all(names == sorted(names) for names in by.values())


def test_money_sorts_by_amount():
    budgets = {1: Decimal(90), 2: Decimal(1000), 3: None}
    people = [person(n, budgets=((MONTHLY, value),) if value else ()) for n, value in budgets.items()]
    view = PeopleView(plan_of(*people))
    view.sort_by(Sort(Column.MONTHLY, reverse=True))
    assert [p.personio_id for p in shown(view)] == [2, 1, 3]
    assert view.amount(0, Column.MONTHLY) == 1000
    assert view.amount(2, Column.MONTHLY) == 0
    assert view.totals[Column.MONTHLY] == (2, Decimal(1090))


def test_somebody_is_found_again_after_narrowing(view):
    place = view.rows[5]
    view.narrow(Filter(Group.SYNC))
    row = view.row_of(place)
    assert row is None or view.rows[row] == place
    view.narrow(Filter(search="nobody has this name"))
    assert view.row_of(place) is None


def test_columns_that_say_nothing_are_left_out():
    assert not {Column.MONTHLY, Column.ONCE, Column.CHANGE} & PeopleView(plan_of(person())).columns
    once = PeopleView(plan_of(person(budgets=((ONCE, Decimal(5)),)), accounts=()))
    assert {Column.ONCE, Column.CHANGE} <= once.columns
    assert Column.MONTHLY not in once.columns


@given(st.integers(20, 300), st.sets(st.sampled_from(list(Column)), min_size=1))
def test_columns_fit_side_by_side(width, present):
    placed = arrange(width, present)
    assert placed
    end = MARGIN
    for column in placed:
        assert column.x == end
        end = column.x + column.width + GAP
    assert end - GAP <= max(width, MARGIN + 21)


def test_numbers_first():
    people = [person(1, budgets=((MONTHLY, Decimal(1500)), (ONCE, Decimal("12.5")))), person(2, alleo="No")]
    linked = Account("a2", "2", "p2@acme.example", "Ada", "Number2")
    view = PeopleView(plan_of(*people, person(3, email=""), accounts=(linked,)))
    assert who(view) == "1 person gets Alleo."
    assert left_out(view) == "1 left out"
    assert to_mend(view) == "1 to mend"
    assert budgets(view) == "Budgets: EUR 1,500.00 a month for 1 person; EUR 12.50 once for 1 person."
    assert note(view) == "1 sync, 1 to mend, 1 off"
    assert view.details(Group.CHANGES) == {Kind.ONBOARD: 1, Kind.OFFBOARD: 1}
    assert view.details(Group.BLOCKED) == {Reason.EMAIL_MISSING: 1}


def test_nobody_at_all():
    view = PeopleView(plan_of()).warm()
    view.narrow(Filter(Group.SYNC, search="x"))
    view.sort_by(Sort(Column.MONTHLY))
    assert len(view) == 0
    assert budgets(view) == ""
