"""Sentences of the two pages that explain how to create the Alleo field and the budget fields in Personio."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from alleo_onboard.domain.finding import Severity
from alleo_onboard.locale import _
from alleo_onboard.presentation.check import NO_BUDGETS, Entry
from alleo_onboard.presentation.lines import Line, Tone
from alleo_onboard.presentation.recipe import numbered, recipe_alleo_field, recipe_budgets


class Made(StrEnum):
    """What to create in Personio."""

    ALLEO_FIELD = "alleo"
    BUDGETS = "budgets"


def heading(made: Made) -> str:
    return _("Make the Alleo field") if made is Made.ALLEO_FIELD else _("Make budget fields")


def why(made: Made) -> str:
    """Returns what the field is for."""
    if made is Made.ALLEO_FIELD:
        return _("The Alleo field chooses who gets Alleo. Without it everyone who is employed does.")
    return _("Budget fields give single people an amount of their own, a month or once. They may be left out.")


def steps(made: Made) -> tuple[str, ...]:
    return numbered(recipe_alleo_field() if made is Made.ALLEO_FIELD else recipe_budgets())


def help_text(made: Made) -> tuple[str, ...]:
    return why(made), _(
        "Follow the steps in Personio, then press r: Personio is read again, and what it has is told here."
    )


def state(made: Made, entries: Iterable[Entry]) -> tuple[Line, ...]:
    """Returns what the last reading of Personio found about the field; empty if nothing."""
    told = [line for entry in entries if _is_about(entry, made) for line in _told(entry)]
    return (Line(_("As it was read last"), Tone.STRONG), *told) if told else ()


def _is_about(entry: Entry, made: Made) -> bool:
    if made is Made.ALLEO_FIELD:
        return entry.key == "alleo" or entry.key.startswith("alleo_field")
    return entry.key == NO_BUDGETS or entry.key.startswith(("alleo_monthly", "alleo_oneoff", "budget_field"))


def _told(entry: Entry) -> Iterable[Line]:
    """Yields one line for a correct attribute; else its problem and the explanation."""
    marks = {Severity.ERROR: "!", Severity.WARNING: "!", Severity.INFO: "i"}
    if entry.severity is None:
        yield Line("✓ " + ": ".join((entry.cells[0], ", ".join(entry.cells[2:]))), Tone.GOOD)
        return
    tone = Tone.PLAIN if entry.severity is Severity.INFO else Tone.STRONG_WARNING
    yield Line(f"{marks[entry.severity]} {entry.title}", tone)
    yield from (Line(f"  {text}") for text in entry.told)
