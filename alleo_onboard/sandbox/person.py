"""One made-up employee, and the keys of the attributes that a customer adds for Alleo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from alleo_onboard.sandbox.names import Region

ALLEO_KEY = "dynamic_7124042"
MONTHLY_ALL_KEY = "dynamic_7124043"
ONEOFF_ALL_KEY = "dynamic_7124044"
MONTHLY_HEALTH_KEY = "dynamic_7124045"


@dataclass(frozen=True, slots=True)
class Person:
    """One employee in Personio. `custom` maps attribute keys (`dynamic_N`) to values as the API shows them."""

    id: int
    first_name: str
    last_name: str
    email: str
    gender: str
    status: str
    hire_date: date
    termination_date: date | None
    birthday: date | None
    created_at: datetime
    last_modified_at: datetime
    region: Region
    department: int | None  # index into DEPARTMENTS
    position: str
    supervisor: Person | None = field(default=None, repr=False)
    custom: Mapping[str, Any] = field(default_factory=dict)
