"""Rules for deliveries that write a file: who must not be in it, and which fields it cannot change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from alleo_onboard.domain.budget import Problem
from alleo_onboard.domain.change import Change, Kind
from alleo_onboard.domain.eligibility import Decision, Reason, Verdict
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.file_safety import unsafe_fields
from alleo_onboard.domain.plan import Person, Plan
from alleo_onboard.domain.wanted import same

NOTICE_DAYS = 30  # days; Alleo needs them to end monthly subscriptions (help centre, article 92428)


def screened(employees: Iterable[Employee], verdicts: Mapping[int, Verdict]) -> Mapping[int, Verdict]:
    """Returns the verdicts, with those people blocked who have a value that a spreadsheet would run."""
    barred = {
        e.id: Verdict(Decision.BLOCKED, (Reason.FORMULA_LIKE,))
        for e in employees
        if verdicts[e.id].decision is Decision.SYNC and unsafe_fields(e)
    }
    return {**verdicts, **barred} if barred else verdicts


def as_file_can(person: Person, fixed: frozenset[str], *, moved: bool) -> Person:
    """Returns the person without changes to the fields in `fixed`, and with the problem EMAIL_FIXED for an address.

    `moved`: somebody changed the address at Alleo already, so from now on the file says the new one.
    """
    fixed -= {"email"} if moved else set()
    if person.reasons[:1] == (Reason.FORMULA_LIKE,):
        return replace(person, problems=(*person.problems, Problem.FORMULA_LIKE))
    change = person.change
    if change is None or change.kind is Kind.ONBOARD or not fixed & change.new.keys():
        return person
    fields = tuple(f for f in change.fields if f.name not in fixed)
    kept = replace(change, fields=fields) if fields else None
    if same("email", change.old.get("email"), change.new.get("email")):
        return replace(person, change=kept)
    return replace(person, change=kept, problems=(*person.problems, Problem.EMAIL_FIXED))


def short_notice(plan: Plan, today: str) -> tuple[Change, ...]:
    """Returns the changes that end somebody's access with less notice than Alleo asks for. `today` is YYYY-MM-DD."""
    from datetime import date, timedelta

    limit = (date.fromisoformat(today) + timedelta(days=NOTICE_DAYS)).isoformat()
    return tuple(c for c in plan.changes if c.takes_away or "" < str(c.new.get("offboarding_date") or "") < limit)
