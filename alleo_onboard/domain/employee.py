"""An employee as Personio describes them, with only the fields that Alleo needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Raw = str | int | Decimal | bool | None


class Status(StrEnum):
    """Employment status in Personio v1 (Personio's changelog and API description)."""

    ACTIVE = "active"
    ONBOARDING = "onboarding"
    LEAVE = "leave"
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True)
class Employee:
    """One employee. Text is trimmed; "" when Personio has no value or the credential may not read it."""

    id: int  # the Personio id
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    status: str = ""
    hire_date: date | None = None
    termination_date: date | None = None
    birthday: date | None = None
    department: str = ""
    alleo: str = ""  # the value of the Alleo field as written in Personio
    budgets: tuple[tuple[str, Raw], ...] = ()  # non-empty budget fields as (name, value as sent), not checked yet
    misdated: tuple[str, ...] = ()  # names of date attributes whose value is not a date

    @property
    def name(self) -> str:
        """Returns first and last name, joined by a space."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def hired_again(self) -> bool:
        """Returns whether the person works here and was hired after the end date, so that it is an earlier one's."""
        works = self.status in (Status.ACTIVE, Status.LEAVE)
        return bool(works and self.hire_date and self.termination_date and self.hire_date > self.termination_date)

    @property
    def odd_dates(self) -> tuple[str, ...]:
        """Returns the date attributes that cannot be used: not a date, or an end date before the hire date."""
        return (*self.misdated, "termination_date") if self.hired_again else self.misdated
