"""The field values that an employee's account should have, and how they differ from the account's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from alleo_onboard.domain.account import Account, Value
from alleo_onboard.domain.change import Field
from alleo_onboard.domain.eligibility import email_key
from alleo_onboard.domain.employee import Employee

CORE_FIELDS = ("email", "first_name", "last_name", "department")
# A delivery that can hold them gets these too; the anniversary is the hire date, which is all that Personio has.
EXTRA_FIELDS = ("birthday", "work_anniversary")
_SOURCE = {"work_anniversary": "hire_date", "onboarding_date": "hire_date", "offboarding_date": "termination_date"}


def wanted(
    employee: Employee, amounts: Mapping[str, Decimal], carries: frozenset[str], readable: frozenset[str]
) -> dict[str, str]:
    """Field name to text for everything that is readable and that the delivery carries; "" is "no value"."""
    day, hired = employee.birthday, employee.hire_date
    last = None if employee.hired_again else employee.termination_date  # that of an earlier employment ended nothing
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
    held = {n: v for n, v in values.items() if n in carries and is_readable(n, readable.difference(employee.misdated))}
    return held | {name: f"{value:.2f}" for name, value in amounts.items() if name in carries}


def is_readable(name: str, readable: frozenset[str]) -> bool:
    """Whether the attribute that one of our fields is made from may be read."""
    return _SOURCE.get(name, name) in readable


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
        if not same(name, current(account, name), value)
    )


def value_of(account: Account, name: str) -> Value:
    """What an account holds in any field a change can have, `active` and `external_id` too; None for nothing."""
    if name == "active":
        return account.active
    return (account.external_id if name == "external_id" else current(account, name)) or None


def same(name: str, one: Value, other: Value) -> bool:
    """Whether two values of a field say the same: nothing is nothing, addresses have no case, 100.0 is 100.00."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if name == "email":
        return email_key(one or "") == email_key(other or "")
    return (one or "") == (other or "") or (name.startswith("alleo_") and _amounts_equal(one or "", other or ""))


def _amounts_equal(one: str, other: str) -> bool:
    try:
        return one.isascii() and other.isascii() and Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def with_first(first: Iterable[tuple[str, Value, Value]], rest: tuple[Field, ...]) -> tuple[Field, ...]:
    return (*(Field(*one) for one in first), *rest)
