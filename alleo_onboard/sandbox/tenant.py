"""The attributes of the made-up Personio tenant, and which of them the credential may read.

Keys, types, universal ids and empty values are as in Personio's published API description and public recordings: system
attributes have fixed keys, preset and custom ones are `dynamic_N`. Labels are those of an English account.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from alleo_onboard.sandbox.names import DEPARTMENTS
from alleo_onboard.sandbox.person import ALLEO_KEY, MONTHLY_ALL_KEY, MONTHLY_HEALTH_KEY, ONEOFF_ALL_KEY

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from alleo_onboard.sandbox.person import Person
    from alleo_onboard.sandbox.scenarios import Scenario

BIRTHDAY_KEY = "dynamic_7123992"
# A schedule id above 2^53, as recorded in reality: a client that converts to float gets it wrong.
_WORK_SCHEDULE_ID = 1_067_807_102_794_692_003
_REQUIRED = (
    *("email", "first_name", "last_name", "status", "hire_date", "termination_date", "department"),
    BIRTHDAY_KEY,
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One field of an employee: its description, and a function for its value."""

    key: str
    label: str
    type: str  # standard, date, integer, decimal, list, link, tags, multiline
    universal_id: str | None
    value: Callable[[Person], Any]
    options: tuple[str, ...] = ()
    currency: str | None = None

    def described(self) -> dict[str, Any]:
        """Returns the row of `GET /v1/company/employees/attributes`."""
        return {
            "key": self.key,
            "label": self.label,
            "type": self.type,
            "universal_id": self.universal_id,
            "options": list(self.options),
        }


@lru_cache(maxsize=65_536)
def midnight(day: date | None, zone: str) -> str | None:
    """Returns midnight of that day with the offset valid in this zone, as Personio writes dates."""
    if day is None:
        return None
    from datetime import datetime

    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).isoformat()


def _system(key: str, label: str, value: Callable[[Person], Any], kind: str = "standard", **more: Any) -> Attribute:
    return Attribute(key, label, kind, key, value, **more)


def _day(key: str, label: str, value: Callable[[Person], date | None]) -> Attribute:
    return _system(key, label, lambda person: midnight(value(person), person.region.zone), "date")


def _wrapped(kind: str, **attributes: Any) -> dict[str, Any]:
    return {"type": kind, "attributes": attributes}


def _department(person: Person) -> Any:
    if person.department is None:
        return None
    return _wrapped("Department", id=DEPARTMENTS[person.department][0], name=DEPARTMENTS[person.department][1])


def _team(person: Person) -> Any:
    if person.department is None:
        return None
    return _wrapped("Team", id=DEPARTMENTS[person.department][2], name=DEPARTMENTS[person.department][3])


def _supervisor(person: Person) -> Any:
    head = person.supervisor
    if head is None:
        return None
    shown = (("id", "ID", "integer"), ("first_name", "First name", "standard"), ("last_name", "Last name", "standard"))
    return _wrapped(
        "Employee",
        **{
            key: {"label": label, "value": getattr(head, key), "type": kind, "universal_id": key}
            for key, label, kind in (*shown, ("email", "Email", "standard"))
        },
    )


def _work_schedule(person: Person) -> Any:
    if person.id % 9 < 3:  # no schedule: all three ways to write that have been reported
        return ("", [], None)[person.id % 9]
    week = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "08:00")
    return _wrapped(
        "WorkSchedule", id=_WORK_SCHEDULE_ID, name="40 hours", valid_from=None, **week, saturday="00:00", sunday="00:00"
    )


def _holiday_calendar(person: Person) -> Any:
    number, name, country, state = person.region.holidays
    return _wrapped("HolidayCalendar", id=number, name=name, country=country, state=state)


def _moment(key: str, label: str) -> Attribute:
    def shown(person: Person) -> str:
        moment = getattr(person, key).astimezone(ZoneInfo(person.region.zone))
        return str(moment.isoformat())

    return _system(key, label, shown, "date")


_SYSTEM = (
    _system("first_name", "First name", lambda p: p.first_name),
    _system("last_name", "Last name", lambda p: p.last_name),
    _system("preferred_name", "Name (preferred)", lambda p: f"{p.first_name} {p.last_name}"),
    _system("email", "Email", lambda p: p.email),
    _system("gender", "Gender", lambda p: p.gender),
    _system("status", "Status", lambda p: p.status),
    _system("position", "Position", lambda p: p.position),
    _system("supervisor", "Supervisor", _supervisor),
    _system("employment_type", "Employment type", lambda _p: "internal"),
    _system("weekly_working_hours", "Weekly hours", lambda p: "40" if p.id % 4 else "32"),
    _day("hire_date", "Hire date", lambda p: p.hire_date),
    _day("contract_end_date", "Contract ends", lambda _p: None),
    _day("termination_date", "Termination date", lambda p: p.termination_date),
    _system("termination_type", "Termination type", lambda p: "employee" if p.termination_date else ""),
    _system("termination_reason", "Termination reason", lambda _p: ""),
    _day("probation_period_end", "Probation period end", lambda _p: None),
    _moment("created_at", "Created at"),
    _moment("last_modified_at", "Last modified"),
    _system("subcompany", "Subcompany", lambda _p: _wrapped("Subcompany", id=62101, name="Polderwerk B.V.")),
    _system("office", "Workplace", lambda p: _wrapped("Office", id=p.region.office_id, name=p.region.office)),
    _system("department", "Department", _department),
    _system("team", "Team", _team),
    _system("cost_centers", "Cost center", lambda _p: []),
    _system("holiday_calendar", "Public holidays", _holiday_calendar),
    _system(
        "absence_entitlement",
        "Absence entitlement",
        lambda _p: [_wrapped("TimeOffType", id=195824, name="Vacation", category="paid_vacation", entitlement=28)],
    ),
    _system("work_schedule", "Work schedule", _work_schedule),
    _system("fix_salary", "Fixed salary", lambda p: 2_800 + p.id % 37 * 50.5, "decimal", currency="EUR"),
    _system("fix_salary_interval", "Salary interval", lambda _p: "monthly"),
    _system("hourly_salary", "Hourly salary", lambda _p: 0, "decimal", currency="EUR"),
    _system("vacation_day_balance", "Vacation day balance", lambda p: p.id % 28, "decimal"),
    _day("last_working_day", "Last day of work", lambda p: p.termination_date),
    _system("profile_picture", "Profile Picture", lambda _p: None),
)


def _custom(
    number: str, label: str, kind: str, empty: Any, *options: str, universal_id: str | None = None
) -> Attribute:
    def value(person: Person) -> Any:
        return person.custom.get(number, empty)

    return Attribute(number, label, kind, universal_id, value, options)


_PRESET = (
    Attribute(
        BIRTHDAY_KEY, "Birthday", "date", "date_of_birth", lambda person: midnight(person.birthday, person.region.zone)
    ),
    Attribute(
        "dynamic_7123993", "IBAN", "standard", "iban", lambda person: f"NL00 TEST 0{person.id % 10**9:09d}"
    ),  # check digits 00 never occur in a real IBAN
    _custom("dynamic_7123994", "Marital status", "list", "single", "single", "married"),
    _custom("dynamic_7123995", "Language Skills", "tags", "Dutch,English", "Dutch", "English", "German"),
    _custom("dynamic_7123996", "Health insurance", "standard", "Zilver Zorg"),
)
_BUDGETS = (
    _custom(MONTHLY_ALL_KEY, "alleo_monthly_all_budget", "decimal", None),
    _custom(ONEOFF_ALL_KEY, "alleo_oneoff_all_budget", "decimal", None),
    _custom(MONTHLY_HEALTH_KEY, "alleo_monthly_health_budget", "decimal", None),
)
_MESSY_BUDGETS = (
    _BUDGETS[0],
    _custom(ONEOFF_ALL_KEY, "alleo_oneoff_all_budget", "standard", ""),  # right name, but a text field
    _BUDGETS[2],
    _custom("dynamic_7124046", "alleo_montly_all_budget", "decimal", None),
    _custom("dynamic_7124047", "alleo oneoff health budget", "decimal", None),
    _custom("dynamic_7124048", "alleo_access", "list", "", "Yes", "No"),
)


def attributes_of(scenario: Scenario) -> tuple[Attribute, ...]:
    """Returns every attribute of the tenant, readable or not. `id` is not among them: it is always shown."""
    alleo = (_custom(ALLEO_KEY, "Alleo", "list", "", "Yes", "No"),) if scenario.alleo_field else ()
    budgets = () if not scenario.budget_fields else _MESSY_BUDGETS if scenario.messy else _BUDGETS
    return (*_SYSTEM, *_PRESET, *alleo, *budgets)


def readable_in(scenario: Scenario) -> frozenset[str]:
    """Returns the keys ticked under "Readable employee attributes" when the scenario starts."""
    attributes = attributes_of(scenario)
    if scenario.over_privileged:
        return frozenset(attribute.key for attribute in attributes)
    own = {attribute.key for attribute in attributes if attribute.label.lower().startswith("alleo")}
    forgotten = {attribute.key for attribute in attributes if attribute.universal_id in scenario.forgotten}
    return frozenset(own.union(_REQUIRED) - forgotten)
