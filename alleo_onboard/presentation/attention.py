"""Sentences about data in Personio that was not used as it is, with the number of people."""

from __future__ import annotations

from collections.abc import Iterator

from alleo_onboard.domain.budget import Problem
from alleo_onboard.domain.finding import Code
from alleo_onboard.domain.oneoff import Waiting
from alleo_onboard.domain.plan import Plan
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count, money
from alleo_onboard.presentation.findings import finding_message, finding_title
from alleo_onboard.presentation.labels import people, problem_label
from alleo_onboard.presentation.pages.run import and_more
from alleo_onboard.usecases.preview.preview import Preview

_TOLD = 20  # one-off budgets listed by name, at most
_BY_FIELD = frozenset({Code.BUDGET_FIELD_LOST, Code.BUDGET_INVALID, Code.BUDGET_MONTHLY_TWICE, Code.DATE_INVALID})
# Reported by field, or by name in their own sentences.
_ELSEWHERE = frozenset(
    {Problem.BUDGET_INVALID, Problem.BUDGET_MONTHLY_TWICE, Problem.BUDGET_ONEOFF_HELD, Problem.BUDGET_ONEOFF_CHANGED}
)


def attention(preview: Preview) -> Iterator[str]:
    """Yields a sentence for each field, then for each problem of people, then for one-off budgets that wait."""
    for finding in preview.readiness.findings:
        if finding.code in _BY_FIELD:
            yield f"{finding_title(finding)}. {finding_message(finding)}"
    for problem, n in preview.plan.problems.items():
        if problem not in _ELSEWHERE:
            yield _("{people}: {problem}.").format(people=people(n), problem=problem_label(problem))
    yield from waiting_sentences(preview.plan)


def by_field(preview: Preview) -> list[str]:
    """Returns the titles of problems with whole fields, without names of people."""
    return [finding_title(finding) for finding in preview.readiness.findings if finding.code in _BY_FIELD]


def waiting_sentences(plan: Plan) -> Iterator[str]:
    """Yields how many one-off budgets wait for a decision, whose, why, and how to decide."""
    waiting = plan.waiting
    if not waiting:
        return
    text = ngettext(
        "{n} one-off budget waits for your yes and is not sent:",
        "{n} one-off budgets wait for your yes and are not sent:",
        len(waiting),
    )
    yield text.format(n=count(len(waiting)))
    yield from (_waiting(one) for one in waiting[:_TOLD])
    if len(waiting) > _TOLD:
        yield and_more(len(waiting) - _TOLD)
    yield _("To send: sync --send-oneoff with ids, or all. Granted already: sync --drop-oneoff with ids.")


def _waiting(one: Waiting) -> str:
    if one.before is not None:
        text = _("{name} (id {id}): {field}, {amount}; {before} was sent before.")
    else:
        text = _("{name} (id {id}): {field}, {amount}; the account was there before, so it may have been paid.")
    before = "" if one.before is None else money(one.before)
    return text.format(name=one.name, id=one.personio_id, field=one.field, amount=money(one.amount), before=before)
