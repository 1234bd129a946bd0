"""Bad data for the first block of people in the scenario `messy-data`.

Keys are positions in `people.BLOCK`. With clean data all of these people would sync.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from alleo_onboard.sandbox.names import DOMAIN
from alleo_onboard.sandbox.person import ALLEO_KEY, MONTHLY_ALL_KEY, MONTHLY_HEALTH_KEY, ONEOFF_ALL_KEY, Person

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_FIELDS: Mapping[int, Mapping[str, Any]] = MappingProxyType(
    {
        0: {"email": f"info@{DOMAIN}"},
        1: {"email": f" Info@{DOMAIN.capitalize()} "},
        2: {"email": f"jeroen(at){DOMAIN}"},
        4: {"email": "k.schäfer@"},
        6: {"email": ""},
        7: {"last_name": ""},
        9: {"first_name": "   "},
        10: {"status": "sabbatical"},
        12: {"first_name": "Müller [/b] Anna", "last_name": "[bold red]Groß[/]"},
        13: {"first_name": "[@click=app.quit]x", "last_name": "de [link=https://example.com]Wit"},
        15: {"first_name": "مریم", "last_name": "\u202eنادری"},
        16: {"first_name": "Zoë 🎉👩‍💻", "last_name": "van 't Hof"},
        18: {"first_name": "小明", "last_name": "王"},
        19: {"first_name": "\x1b[31mEva", "last_name": "Zeile\neins"},
        21: {"first_name": "=HYPERLINK(1)", "last_name": '"Quote", Comma; <script>alert(1)</script>'},
        22: {"first_name": "Wolfeschlegelsteinhausen" * 8, "last_name": "Bergerdorff"},
        24: {"birthday": None, "department": None},
        32: {"birthday": None},
    }
)
_CUSTOM: Mapping[int, Mapping[str, Any]] = MappingProxyType(
    {
        25: {ALLEO_KEY: "Maybe"},
        11: {MONTHLY_ALL_KEY: "1.234,50"},
        28: {MONTHLY_ALL_KEY: "1,234.50"},
        29: {MONTHLY_ALL_KEY: -50},
        30: {MONTHLY_ALL_KEY: 12.345},
        31: {MONTHLY_ALL_KEY: 100, MONTHLY_HEALTH_KEY: 25},
        32: {MONTHLY_ALL_KEY: 0},
        33: {ONEOFF_ALL_KEY: "fifty"},
    }
)


def spoil(people: list[Person], today: date) -> list[Person]:
    """Returns the people with bad data in the first block.

    Person 3 is on leave with a past termination date, which happens before Personio's nightly update.
    """
    spoiled = list(people)
    for place, fields in _FIELDS.items():
        if place < len(spoiled):
            spoiled[place] = replace(spoiled[place], **fields)
    for place, values in _CUSTOM.items():
        if place < len(spoiled):
            spoiled[place] = replace(spoiled[place], custom={**spoiled[place].custom, **values})
    if len(spoiled) > 3:
        spoiled[3] = replace(spoiled[3], termination_date=today - timedelta(days=2))
    return spoiled
