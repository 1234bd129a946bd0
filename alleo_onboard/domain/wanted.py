"""The field values that an employee's account should have, and how they differ from the account's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from alleo_onboard.domain.account import Account, Value
from alleo_onboard.domain.change import Field
from alleo_onboard.domain.eligibility import email_key
from alleo_onboard.domain.employee import Employee

CORE_FIELDS = ("email", "first_name", "last_name", "department")
# Sent when the delivery can store them. The work anniversary is the hire date, the only such date in Personio.
EXTRA_FIELDS = ("birthday", "work_anniversary")
_SOURCE = {"work_anniversary": "hire_date", "onboarding_date": "hire_date", "offboarding_date": "termination_date"}


def wanted(
    employee: Employee, amounts: Mapping[str, Decimal], carries: frozenset[str], readable: frozenset[str]
) -> dict[str, str]:
    """Returns the text of each field that is readable and that the delivery can store; "" means no value.

    `amounts` are budgets in euros. Dates are YYYY-MM-DD.
    """
    day, hired = employee.birthday, employee.hire_date
    # a termination date of an earlier employment does not count
    last = None if employee.hired_again else employee.termination_date
    values = {
        "email": employee.email,
        "first_name": employee.first_name,
        "last_name": employee.last_name,
        "department": employee.department,
        "birthday": day.isoformat() if day else "",
        "work_anniversary": hired.isoformat() if hired else "",
        "onboarding_date": hired.isoformat() if hired else "",
        "offboarding_date": last.isoformat() if last else "",
    }
    usable = readable.difference(employee.misdated) if employee.misdated else readable
    held = {n: v for n, v in values.items() if n in carries and is_readable(n, usable)}
    return held | {name: f"{value:.2f}" for name, value in amounts.items() if name in carries}


def is_readable(name: str, readable: frozenset[str]) -> bool:
    """Returns whether the attribute behind one of our fields is readable."""
    return _SOURCE.get(name, name) in readable


def current(account: Account, name: str) -> str:
    """Returns the account's value of one of our fields, or ""."""
    if name in CORE_FIELDS:
        return str(getattr(account, name))
    return account.extras.get(name, "")


def fields_of(values: Mapping[str, str]) -> tuple[Field, ...]:
    """Returns the fields of a new account: all that have a value."""
    return tuple(Field(name, None, value) for name, value in values.items() if value)


def differences(account: Account, values: Mapping[str, str]) -> tuple[Field, ...]:
    """Returns the fields to change. A change of case in an address is not one: servers treat both as the same."""
    return tuple(
        Field(name, current(account, name) or None, value or None)
        for name, value in values.items()
        if not same(name, current(account, name), value)
    )


def value_of(account: Account, name: str) -> Value:
    """Returns the account's value of any field of a change, including `active` and `external_id`; None for no value."""
    if name == "active":
        return account.active
    return (account.external_id if name == "external_id" else current(account, name)) or None


def same(name: str, one: Value, other: Value) -> bool:
    """Returns whether two values of a field are equal: None equals "", addresses ignore case, 100.0 equals 100.00."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if one == other:
        return True
    if name == "email":
        return email_key(one or "") == email_key(other or "")
    return (one or "") == (other or "") or (name.startswith("alleo_") and _amounts_equal(one or "", other or ""))


def _amounts_equal(one: str, other: str) -> bool:
    """Returns whether two texts are the same number."""
    try:
        return one.isascii() and other.isascii() and Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def with_first(first: Iterable[tuple[str, Value, Value]], rest: tuple[Field, ...]) -> tuple[Field, ...]:
    """Returns fields made from (name, old, new), followed by `rest`."""
    return (*(Field(*one) for one in first), *rest)
