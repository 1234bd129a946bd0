"""Prepares the people view in a thread."""

from __future__ import annotations

from alleo_onboard.domain.plan import Plan
from alleo_onboard.presentation.people.view import PeopleView


def prepared(plan: Plan, before: Plan | None) -> tuple[PeopleView, bool]:
    """Returns the view, and whether the plan has the same changes as the one before."""
    _ = plan.summary
    return PeopleView(plan).warm(), before is not None and before.changes == plan.changes
