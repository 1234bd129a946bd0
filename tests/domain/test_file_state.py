"""The rows of a file after a plan: nobody twice, and no row given to another person."""

from __future__ import annotations

from datetime import date

from crowd import person, plan_of
from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.eligibility import Reason, email_key
from alleo_onboard.domain.file_state import after

TODAY = date(2026, 11, 22)
ADDRESSES = [f"p{n}@acme.example" for n in range(4)]
PEOPLE = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.sampled_from(ADDRESSES),
        st.sampled_from(["Ada", "Bob"]),
        st.sampled_from(["active", "inactive"]),
    ),
    unique_by=lambda one: one[0],
)
ROWS = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from(ADDRESSES), st.sampled_from(["Ada", "Bob"]), st.booleans()),
    unique_by=(lambda one: one[0], lambda one: one[1]),
)


def row(number, email, name, active):
    extras = {} if active else {"offboarding_date": "2026-11-20"}
    return Account(str(number), str(number), email, name, "Same", active, extras=extras)


@given(PEOPLE, ROWS, st.booleans())
def test_a_file_has_each_address_once_and_a_leaver_gives_way_only_to_themselves(people, rows, fixed):
    employees = [person(n, email=email, first_name=name, last_name="Same", status=s) for n, email, name, s in people]
    accounts = tuple(row(*one) for one in rows)
    links = {int(one.external_id): one.id for one in accounts}
    more = {"fixed": frozenset({"email"})} if fixed else {}
    plan = plan_of(*employees, accounts=accounts, links=links, in_file=True, **more)
    state = after(accounts, plan.changes, TODAY)
    told = [email_key(one.email) for one in state]
    assert len(told) == len(set(told))
    assert all(one.id == one.external_id for one in state)
    before = {email_key(one.email): one for one in accounts}
    for one in state:
        was = before.get(email_key(one.email))
        if was and was.external_id != one.external_id and not was.active:
            assert was.first_name == one.first_name or any(now.id == was.id for now in state)
    for one in plan.people:
        if one.reasons[:1] == (Reason.ACCOUNT_CONFLICT,):
            assert one.change is None
