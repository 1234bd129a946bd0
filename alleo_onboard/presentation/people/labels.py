"""Labels of groups, columns and details, and the mark of each decision."""

from __future__ import annotations

from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.locale import _, kept
from alleo_onboard.presentation.labels import decision_label, kind_label, reason_short
from alleo_onboard.presentation.people.columns import Column
from alleo_onboard.presentation.people.filter import Detail, Group

MARKS = {Decision.SYNC: "✓", Decision.SKIP: "·", Decision.BLOCKED: "!"}


@kept
def _groups() -> dict[Group, str]:
    return {
        Group.ALL: _("All"),
        Group.SYNC: _("Sync"),
        Group.SKIP: _("Left out"),
        Group.BLOCKED: _("To mend"),
        Group.CHANGES: _("Changes"),
        Group.PROBLEMS: _("Look at"),
    }


def group_label(group: Group) -> str:
    return _groups()[group]


@kept
def _columns() -> dict[Column, str]:
    return {
        Column.NAME: _("Name"),
        Column.EMAIL: _("E-mail"),
        Column.DECISION: _("Decision"),
        Column.WHY: _("Why"),
        Column.CHANGE: _("At Alleo"),
        Column.MONTHLY: _("Monthly"),
        Column.ONCE: _("Once"),
    }


def column_label(column: Column) -> str:
    return _columns()[column]


def detail_label(detail: Detail) -> str:
    return kind_label(detail) if isinstance(detail, Kind) else reason_short(detail)


def decision_text(decision: Decision) -> str:
    """Returns mark and word, so that it can be read without colour."""
    return f"{MARKS[decision]} {decision_label(decision)}"
