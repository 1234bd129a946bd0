"""Parses single attribute values. Any JSON type may occur."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from alleo_onboard.domain.employee import Raw
from alleo_onboard.domain.text import trimmed

_NO_DAY = "0000-00-00"  # an empty date, as some databases write it
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DEEPEST = 4  # levels of nesting that are searched for a text
LARGEST_ID = 2**63 - 1  # the largest integer of SQLite, which the ledger uses


def number(literal: str) -> Decimal | str:
    """Returns a JSON number with fraction or exponent as an exact Decimal, or as text when Decimal cannot hold it."""
    try:
        return Decimal(literal)
    except ArithmeticError:
        return literal


def identity(value: Any) -> int | None:
    """Returns an employee id, or None: a whole number above zero of at most 63 bits, also when written as text."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 40:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST_ID else None


def text(value: Any, depth: int = 0) -> str:
    """Returns the text of a value, trimmed: the name of an object, joined texts of a list, "" for null and false."""
    while isinstance(value, dict) and depth < _DEEPEST:
        depth += 1
        # A department is {type, attributes: {name}}, sometimes {name: {value}}.
        inner = value["attributes"] if "attributes" in value else value.get("name")
        value = value.get("value") if inner is None else inner
    if isinstance(value, str):
        return trimmed(value)
    if isinstance(value, list) and depth < _DEEPEST:
        return ", ".join(filter(None, (text(one, depth + 1) for one in value)))
    if isinstance(value, bool):
        return "true" if value else ""  # some systems write false for empty
    return "" if value is None or isinstance(value, dict | list) else str(value)


@lru_cache(maxsize=16_384)
def _day(written: str) -> tuple[date | None, bool]:
    """Returns the date in a text, and whether the text is not a date."""
    # Personio writes midnight with the offset of that day and office. The date as written is the one meant; converting
    # it to another time zone would change the day.
    first = trimmed(written)[:10]
    if first == _NO_DAY:
        return None, False
    try:
        return (date.fromisoformat(first), False) if _DAY.fullmatch(first) else (None, bool(first))
    except ValueError:
        return None, True


def day(value: Any) -> tuple[date | None, bool]:
    """Returns the date in the first ten characters, and whether there is a value that is not a date."""
    return _day(value) if isinstance(value, str) else (None, value not in (None, False, [], {}))


def raw(value: Any) -> Raw:
    """Returns a budget's value, not checked, or None when it is empty or false. Objects and lists become text."""
    if value is None or value is False:
        return None
    if type(value) is Decimal or isinstance(value, int):  # a union of both would take three times as long
        return value
    if isinstance(value, str):
        return trimmed(value) or None
    if isinstance(value, float):
        return number(repr(value))
    return (text(value) or str(value)[:80]) if value else None


# A JSON string, which is skipped, or a number of 300 or more digits.
_PIECE = re.compile(rb"\"(?:[^\"\\]|\\.)*\"|-?[0-9]{300,}(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", re.DOTALL)


def without_endless(content: bytes) -> bytes:
    """Returns the JSON with endless numbers, which no decoder accepts, replaced by the text U+FFFD."""
    return _PIECE.sub(lambda piece: piece[0] if piece[0].startswith(b'"') else b'"\\ufffd"', content)
