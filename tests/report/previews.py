"""Previews of made-up companies, and their reports."""

from __future__ import annotations

from datetime import UTC, date, datetime

from crowd import TODAY, plan_of

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.attributes import Attribute
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.readiness import conclude, examine
from alleo_onboard.presentation.export.report import About, Report, report
from alleo_onboard.usecases.preview.preview import Preview

NAMES = ("email", "first_name", "last_name", "status", "hire_date", "termination_date", "department", "date_of_birth")
ABOUT = About("Polderwerk", TODAY, datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
BORN = date(1971, 5, 17)


def preview_of(plan: Plan, *more: Attribute) -> Preview:
    """Returns a preview with this plan."""
    source = examine([*(Attribute(n, n, "standard", n) for n in NAMES), *more], ["employees:read"], None)
    staff = [p.employee for p in plan.people if p.employee]
    return Preview(conclude(source, staff, frozenset(e.id for e in staff), complete=True), plan)


def told_of(*people: Employee, names: bool = True, accounts: tuple[Account, ...] | None = None) -> Report:
    """Returns the report on these people."""
    return report(preview_of(plan_of(*people, accounts=accounts)), ABOUT, names=names)
