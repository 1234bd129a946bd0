"""Warnings in a report."""

from __future__ import annotations

from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.finding import standing
from alleo_onboard.locale import _
from alleo_onboard.locale.changed_rules import altered_sentence, leaving_sentence
from alleo_onboard.presentation.export.charts import LEAST
from alleo_onboard.presentation.labels import people, problem_label
from alleo_onboard.presentation.pages.preview import incomplete_reading
from alleo_onboard.presentation.preview import unmanaged
from alleo_onboard.presentation.warnings import not_carried_sentence, settled_sentence
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.run.preconditions import held_back


def cautions(preview: Preview, *, names: bool = True) -> tuple[str, ...]:
    """Returns warnings without names of people, the most serious first.

    Without `names`, small numbers are left out too.
    """
    told = [*_against(preview), *(altered_sentence(one.rule, one.before, one.now) for one in preview.altered)]
    told += _people(preview, names=names)
    if preview.not_carried:
        told.append(not_carried_sentence(preview.not_carried))
    return tuple(sentence for sentence in told if sentence)


def _against(preview: Preview) -> list[str]:
    """Returns warnings about what would prevent a run."""
    told = []
    if standing(preview.readiness.findings):
        told.append(_("The check found errors: nothing of this can be done before they are mended."))
    if not preview.plan.complete:
        told.append(incomplete_reading())
    if preview.plan.guard.trips():
        told.append(_("More people than usual would lose Alleo: a run asks for a confirmation first."))
    if preview.plan.guard.trips_update():
        told.append(_("More addresses than usual would change: a run asks for a confirmation first."))
    if preview.plan.guard.money.trips() and not preview.first_run:
        told.append(_("More money than usual would be paid: a run asks for a confirmation first."))
    return told


def _people(preview: Preview, *, names: bool) -> list[str]:
    plan = preview.plan
    by_field = {finding.code.value for finding in preview.readiness.findings}  # reported with the findings
    told = [
        _("{people}: {problem}.").format(people=_some(n, names=names), problem=problem_label(problem))
        for problem, n in plan.problems.items()
        if problem.value not in by_field
    ]
    if plan.unmanaged:
        told.append(unmanaged(preview) if names or plan.unmanaged >= LEAST else _left_alone())
    if names and plan.summary[Kind.OFFBOARD]:
        told.append(leaving_sentence(plan))
    if not names and held_back(preview):  # with names the sentence of the plan says how many
        told.append(_("A first run switches nobody off."))
    if names and (settled := preview.knowledge.settlements):
        undone = sum(bool(s.outcome.error) for s in settled)
        told.append(settled_sentence(len(settled) - undone, undone))
    return told


def _some(n: int, *, names: bool) -> str:
    """Returns a number of people, or only that it is small."""
    return people(n) if names or n >= LEAST else _("fewer than {n} people").format(n=LEAST)


def _left_alone() -> str:
    return _("A few accounts at Alleo do not come from Personio and are left alone.")
