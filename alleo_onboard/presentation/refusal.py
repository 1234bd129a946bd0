"""Text of the command line after a run was refused or cut short: how to repeat it."""

from __future__ import annotations

from collections.abc import Iterator

from alleo_onboard.domain.errors import (
    BasisChanged,
    BudgetGuardTripped,
    GuardTripped,
    NotReady,
    Trouble,
    UpdateGuardTripped,
    UploadAwaited,
)
from alleo_onboard.domain.finding import Finding
from alleo_onboard.domain.plan import Plan
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.findings import finding_title


def how_to_repeat(trouble: Trouble, plan: Plan | None) -> Iterator[str]:
    """Yields the option with which to repeat the command, with the number that the guard requires."""
    if isinstance(trouble, BasisChanged):
        yield _("If it is meant, repeat with --accept-change.")
    elif isinstance(trouble, NotReady) and not isinstance(trouble, UploadAwaited):
        yield _("How to mend it: alleo-onboard check. To sync without an attribute: --allow-missing with its name.")
    if plan and isinstance(trouble, UpdateGuardTripped):
        yield _("If it is right, repeat with --allow-update {n}.").format(n=plan.guard.readdressed)
    elif plan and isinstance(trouble, BudgetGuardTripped):
        yield _("If it is right, repeat with --allow-budget {n}.").format(n=plan.guard.money.most)
    elif plan and isinstance(trouble, GuardTripped):
        yield _("If it is right, repeat with --allow-offboard {n}.").format(n=plan.guard.offboard)


def would_be_refused(finding: Finding) -> str:
    """Returns, after a preview, why a sync would be refused."""
    return _("A sync would be refused: {title}.").format(title=finding_title(finding))


def stopped_sentence(left: int) -> str:
    """Returns how many changes a stopped run did not start, and the command that makes them."""
    text = ngettext("Stopped: {n} change was not begun.", "Stopped: {n} changes were not begun.", left)
    return text.format(n=count(left)) + " " + _("sync --resume does the rest.")


def interrupted_sentence() -> str:
    """Returns the sentence for a run that was interrupted during its requests."""
    return _("Interrupted while changes were being made. The next run finds out which were done, and does the rest.")


def resuming_sentence(run: str, people: int) -> str:
    """Returns how many people a resumed run is about."""
    text = ngettext(
        "Resuming run {run}: {n} person of it is planned anew, nobody else is touched.",
        "Resuming run {run}: {n} people of it are planned anew, nobody else is touched.",
        people,
    )
    return text.format(run=run, n=count(people))


def nothing_to_resume() -> str:
    return _("There is nothing to resume: the last run finished well, or there was none.")


def alleo_runs_the_sync() -> str:
    """Returns the sentence for a set-up that was handed over, where nothing is written from here."""
    return _("Alleo runs the sync of this set-up itself. What it would do: preview. The daily look: sync --scheduled.")


def nothing_waits(ids: str) -> str:
    """Returns the error for decisions about one-off budgets of people for whom none waits."""
    return _("No one-off budget waits for {ids}. What waits is listed by: alleo-onboard preview.").format(ids=ids)


def no_address_differs(ids: str) -> str:
    """Returns the error for people whose address was declared as changed at Alleo but is unchanged in Personio."""
    text = _("The addresses of {ids} have not changed, so there is nothing to say about them.")
    return text.format(ids=ids)


def plan_saved(file: str) -> str:
    return _("The plan is saved in {file}.").format(file=file)


def decided_twice(ids: str) -> str:
    """Returns the error for one-off budgets that are both sent and dropped."""
    return _("{ids}: one-off budgets are either sent or dropped, not both.").format(ids=ids)


def plan_as_saved() -> str:
    """Returns the error for decisions about one-off budgets together with a saved plan."""
    return _("A saved plan is applied as it was saved: decide about one-off budgets with a plan of its own.")
