"""Sentences of the history page."""

from __future__ import annotations

from alleo_onboard.locale import _
from alleo_onboard.locale.formats import count


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


def reading_what_was_done() -> str:
    return _("Reading what was done so far …")


def who_to_look_for() -> str:
    return _("a name, an address or a Personio id")


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
