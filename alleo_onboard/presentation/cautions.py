"""Warnings about a whole run: a wrong clock, a shared Alleo address, many people who lose Alleo within 30 days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from alleo_onboard.locale import _
from alleo_onboard.locale.changed_rules import rival_sentence
from alleo_onboard.locale.formats import count, day
from alleo_onboard.presentation.labels import people
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.setups.ways import Rival

_TOLD_FROM = 600  # seconds; smaller errors of the clock are not reported
_QUARTER = 4


def clock_sentence(ahead: float) -> str:
    """Returns how far this computer's clock is off, or "". `ahead` is in seconds."""
    if abs(ahead) <= _TOLD_FROM:
        return ""
    minutes = round(abs(ahead) / 60)
    if ahead > 0:
        text = _("The clock of this computer is {minutes} minutes ahead of Personio's. Put it right.")
    else:
        text = _("The clock of this computer is {minutes} minutes behind Personio's. Put it right.")
    return text.format(minutes=count(minutes))


def losing_sentence(losing: tuple[int, int]) -> str:
    """Returns how many people lose Alleo within 30 days, or "" for a quarter or less of those who had it."""
    n, of = losing
    if n * _QUARTER <= of:
        return ""
    text = _("With this run {people} of {of} have lost Alleo within 30 days: {percent} %.")
    return text.format(people=people(n), of=count(of), percent=round(100 * n / of))


def shared_here_sentence(others: tuple[str, ...]) -> str:
    """Returns which other set-ups of this computer write to the same Alleo, or ""."""
    if not others:
        return ""
    text = _(
        "The set-up {others} of this computer has the same Alleo address: each run may undo the other's. Remove the one "
        "that is too many, or write shared = true into both files where that is meant."
    )
    return text.format(others=", ".join(others))


def handed_sentence(handed: date | None) -> str:
    """Returns that Alleo has the credential too, and what to end first; "" when it was not handed over."""
    if handed is None:
        return ""
    text = _(
        "The credential was handed to Alleo on {day}: two ways would feed the same people. Take the link back "
        "(alleo-onboard handover withdraw), or ask Customer Success to switch the Personio integration off, before "
        "this set-up writes."
    )
    return text.format(day=day(handed))


def two_ways(found: Iterable[Rival]) -> list[str]:
    """Returns a sentence for each delivery that is meant besides the one in use."""
    return [rival_sentence(one.used, one.given, one.label, one.variable) for one in found]


def cautions(preview: Preview) -> list[str]:
    """Returns all warnings that apply, the most serious first."""
    told = (
        *two_ways(preview.rivals),
        shared_here_sentence(preview.shared_with),
        handed_sentence(preview.handed),
        clock_sentence(preview.clock_ahead),
        losing_sentence(preview.losing),
    )
    return [sentence for sentence in told if sentence]
