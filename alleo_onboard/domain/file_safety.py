"""Values that must not stand in a file which a spreadsheet may open: formulas, and characters that no name needs.

Quoting a value does not help: a spreadsheet runs `"=1+1"` all the same. An apostrophe in front would, but it stays part
of the value for the program that reads the file, and 't Hart is a normal name. So such a person is left out and told.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from alleo_onboard.domain.employee import Employee

# What makes a spreadsheet take a cell for a formula (OWASP, CSV Injection), also in the wide forms of East Asian text.
_STARTS = frozenset("=+-@＝＋－＠﹢﹣﹦﹫")
# Format characters that writing a name may take: the joiners of Persian and of Indian scripts.
_JOINERS = frozenset("\u200c\u200d")
_LINES = frozenset("\u2028\u2029")


def formula_like(text: str) -> bool:
    """Whether a spreadsheet may take `text` for a formula; blanks in front do not keep it from that."""
    return text.lstrip()[:1] in _STARTS if text.strip() else False


def unwritable(text: str) -> bool:
    """Whether `text` holds control characters, invisible ones, or halves of characters."""
    return any(_no_name_needs(character) for character in text)


def _no_name_needs(character: str) -> bool:
    category = unicodedata.category(character)
    return category in ("Cc", "Cs") or character in _LINES or (category == "Cf" and character not in _JOINERS)


def unsafe(values: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the fields whose value cannot stand in a file, in their order."""
    return tuple(name for name, value in values.items() if formula_like(value) or unwritable(value))


def unsafe_fields(employee: Employee) -> tuple[str, ...]:
    """The fields of this person, of those that are text, that cannot stand in a file."""
    return unsafe(
        {
            "email": employee.email,
            "first_name": employee.first_name,
            "last_name": employee.last_name,
            "department": employee.department,
        }
    )
