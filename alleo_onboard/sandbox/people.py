"""Makes employees, always the same for one seed.

Each position in a block of 34 has a role (on leave, inactive, Alleo = No ...), so that the counts of a scenario are
known for any number of people. Dates that decide who syncs are relative to today; all others are fixed.
"""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from alleo_onboard.sandbox.messy import spoil
from alleo_onboard.sandbox.names import DEPARTMENTS, DOMAIN, REGIONS
from alleo_onboard.sandbox.person import ALLEO_KEY, MONTHLY_ALL_KEY, ONEOFF_ALL_KEY, Person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alleo_onboard.sandbox.scenarios import Scenario

BLOCK = 34
_LAST_CREATED = datetime(2025, 5, 28, 9, 12, 44, tzinfo=UTC)
_LAST_HIRED = date(2025, 5, 1)
_YOUNGEST = date(2003, 6, 30)


class Part(Enum):
    """The situation that an employee demonstrates."""

    ACTIVE = "active"
    ON_LEAVE = "on leave"
    LEAVING = "termination date in the future"
    LEFT = "inactive, termination date in the past"
    INACTIVE = "inactive without a termination date"
    STARTING = "starts next month"


_PARTS = {
    3: Part.ON_LEAVE,
    11: Part.LEAVING,
    14: Part.LEFT,
    17: Part.INACTIVE,
    20: Part.STARTING,
    29: Part.ON_LEAVE,
    31: Part.LEAVING,
}
_ALLEO_NO = frozenset({5, 14, 23})
_ALLEO_EMPTY = frozenset({8, 20, 26})
_NO_MONTHLY = frozenset({1, 6, 12, 18, 24, 28, 33}) | _ALLEO_NO | _ALLEO_EMPTY | {17}
_ONEOFF = MappingProxyType({2: 150, 12: 49.95, 19: 250, 28: 75.5})


def generate(scenario: Scenario, count: int, seed: int, today: date) -> list[Person]:
    """Returns `count` employees, newest `created_at` first, as the API lists them."""
    dice = random.Random(seed)  # noqa: S311 - made-up people, not secrets
    taken: Counter[str] = Counter()
    heads: list[Person | None] = [None] * len(DEPARTMENTS)
    people: list[Person] = []
    number = 13_600_000 + dice.randrange(9_000)
    for index in range(count):
        number += 1 + dice.randrange(60)
        person = _person(scenario, index, number, dice, taken, heads, today)
        department = index % len(DEPARTMENTS)
        heads[department] = heads[department] or person
        people.append(person)
    if scenario.messy:
        people = spoil(people, today)
    return sorted(people, key=lambda person: (person.created_at, person.id), reverse=True)


def part_of(scenario: Scenario, index: int) -> Part:
    """Returns the role of the employee at this position."""
    place = index % BLOCK
    if scenario.mass_leave:
        return Part.LEFT if (place * 7 + 3) % 10 < 4 else Part.ACTIVE
    return _PARTS.get(place, Part.ACTIVE)


def _person(
    scenario: Scenario,
    index: int,
    number: int,
    dice: random.Random,
    taken: Counter[str],
    heads: list[Person | None],
    today: date,
) -> Person:
    region = REGIONS[dice.randrange(len(REGIONS))]
    female = dice.random() < 0.5
    first = dice.choice(region.female if female else region.male)
    last = dice.choice(region.last)
    department = index % len(DEPARTMENTS)
    part = part_of(scenario, index)
    created = _LAST_CREATED - timedelta(seconds=dice.randrange(86_400 * 1_900))
    status, hired, ends = _employment(part, created.date(), dice, today)
    return Person(
        id=number,
        first_name=first,
        last_name=last,
        email=_email(first, last, taken),
        gender="female" if female else "male",
        status=status,
        hire_date=hired,
        termination_date=ends,
        birthday=_YOUNGEST - timedelta(days=dice.randrange(365 * 42)),
        created_at=created,
        last_modified_at=created + timedelta(days=dice.randrange(1, 20), minutes=dice.randrange(600)),
        region=region,
        department=department,
        position=dice.choice(DEPARTMENTS[department][4]),
        supervisor=heads[department],
        custom=_custom(scenario, index % BLOCK),
    )


def _employment(part: Part, created: date, dice: random.Random, today: date) -> tuple[str, date, date | None]:
    """Returns matching status, hire date and termination date (Personio help centre 4405573920285)."""
    hired = min(created + timedelta(days=dice.randrange(40)), _LAST_HIRED)
    days = dice.randrange(30)
    match part:
        case Part.ON_LEAVE:
            return "leave", hired, None
        case Part.LEAVING:
            return "active", hired, today + timedelta(days=30 + days)
        case Part.LEFT:
            return "inactive", hired, today - timedelta(days=3 + days)
        case Part.INACTIVE:
            return "inactive", hired, None
        case Part.STARTING:
            return "onboarding", today + timedelta(days=14 + days), None
        case Part.ACTIVE:
            return "active", hired, None


def _custom(scenario: Scenario, place: int) -> Mapping[str, Any]:
    values: dict[str, Any] = {}
    if scenario.alleo_field:
        values[ALLEO_KEY] = "Yes"
        if not scenario.mass_leave:
            values[ALLEO_KEY] = "No" if place in _ALLEO_NO else "" if place in _ALLEO_EMPTY else "Yes"
    if scenario.budget_fields:
        if place not in _NO_MONTHLY:
            values[MONTHLY_ALL_KEY] = 100
        if place in _ONEOFF:
            values[ONEOFF_ALL_KEY] = _ONEOFF[place]
    return MappingProxyType(values)


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "'": ""})


def _email(first: str, last: str, taken: Counter[str]) -> str:
    name = unicodedata.normalize("NFKD", f"{first}.{last}".translate(_UMLAUTS))
    local = name.encode("ascii", "ignore").decode().lower().replace(" ", ".")
    taken[local] += 1
    return f"{local}{taken[local] if taken[local] > 1 else ''}@{DOMAIN}"
