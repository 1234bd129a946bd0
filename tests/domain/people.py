"""Domain objects for property tests: employees with the errors of real HR data, and matching accounts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.employee import Employee

TODAY = date(2026, 11, 22)
EMAILS = st.sampled_from(
    ["", "a@x.example", "A@X.example", "b@x.example", "c@x.example", "d@y.example", "not an address"]
)
NAMES = st.sampled_from(["", "Ada", "Bob", "Müller [/b]", "van den Berg"])
DATES = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
BUDGET_NAMES = (
    "alleo_monthly_all_budget",
    "alleo_monthly_health_budget",
    "alleo_oneoff_all_budget",
    "alleo_oneoff_health_budget",
)
RAWS = st.one_of(
    st.integers(-5, 300),
    st.decimals(-5, 300, places=2),
    st.decimals(0, 10, places=3),
    st.sampled_from(["100", "1.234,50", "1,234.50", "abc", "12.5"]),
    st.booleans(),
)
BUDGETS = st.lists(st.tuples(st.sampled_from(BUDGET_NAMES), RAWS), max_size=4, unique_by=lambda b: b[0]).map(tuple)


@st.composite
def employee(draw: st.DrawFn, number: int) -> Employee:
    return Employee(
        id=number,
        email=draw(EMAILS),
        first_name=draw(NAMES),
        last_name=draw(NAMES),
        status=draw(st.sampled_from(["active", "active", "active", "leave", "inactive", "onboarding", "", "neu"])),
        hire_date=draw(DATES),
        termination_date=draw(DATES),
        birthday=draw(DATES),
        department=draw(st.sampled_from(["", "IT", "HR"])),
        alleo=draw(st.sampled_from(["Yes", "Yes", "No", "", "Ja", "nee", "Maybe"])),
        budgets=draw(BUDGETS),
        misdated=draw(st.sampled_from([(), (), ("hire_date",)])),
    )


@st.composite
def employees(draw: st.DrawFn, size: int = 8) -> list[Employee]:
    numbers = draw(st.lists(st.integers(1, 20), unique=True, max_size=size))
    return [draw(employee(number)) for number in numbers]


@st.composite
def accounts(draw: st.DrawFn, size: int = 8) -> list[Account]:
    """Draws accounts, some with ids of possible employees, some with foreign ids, some without."""
    found = []
    for index in range(draw(st.integers(0, size))):
        external = draw(st.just("") | st.integers(1, 25).map(str) | st.sampled_from(["HR-7", "guid-1"]))
        held = draw(
            st.dictionaries(
                st.sampled_from([*BUDGET_NAMES, "birthday"]), st.sampled_from(["100.00", "5.00"]), max_size=2
            )
        )
        found.append(
            Account(
                id=f"acc-{index}",
                external_id=external,
                email=draw(EMAILS),
                first_name=draw(NAMES),
                last_name=draw(NAMES),
                active=draw(st.booleans()),
                department=draw(st.sampled_from(["", "IT"])),
                extras=held,
            )
        )
    return found


ONEOFFS = st.dictionaries(
    st.tuples(st.integers(1, 20), st.sampled_from(BUDGET_NAMES[2:])),
    st.sampled_from([Decimal("100.00"), Decimal("5.00")]),
    max_size=4,
)
