"""The groups of people, and the reasons or changes inside a group, as chips with counts."""

from __future__ import annotations

from alleo_onboard.locale import _
from alleo_onboard.presentation.people.filter import DECISIONS, Group
from alleo_onboard.presentation.people.labels import MARKS, detail_label, group_label
from alleo_onboard.presentation.people.view import PeopleView
from alleo_onboard.tui.widgets.chip_bar import Chip

_STYLES = {
    Group.SYNC: "$success",
    Group.SKIP: "$quiet",
    Group.BLOCKED: "$warning",
    Group.PROBLEMS: "$warning",
}


def group_chips(view: PeopleView) -> list[Chip]:
    """Returns a chip per group. The group of problems only if it is not empty."""
    return [_group(group, n) for group, n in view.counts.items() if n or group is not Group.PROBLEMS]


def _group(group: Group, n: int) -> Chip:
    mark = MARKS[DECISIONS[group]] if group in DECISIONS else "!" if group is Group.PROBLEMS else ""
    label = f"{mark} {group_label(group)}" if mark else group_label(group)
    return Chip(group, label, n, _STYLES.get(group, "$foreground") if n else "$quiet")


def detail_chips(view: PeopleView, group: Group) -> list[Chip]:
    """Returns chips that divide a group, or [] if it has fewer than two parts or is the group of all."""
    details = view.details(group) if group is not Group.ALL else {}
    if len(details) < 2:
        return []
    return [Chip(None, _("Any")), *(Chip(detail, detail_label(detail), n) for detail, n in details.items())]
