"""Makes companies of any size, always the same, as plans for tests of the preview."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.alleo_field import Selection
from alleo_onboard.domain.attributes import NAMES
from alleo_onboard.domain.eligibility import decide
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.planning import Known, build

TODAY = date(2026, 11, 22)
MONTHLY, ONCE = "alleo_monthly_all_budget", "alleo_oneoff_bike_budget"
FIRST = ("Ada", "Bob", "Jürgen", "Sanne", "Daan", "Fleur", "Mehmet", "Élodie", "Lars", "Noor", "Zoë", "Łukasz")
LAST = ("Lovelace", "Müller", "de Vries", "Jansen", "Groß", "Yılmaz", "van der Berg", "Schmidt", "Bakker", "Smit")


def person(number: int = 1, **fields: object) -> Employee:
    """Returns an employee who syncs, changed by `fields`."""
    given = {
        "email": f"p{number}@acme.example",
        "first_name": "Ada",
        "last_name": f"Number{number}",
        "status": "active",
        "hire_date": date(2020, 1, 1),
        "birthday": date(1980, 2, 3),
        "department": "People",
        "alleo": "Yes",
    }
    return Employee(id=number, **{**given, **fields})  # type: ignore[arg-type]


def staff(n: int, seed: int = 7) -> Iterator[Employee]:
    """Yields `n` employees, of whom some are left out and some have errors."""
    dice = random.Random(seed)
    for number in range(n):
        first, last, draw = dice.choice(FIRST), dice.choice(LAST), dice.random()
        status = "inactive" if draw > 0.95 else "onboarding" if draw > 0.93 else "leave" if draw > 0.91 else "active"
        budgets = ((MONTHLY, Decimal("100.00")),) if draw < 0.7 else ()
        budgets += ((ONCE, Decimal(250)),) if draw < 0.1 else ()
        yield Employee(
            10_000_000 + number,
            f"{first}.{last.replace(' ', '')}{number}@acme.example".lower() if draw > 0.02 else "",
            first,
            last,
            status,
            date(2020, 1, 1 + number % 28),
            None,
            date(1980, 1 + number % 12, 3),
            dice.choice(("Sales", "People", "Finance")),
            dice.choice(("Yes",) * 8 + ("No", "")),
            budgets,
        )


def plan_of(*people: Employee, accounts: tuple[Account, ...] | None = None, **known: object) -> Plan:
    """Returns the plan for these people with selective sync. Without `accounts` there is no delivery."""
    verdicts = decide(people, TODAY, Selection.FIELD)
    given = Known(readable=frozenset(NAMES), budget_fields=frozenset({MONTHLY, ONCE}), accounts=accounts)
    return build(people, verdicts, replace(given, **known), complete=True)  # type: ignore[arg-type]


def crowd(n: int) -> Plan:
    """Returns the plan for a company of `n` people and an empty Alleo."""
    return plan_of(*staff(n), accounts=())
