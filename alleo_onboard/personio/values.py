"""Parses single attribute values; every JSON type may occur."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from alleo_onboard.domain.employee import Raw
from alleo_onboard.domain.text import trimmed

_NO_DAY = "0000-00-00"  # how databases write an empty date
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DEEPEST = 4
LARGEST_ID = 2**63 - 1


def number(literal: str) -> Decimal | str:
    """A JSON number with a fraction or exponent, exactly; as text when not even Decimal can hold it."""
    try:
        return Decimal(literal)
    except ArithmeticError:
        return literal


def identity(value: Any) -> int | None:
    """An employee id: a whole number above zero of at most 63 bits (the ledger's limit), also when written as text."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 40:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST_ID else None


def text(value: Any, depth: int = 0) -> str:
    """The text of a value, trimmed: an object gives its name, a list its texts joined, nothing and false are ""."""
    while isinstance(value, dict) and depth < _DEEPEST:
        depth += 1
        # A department is {type, attributes: {name}}, at times {name: {value}}.
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
    # Personio writes midnight with the offset valid on that day at that office, local mean time included:
    # the date as written is the date that was meant, and no conversion keeps it.
    first = trimmed(written)[:10]
    if first == _NO_DAY:
        return None, False
    try:
        return (date.fromisoformat(first), False) if _DAY.fullmatch(first) else (None, bool(first))
    except ValueError:
        return None, True


def day(value: Any) -> tuple[date | None, bool]:
    """The date in the first ten characters, and whether there is a value that is not a date."""
    return _day(value) if isinstance(value, str) else (None, value not in (None, False, [], {}))


def raw(value: Any) -> Raw:
    """A budget's value unjudged, None for an empty one (false too); an object or list is given as its text."""
    if value is None or value is False:
        return None
    if type(value) is Decimal or isinstance(value, int):  # a union of both would take three times as long
        return value
    if isinstance(value, str):
        return trimmed(value) or None
    if isinstance(value, float):
        return number(repr(value))
    return (text(value) or str(value)[:80]) if value else None


# A text of JSON, which is passed over, or a number longer than any that means something.
_PIECE = re.compile(rb"\"(?:[^\"\\]|\\.)*\"|-?[0-9]{300,}(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", re.DOTALL)


def without_endless(content: bytes) -> bytes:
    """JSON with endless numbers, which no decoder takes, as a text that is no value of anything."""
    return _PIECE.sub(lambda piece: piece[0] if piece[0].startswith(b'"') else b'"\\ufffd"', content)
