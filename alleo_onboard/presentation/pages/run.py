"""Sentences of the page `run`."""

from __future__ import annotations

from decimal import Decimal

from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.delivery import Runs
from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count, money
from alleo_onboard.presentation.labels import kind_label
from alleo_onboard.presentation.pages.compare import option as comparing
from alleo_onboard.presentation.pages.daily import every_day
from alleo_onboard.usecases.run.typed import Asked


def nothing_was_written() -> str:
    return _("Nothing was written.")


def and_more(n: int) -> str:
    return _("... and {n} more.").format(n=count(n))


def before_and_after() -> str:
    return _("Before and after")


def writing_to_alleo() -> str:
    return _("Writing to Alleo …")


def what_is_never_touched() -> str:
    return _("Accounts that this tool did not link are never changed, and nobody is ever deleted.")


def comparing_personio_with_alleo() -> str:
    return _("Comparing Personio with Alleo …")


def finishing_requests() -> str:
    return _("Stopping: finishing the requests under way …")


def not_the_number(asked: Asked) -> str:
    text = _("This is not the number. Type {n}, or leave it: nothing has been written.")
    return text.format(n=number_told(asked))


def spoken_help() -> tuple[str, ...]:
    """Returns the page's help in the plain wizard."""
    return (
        start_does_only_this() + " " + _("It asks for a typed yes."),
        _("Ctrl-C while it runs finishes the requests under way; what was done stays done."),
        what_is_never_touched(),
    )


def option_label(key: str) -> str:
    """Returns a choice of the page in the plain wizard."""
    return {
        "uploaded": _("The workbook was uploaded."),
        "compare": f"{comparing()}.",
        "start": _("Start the run."),
        "yes": _("Yes, that is meant."),
        "have": _("They have it already."),
        "guard": _("Type the number that is asked for."),
        "without": _("Go on without what is not readable."),
        "with": _("Not without it."),
        "see": _("See who: every change, one line each."),
        "daily": f"{every_day()}.",
    }[key]


def number_told(asked: Asked) -> str:
    """Returns a number that the guard asks for, as in a sentence."""
    return money(asked.number) if isinstance(asked.number, Decimal) else count(asked.number)


def type_or_leave(asked: Asked) -> str:
    """Returns the question for the guard's number."""
    texts = {
        "offboard": _("Type {n} to switch them off, or Enter to leave it"),
        "update": _("Type {n} to change them, or Enter to leave it"),
        "budget": _("Type {n} to pay it, or Enter to leave it"),
    }
    return texts[asked.what].format(n=number_told(asked))


def left_alone() -> str:
    return _("Left: nothing has been written.")


def every_day_from_here() -> str:
    """Returns what to do after a successful run."""
    return _("Every day at 06:30, without anyone: type d to hear how that would go here.")


def try_again(n: int) -> str:
    """Returns the question whether to repeat failed changes."""
    return ngettext("Try the {n} that failed again?", "Try the {n} that failed again?", n).format(n=count(n))


def change_line(person: Person) -> str:
    """Returns a person and their change."""
    kind = person.change.kind if person.change else Kind.UPDATE
    return _("{name}: {change}.").format(name=person.name, change=kind_label(kind))


def type_it(asked: Asked) -> str:
    """Returns the label of the field for the guard's number."""
    texts = {
        "offboard": _("Type {n} to switch them off"),
        "update": _("Type {n} to change them"),
        "budget": _("Type {n} to pay that"),
    }
    return texts[asked.what].format(n=number_told(asked))


def drawn_help() -> tuple[str, ...]:
    """Returns the help of the drawn page."""
    return (
        start_does_only_this(),
        _("Stop finishes the requests under way; what was done stays done, and Look again shows what is left."),
        what_is_never_touched(),
    )


def every_day_press_d(*, able: bool) -> str:
    """Returns what is told after a run that went well, on the drawn page.

    `able`: something on this machine starts programs every day.
    """
    if able:
        return _("Every day at 06:30, without anyone: press d to see how that would go here.")
    return _("Nothing on this computer starts programs every day. Press d for what to do instead.")


def what_happens_then(runs: Runs) -> tuple[str, ...]:
    """Returns a title, and what comes after Start, step by step, where a run does `runs`."""
    first = {
        Runs.FILE: _("One file is written where Alleo collects it, and read back where that can be done."),
        Runs.UPLOAD: _("One workbook is saved. You upload it at Alleo and say so here; before that nothing is done."),
    }.get(runs, _("Every change is sent to Alleo and read back. Nobody is deleted."))
    return (
        _("What happens then"),
        first,
        _("What was done stands in the history (h), and can be taken back from there."),
        _("After that every day by itself, if you want it (d)."),
    )


def start_does_only_this() -> str:
    return _("Start makes exactly the changes of this preview at Alleo, and nothing else.")
