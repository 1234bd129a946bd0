"""The columns of the table of people: which ones fit, and their widths."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

GAP = 2
MARGIN = 2  # cells at the left, for the cursor


class Column(StrEnum):
    """The columns, in the order of the table."""

    NAME = "name"
    EMAIL = "email"
    DECISION = "decision"
    WHY = "why"
    CHANGE = "change"
    MONTHLY = "monthly"
    ONCE = "once"


MONEY = frozenset({Column.MONTHLY, Column.ONCE})
# The more important columns first; the last ones are dropped when there is no room.
_PRECEDENCE = (
    Column.NAME,
    Column.DECISION,
    Column.WHY,
    Column.MONTHLY,
    Column.ONCE,
    Column.CHANGE,
    Column.EMAIL,
)
# Extra width goes first to names and addresses, which cannot be shortened; reasons and changes can.
_SHARES = (Column.NAME, Column.EMAIL, Column.WHY, Column.CHANGE)
_LEAST = {
    Column.NAME: 18,
    Column.EMAIL: 20,
    Column.DECISION: 10,
    Column.WHY: 21,
    Column.CHANGE: 11,
    Column.MONTHLY: 8,
    Column.ONCE: 8,
}
_NARROW = {Column.WHY: 10, Column.NAME: 14}  # cells; texts cut here are shown in full below the table
_ENOUGH = {Column.NAME: 28, Column.EMAIL: 40, Column.WHY: 42, Column.CHANGE: 24}


@dataclass(frozen=True, slots=True)
class Placed:
    """A column with its position and width, in terminal cells."""

    column: Column
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Need:
    """Widths of one column's content, in cells: the `least` that is useful, and the `most` that it can use."""

    least: int
    most: int


def arrange(
    width: int,
    present: Collection[Column],
    content: Mapping[Column, Need] | None = None,
    last: Column = Column.EMAIL,
) -> tuple[Placed, ...]:
    """Returns the columns that fit into `width` cells, in order. `last` is dropped first.

    Money columns always get their full width, text columns between least and most.
    """
    asked = content or {}
    needs = _LEAST | {c: n.least for c, n in asked.items()}
    enough = {c: min(n, asked[c].most) if c in asked else n for c, n in _ENOUGH.items()}
    widths, left = _fitting(width - MARGIN, needs, present, last)
    if any(column in present and column not in widths for column in MONEY):
        widths, left = _fitting(width - MARGIN, _narrowed(width - MARGIN, needs, present), present, last)
    _share_out(widths, enough, left)
    placed, x = [], MARGIN
    for column in Column:
        if column in widths:
            placed.append(Placed(column, x, widths[column]))
            x += widths[column] + GAP
    return tuple(placed)


def _fitting(
    left: int, needs: Mapping[Column, int], present: Collection[Column], last: Column
) -> tuple[dict[Column, int], int]:
    """Returns the columns that fit with their widths, and the width that is left."""
    widths: dict[Column, int] = {}
    for column in sorted(_PRECEDENCE, key=lambda column: column is last):
        taken = needs[column] + (GAP if widths else 0)
        if column in present and (taken <= left or not widths):
            widths[column] = needs[column]
            left -= taken
    return widths, left


def _narrowed(width: int, needs: Mapping[Column, int], present: Collection[Column]) -> dict[Column, int]:
    """Returns the needed widths, with reasons and names narrowed so that the amounts fit: no amount is left out."""
    wanted = [column for column in _PRECEDENCE[: _PRECEDENCE.index(Column.ONCE) + 1] if column in present]
    short = sum(needs[column] + GAP for column in wanted) - GAP - width
    narrowed = dict(needs)
    for column, least in _NARROW.items():
        given = max(0, min(short, narrowed[column] - least))
        narrowed[column] -= given
        short -= given
    return narrowed


def _share_out(widths: dict[Column, int], enough: Mapping[Column, int], left: int) -> None:
    """Gives the remaining width to the text columns, one after the other, up to what each can use."""
    for column in _SHARES:
        if column in widths:
            more = max(0, min(left, enough[column] - widths[column]))
            widths[column] += more
            left -= more
