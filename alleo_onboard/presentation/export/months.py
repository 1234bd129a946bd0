"""Joiners and leavers by month, from Personio's dates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from alleo_onboard.domain.plan import Plan
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.export.charts import LEAST

BEFORE, AFTER = 6, 5  # months shown before and after the present one


@dataclass(frozen=True, slots=True)
class Month:
    """One month. `joiners` and `leavers` are drawn, `joined` and `left` are their text; `now` marks the present month.

    A number too small for a report without names is drawn as the largest such number.
    """

    label: str
    joiners: int
    leavers: int
    joined: str
    left: str
    now: bool


@dataclass(frozen=True, slots=True)
class Months:
    """A chart of months. `above` and `below` name the two sides."""

    title: str
    told: str
    above: str
    below: str
    months: tuple[Month, ...]


def joiners_and_leavers(plan: Plan, today: date, *, names: bool) -> Months | None:
    """Returns a year around `today`: first days by hire date, last days by termination date. None without any.

    Without `names`, small numbers are hidden.
    """
    staff = [p.employee for p in plan.people if p.employee]
    came = Counter(_place(e.hire_date) for e in staff if e.hire_date)
    went = Counter(_place(e.termination_date) for e in staff if e.termination_date)
    here = _place(today)
    places = range(here - BEFORE, here + AFTER + 1)
    if not any(came[place] or went[place] for place in places):
        return None
    months = tuple(_month(place, came[place], went[place], names=names, now=place == here) for place in places)
    return Months(_("Joiners and leavers by month"), _sentence(months), _("join"), _("leave"), months)


def _place(day: date) -> int:
    """Returns the month as a number of months."""
    return day.year * 12 + day.month - 1


def _month(place: int, came: int, went: int, *, names: bool, now: bool) -> Month:
    drawn = [n if names or n == 0 or n >= LEAST else LEAST - 1 for n in (came, went)]
    told = [_short(n, names=names) for n in (came, went)]
    return Month(month_label(place // 12, place % 12 + 1), drawn[0], drawn[1], told[0], told[1], now)


def _short(n: int, *, names: bool) -> str:
    return count(n) if names or n == 0 or n >= LEAST else f"<{LEAST}"


def month_label(year: int, month: int) -> str:
    """Returns a month with its year: "Nov 2026"."""
    early = (_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"))
    late = (_("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"))
    names = (*early, *late)
    return f"{names[month - 1]} {year}"


def _sentence(months: tuple[Month, ...]) -> str:
    told = [
        _("{month}: {joiners} joined, {leavers} left").format(month=m.label, joiners=m.joined, leavers=m.left)
        for m in months
        if m.joiners or m.leavers
    ]
    return _("People by the month of their first and last day. {months}.").format(months=_("; ").join(told))
