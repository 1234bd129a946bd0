"""Formats numbers, money, dates and times in the reader's language. All interfaces use these functions."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal

from alleo_onboard.locale import _, language, ngettext

# languages that write 1.000,50
_COMMA_LANGUAGES = frozenset({"nl", "de"})
_SWAPPED = str.maketrans(",.", ".,")
_DAYS = {"nl": "%d-%m-%Y", "de": "%d.%m.%Y"}
_MONEY = {"nl": "€\N{NO-BREAK SPACE}{amount}", "de": "{amount}\N{NO-BREAK SPACE}€"}


def count(n: int) -> str:
    """Returns a whole number: 50,000, in Dutch and German 50.000."""
    return _pointed(f"{n:,}")


def amount(value: Decimal) -> str:
    """Returns an amount without currency, for a column of numbers: 2,000.00, in Dutch and German 2.000,00."""
    return _pointed(f"{value:,.2f}")


def money(value: Decimal) -> str:
    """Returns euros: EUR 2,000.00, in Dutch € 2.000,00, in German 2.000,00 €."""
    return _MONEY.get(language(), "EUR {amount}").format(amount=amount(value))


def in_euros(heading: str) -> str:
    """Returns the heading of a column of amounts: Monthly (EUR), in Dutch and German Maand (€)."""
    return f"{heading} ({'€' if language() in _MONEY else 'EUR'})"


def seconds(value: float) -> str:
    """Returns seconds with one decimal: 0.4, in Dutch and German 0,4."""
    return _pointed(f"{value:,.1f}")


def day(value: date) -> str:
    """Returns a date: 2020-10-22, in Dutch 22-10-2020, in German 22.10.2020."""
    return value.strftime(_DAYS.get(language(), "%Y-%m-%d"))


def read_day(text: str) -> date | None:
    """Returns the date that somebody typed: as 2026-12-31, or day first with dots or dashes; None for anything else."""
    for written in ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(text.strip(), written).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def days(n: int) -> str:
    """Returns a duration in whole days: 7 days."""
    return ngettext("{n} day", "{n} days", n).format(n=count(n))


def hour(at: time | datetime) -> str:
    """Returns a time of day: 06:30 in every language."""
    return f"{at:%H:%M}"


def here(instant: datetime) -> datetime:
    """Returns a time in this computer's zone; in UTC where TZ names a zone that cannot be."""
    try:
        return instant.astimezone()
    except (ValueError, OverflowError, OSError):
        return instant.astimezone(UTC)


def clock(instant: datetime, zone: tzinfo | None) -> str:
    """Returns date and time of day in `zone`, which is the set-up's; None is this computer's.

    The zone is named where this computer's clock shows another time.
    """
    there = instant.astimezone(zone) if zone else here(instant)
    named = f"{there:%Z}" if there.utcoffset() != here(instant).utcoffset() else ""
    return f"{day(there)} {hour(there)} {named}".rstrip()


def moment(instant: datetime, zone: tzinfo | None) -> str:
    """Returns weekday, date, time and zone, in `zone` as for `clock`."""
    there = instant.astimezone(zone) if zone else here(instant)
    days = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return f"{days[there.weekday()]} {day(there)} {hour(there)} {there:%Z}".rstrip()


def _pointed(number: str) -> str:
    return number.translate(_SWAPPED) if language() in _COMMA_LANGUAGES else number
