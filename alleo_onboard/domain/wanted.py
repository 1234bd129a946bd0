"""What an employee's account should hold, and how it differs from what is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from alleo_onboard.domain.account import Account, Value
from alleo_onboard.domain.change import Field
from alleo_onboard.domain.eligibility import email_key
from alleo_onboard.domain.employee import Employee

CORE_FIELDS = ("email", "first_name", "last_name", "department")
# A door that can hold them gets these too; the anniversary is the hire date, which is all that Personio has.
EXTRA_FIELDS = ("birthday", "work_anniversary")
_SOURCE = {"work_anniversary": "hire_date"}


def wanted(
    employee: Employee, amounts: Mapping[str, Decimal], carries: frozenset[str], readable: frozenset[str]
) -> dict[str, str]:
    """Field name to text for everything that is readable and that the door carries; "" is "no value"."""
    day, hired = employee.birthday, employee.hire_date
    values = {
        "email": employee.email,
        "first_name": employee.first_name,
        "last_name": employee.last_name,
        "department": employee.department,
        "birthday": day.isoformat() if day else "",
        "work_anniversary": hired.isoformat() if hired else "",
    }
    held = {n: v for n, v in values.items() if n in carries and _SOURCE.get(n, n) in readable}
    return held | {name: f"{value:.2f}" for name, value in amounts.items() if name in carries}


def current(account: Account, name: str) -> str:
    """What an account holds in one of our fields, "" for nothing."""
    if name in CORE_FIELDS:
        return str(getattr(account, name))
    return account.extras.get(name, "")


def fields_of(values: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields of a new account: everything that has a value."""
    return tuple(Field(name, None, value) for name, value in values.items() if value)


def differences(account: Account, values: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields to change. A pure change of case in an address is none: no server tells such addresses apart."""
    return tuple(
        Field(name, current(account, name) or None, value or None)
        for name, value in values.items()
        if not _same(name, current(account, name), value)
    )


def _same(name: str, old: str, new: str) -> bool:
    return email_key(old) == email_key(new) if name == "email" else old == new


def with_first(first: Iterable[tuple[str, Value, Value]], rest: tuple[Field, ...]) -> tuple[Field, ...]:
    return (*(Field(*one) for one in first), *rest)
