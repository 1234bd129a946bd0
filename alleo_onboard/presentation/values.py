"""Shows field values: dates, amounts and switches in the reader's format, texts unchanged."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from alleo_onboard.domain.budget import amount, is_monthly, is_oneoff
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import day, money

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_KEPT_BACK = "(set)"  # stored instead of a date of birth


def value_text(field: str, value: object, empty: str, euros: Callable[[Decimal], str] = money) -> str:
    """Returns a value as text.

    `field` is the name of the field, `empty` the text for no value, `euros` the format of amounts.
    """
    if isinstance(value, bool):
        return _("on") if value else _("off")
    text = "" if value is None else str(value)
    if text == _KEPT_BACK:
        return _("(set)")
    if _is_money(field) and (found := amount(text)) is not None:
        return euros(found)
    if _DAY.fullmatch(text):
        return _day(text)
    return text or empty


def _is_money(field: str) -> bool:
    """Returns whether a field holds euros: a budget field, or the column of all budgets in a file of Alleo's."""
    return is_monthly(field) or is_oneoff(field) or field in ("monthly", "oneoff")


def _day(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text
