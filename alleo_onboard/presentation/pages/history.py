"""Sentences of the history page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from alleo_onboard.domain.change import Kind
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import clock, count
from alleo_onboard.presentation.history import change_state, purpose_words, run_state
from alleo_onboard.presentation.labels import field_label, kind_label
from alleo_onboard.presentation.values import value_text
from alleo_onboard.usecases.support.history import Entry, Run, State


def drawn_help() -> tuple[str, ...]:
    """Returns the help of the full-screen page."""
    return (
        _(
            "Every run of this set-up on this computer, the newest first. Up and down choose one, space and backspace scroll it."
        ),
        _("/ searches: what happened to one person, in every run. u takes the chosen run back, after asking."),
        _("Dates of birth are never kept; they read “(set)”."),
        _("alleo-onboard runs verify tells whether anybody edited this history; runs export saves it."),
    )


def spoken_help() -> tuple[str, ...]:
    """Returns the page's help in the plain wizard."""
    return (
        _("Every run of this set-up on this computer, the newest first. Type the number of a run to hear what it did."),
        _("A run can be taken back from there: it is shown first what that would do."),
        _("Dates of birth are never kept; they read “(set)”."),
    )


def heading() -> str:
    return _("History")


def option_label(key: str) -> str:
    """Returns a choice of the page in the plain wizard."""
    return {
        "older": _("Older runs."),
        "person": _("What happened to one person."),
        "save": _("Save all of it as a file."),
        "undo": _("Take this run back."),
    }[key]


def run_line(one: Run, zone: tzinfo) -> str:
    """Returns one run as a choice: when (in `zone`), what, how it ended, and the numbers of done and failed changes."""
    done, failed = one.counts[State.CONFIRMED], one.counts[State.FAILED]
    text = _("{moment}: {what}, {state}. Done: {done}. Failed: {failed}.")
    return text.format(
        moment=clock(one.started, zone),
        what=purpose_words(one.purpose, one.of),
        state=run_state(one.state),
        done=count(done),
        failed=count(failed),
    )


def change_lines(entry: Entry, zone: tzinfo | None = None) -> Iterator[str]:
    """Yields one change as lines to be heard: who and what, why it failed, each field.

    `zone`: begin with the time of its run in that zone.
    """
    row = entry.row
    how = change_state(row.state) + (f" ({row.status})" if row.status else "")
    text = _("{name}: {change}, {state}.")
    told = text.format(name=row.change.name, change=kind_label(row.change.kind), state=how)
    yield f"{clock(entry.run.started, zone)}: {told}" if zone else told
    if row.error:
        yield f"! {row.error}"
    for field in row.change.fields:
        old, new = (value_text(field.name, value, "-") for value in (field.old, field.new))
        values = new if row.change.kind is Kind.ONBOARD else f"{old} → {new}"
        yield f"{field_label(field.name)}: {values}."


def more_of_them(told: int, every: int) -> str:
    """Returns the question whether to continue a list."""
    return _("{n} of {all}. Enter for more, back for the history").format(n=count(told), all=count(every))


def reading_what_was_done() -> str:
    return _("Reading what was done so far …")


def who_to_look_for() -> str:
    return _("name, address or Personio id")


def person_asked() -> str:
    """Returns the question for a person, in the plain wizard."""
    return _("A name, an address or a Personio id")


def nothing_done_yet() -> str:
    return _("Nothing was done yet with this set-up on this computer.")


def run_and_plan(run: str, digest: str) -> str:
    """Returns the line above what a run did; `digest` is shortened here."""
    return _("Run {run}, plan {digest}").format(run=run, digest=digest[:19])


def changed_nothing() -> str:
    return _("It changed nothing.")


def more_on_the_command_line(n: int, run: str) -> str:
    return _("… and {n} more: alleo-onboard runs show {run}").format(n=count(n), run=run)


def to_take_it_back(command: str) -> str:
    return _("To take it back: {command}").format(command=command)
