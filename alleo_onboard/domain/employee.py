"""A person as Personio describes them, reduced to what Alleo needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Raw = str | int | Decimal | bool | None


class Status(StrEnum):
    """Employment status in Personio v1 (Personio changelog and API description)."""

    ACTIVE = "active"
    ONBOARDING = "onboarding"
    LEAVE = "leave"
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True)
class Employee:
    """One employee. Text is trimmed, and empty where Personio has no value or the credential may not read it.

    `alleo` is the Alleo field as written. `budgets` holds what Personio sent for each budget field that is not
    empty, unjudged. `misdated` names the date attributes whose value is not a date.
    """

    id: int
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    status: str = ""
    hire_date: date | None = None
    termination_date: date | None = None
    birthday: date | None = None
    department: str = ""
    alleo: str = ""
    budgets: tuple[tuple[str, Raw], ...] = ()
    misdated: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def hired_again(self) -> bool:
        """Whether somebody who works here was hired after the end date, which is then one of an earlier employment."""
        works = self.status in (Status.ACTIVE, Status.LEAVE)
        return bool(works and self.hire_date and self.termination_date and self.hire_date > self.termination_date)

    @property
    def odd_dates(self) -> tuple[str, ...]:
        """The date attributes that cannot be taken as they are: not dates, or an end before the start."""
        return (*self.misdated, "termination_date") if self.hired_again else self.misdated
