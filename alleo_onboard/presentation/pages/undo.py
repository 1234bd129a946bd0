"""Sentences of the page that undoes a run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alleo_onboard.locale import _
from alleo_onboard.presentation import veil
from alleo_onboard.presentation.history import left_sentence, made_again
from alleo_onboard.presentation.labels import changes_sentence, field_label, kind_label
from alleo_onboard.presentation.lines import Line, Tone, warned
from alleo_onboard.presentation.pages.run import and_more, number_told
from alleo_onboard.presentation.people.surname import by_surname, by_whole_name, listed
from alleo_onboard.usecases.run.undo import Undo
from alleo_onboard.usecases.run.undo_confirmation import UndoConfirmation

_LISTED = 500  # people; the command line lists no more either


def heading() -> str:
    return _("Undo a run")


def looking() -> str:
    return _("Looking at Alleo …")


def asked(offer: UndoConfirmation) -> tuple[str, ...]:
    """Returns what the undo would do, and the guard's question if a number must be typed."""
    changes = changes_sentence(offer.plan)
    if not changes:
        return (_("There is nothing left of this run that could be taken back."),)
    told = [_("Taking this run back would {changes} at Alleo.").format(changes=changes)]
    if tripped := offer.tripped:
        told.append(f"! {tripped} " + _("If it is right, type {n}.").format(n=_wanted(offer)))
    return tuple(told)


def _wanted(offer: UndoConfirmation) -> str:
    """Returns the number the guard asks for first, as text."""
    return number_told(next(one for one in offer.numbers if not one.right))


def next_sync() -> Line:
    """Returns the warning that the next sync makes the changes again."""
    return Line(" ".join(made_again("", scheduled=False)), Tone.QUIET)


def taken_back(planned: Undo, *, veiled: bool) -> tuple[Line, ...]:
    """Returns the details of an undo: that the next sync repeats the changes, what is left out, and each change."""
    told = [next_sync()] if planned.plan.changes else []
    left = [
        left_sentence(veil.name(one.personio_id) if veiled else one.name, one.field, one.why)
        for one in by_whole_name(planned.skipped, lambda one: one.name)
    ]
    return (*told, *map(warned, _cut(left)), *map(Line, _cut(_changes(planned, veiled=veiled))))


def _changes(planned: Undo, *, veiled: bool) -> list[str]:
    text = _("{name}: {change} ({fields})")
    return [
        text.format(
            name=veil.name(person.personio_id) if veiled else listed(person),
            change=kind_label(person.change.kind),
            fields=", ".join(field_label(f.name) for f in person.change.fields),
        )
        for person in by_surname(planned.plan.people)
        if person.change
    ]


def _cut(told: Sequence[str]) -> Iterable[str]:
    yield from told[:_LISTED]
    if (more := len(told) - _LISTED) > 0:
        yield and_more(more)


# The daily run, which would make the changes again


def daily_run() -> str:
    return _("Daily run")


def goes_on() -> str:
    return _("goes on, and makes these changes again")


def is_held() -> str:
    return _("is held: taken away until you install it again")


def hold_question() -> str:
    """Returns the question whether to stop the daily run, for the plain wizard."""
    return _("A daily run is installed, and would make these changes again. Take it away until you install it again?")


def held() -> str:
    return _("The daily run is held. Once Personio is mended, install it again: press d.")


def help_text() -> tuple[str, ...]:
    return (
        _(
            "Taking a run back sets everything that it changed to what it was before, as far as nobody changed it since."
        ),
        _(
            "What it switched off is switched on again, and accounts that it made are switched off; nobody is deleted. "
            "One-off budgets that were paid stay paid."
        ),
        _("Where unusually many people would lose Alleo, their number has to be typed, as before a run."),
    )
