"""Values that must not be in a file which a spreadsheet may open: formulas and invisible characters.

Quoting does not help: a spreadsheet runs `"=1+1"` too. A leading apostrophe would help, but it stays in the value for a
program that reads the file, and 't Hart is a real name. So such a person is left out and named.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from alleo_onboard.domain.employee import Employee

# A cell that starts with one of these is run as a formula (OWASP, CSV Injection); also their East Asian full-width
# forms.
_STARTS = frozenset("=+-@＝＋－＠﹢﹣﹦﹫")
# Format characters that names may contain: the joiners of Persian and Indian scripts.
_JOINERS = frozenset("\u200c\u200d")
_LINES = frozenset("\u2028\u2029")


def formula_like(text: str) -> bool:
    """Returns whether a spreadsheet may run `text` as a formula. Leading spaces do not prevent that."""
    return text.lstrip()[:1] in _STARTS if text.strip() else False


def unwritable(text: str) -> bool:
    """Returns whether `text` holds control characters, invisible characters or lone surrogates."""
    return any(_no_name_needs(character) for character in text)


def _no_name_needs(character: str) -> bool:
    """Returns whether a character never occurs in a name."""
    category = unicodedata.category(character)
    return category in ("Cc", "Cs") or character in _LINES or (category == "Cf" and character not in _JOINERS)


def unsafe(values: Mapping[str, str]) -> tuple[str, ...]:
    """Returns the names of the fields whose value must not be in a file, in their order."""
    return tuple(name for name, value in values.items() if formula_like(value) or unwritable(value))


def unsafe_fields(employee: Employee) -> tuple[str, ...]:
    """Returns the text fields of this person that must not be in a file."""
    return unsafe(
        {
            "email": employee.email,
            "first_name": employee.first_name,
            "last_name": employee.last_name,
            "department": employee.department,
        }
    )
