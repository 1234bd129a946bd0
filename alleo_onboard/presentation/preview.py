"""The most important numbers of a preview, as sentences."""

from __future__ import annotations

from collections.abc import Sequence

from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.plan import Plan
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count, money
from alleo_onboard.presentation.labels import changes_sentence, people, plan_sentence
from alleo_onboard.presentation.people.columns import Column
from alleo_onboard.presentation.people.filter import Group
from alleo_onboard.presentation.people.view import PeopleView
from alleo_onboard.presentation.warnings import held_back_sentence, not_carried_sentence
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.run.preconditions import Consent, held_back


def who(view: PeopleView) -> str:
    n, delivery = view.counts[Group.SYNC], view.plan.delivery
    if delivery:
        text = ngettext("{n} person gets Alleo.", "{n} people get Alleo.", n)
    else:
        text = ngettext("{n} person would get Alleo.", "{n} people would get Alleo.", n)
    return text.format(n=count(n))


def without_budget(view: PeopleView) -> str:
    """Returns how many people get Alleo without a budget that Personio has, or ""."""
    n = sum(p.decision is Decision.SYNC and bool(p.withheld or p.waiting) for p in view.people)
    text = ngettext("{n} without their budget", "{n} without their budget", n)
    return text.format(n=count(n)) if n else ""


def plan(preview: Preview) -> str:
    """Returns what would be done. Also correct when a run is blocked or leaves something for the next one."""
    found = preview.plan
    changes = changes_sentence(found)
    if not preview.readiness.ready and changes:
        return _("Once the check finds no more errors, a run would {changes} at Alleo.").format(changes=changes)
    if changes and trips(preview):
        return _("Once you confirm it, a run will {changes} at Alleo and change nothing else.").format(changes=changes)
    if held := held_back(preview):
        rest = changes_sentence(found.only(kinds=[kind for kind in Kind if kind is not Kind.OFFBOARD]))
        now = _("This will {changes} at Alleo.").format(changes=rest) if rest else ""
        return f"{now} {held_back_sentence(held)}".strip()
    return plan_sentence(found)


def about_to_run(judged: Plan, preview: Preview, consent: Consent) -> str:
    """Returns what a run that may start does: the plan as it was `judged`, and what it leaves for the next one."""
    held = held_back(preview, consent)
    now = plan_sentence(judged) if judged.changes or not held else ""
    return f"{now} {held_back_sentence(held) if held else ''}".strip()


def trips(preview: Preview) -> bool:
    """Returns whether the guard stops a run of this plan until somebody names the number."""
    guard = preview.plan.guard
    return guard.trips() or guard.trips_update() or (not preview.first_run and guard.money.trips())


def left_out(view: PeopleView) -> str:
    n = view.counts[Group.SKIP]
    return ngettext("{n} left out", "{n} left out", n).format(n=count(n))


def to_mend(view: PeopleView) -> str:
    n = view.counts[Group.BLOCKED]
    return ngettext("{n} to mend", "{n} to mend", n).format(n=count(n))


def budgets(view: PeopleView) -> str:
    """Returns the totals per month and once, or ""."""
    texts = {
        Column.MONTHLY: _("{total} a month for {people}"),
        Column.ONCE: _("{total} once for {people}"),
    }
    told = [
        texts[column].format(total=money(total), people=people(n)) for column, (n, total) in view.totals.items() if n
    ]
    return _("Budgets: {amounts}.").format(amounts=_("; ").join(told)) if told else ""


def warnings(preview: Preview) -> Sequence[str]:
    """Returns what a reader must know before trusting the numbers, the most serious first."""
    plan, told = preview.plan, []
    if not preview.readiness.ready:
        told.append(_("The check found errors: nothing of this can be done before they are mended."))
    if not plan.complete:
        told.append(_("People changed while they were read, so somebody may be missing here. Press r to read again."))
    if plan.guard.trips():
        text = _("{n} of {linked} people would lose Alleo. That is more than usual: a run asks you to confirm it.")
        told.append(text.format(n=count(plan.guard.offboard), linked=count(plan.guard.linked)))
    if preview.not_carried:
        told.append(not_carried_sentence(preview.not_carried))
    return told


def unmanaged(preview: Preview) -> str:
    n = preview.plan.unmanaged
    if not n:
        return ""
    text = ngettext(
        "{n} account at Alleo does not come from Personio and is left alone.",
        "{n} accounts at Alleo do not come from Personio and are left alone.",
        n,
    )
    return text.format(n=count(n))


def note(view: PeopleView) -> str:
    """Returns a few words for the list of steps."""
    told = [_("{n} sync").format(n=count(view.counts[Group.SYNC]))]
    if view.counts[Group.BLOCKED]:
        told.append(to_mend(view))
    if n := view.plan.summary[Kind.OFFBOARD]:
        told.append(_("{n} off").format(n=count(n)))
    return ", ".join(told)
