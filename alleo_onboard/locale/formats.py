"""Numbers, money and moments as the reader's language writes them. Every face uses these and no other."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from alleo_onboard.locale import LANGUAGE, _

# 1.000,50 is a thousand and a half where these are read.
_COMMA_LANGUAGES = frozenset({"nl", "de"})


_SWAPPED = str.maketrans(",.", ".,")


def count(n: int) -> str:
    """A whole number as people read it: 50,000, in Dutch and German 50.000."""
    return _pointed(f"{n:,}")


def money(value: Decimal) -> str:
    """An amount with two places: 2,000.00, in Dutch and German 2.000,00."""
    return _pointed(f"{value:,.2f}")


def _pointed(number: str) -> str:
    return number.translate(_SWAPPED) if LANGUAGE in _COMMA_LANGUAGES else number


def moment(instant: datetime) -> str:
    """Day, time and zone, the same way everywhere."""
    days = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return f"{days[instant.weekday()]} {instant:%Y-%m-%d %H:%M %Z}"
