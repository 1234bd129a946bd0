"""Draws a table as text: columns share the width, long values are wrapped, nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from textual.content import Content

from alleo_onboard.presentation.tables import Table
from alleo_onboard.tui.text import plain
from alleo_onboard.tui.widgets.cells import aligned, fit, wrapped

_GAP = 2
_LEAST = 6  # cells; the least width of a column


def sheet(table: Table, room: int) -> Iterator[Content]:
    """Yields the lines of a table, at most `room` cells wide; headings in a quiet colour."""
    widths = _widths(table, room)
    right = [name in table.right for name in table.columns]
    for line in _folded(table.columns, widths, right):
        yield plain(line, "$quiet")
    for row in table.rows:
        for line in _folded(row, widths, right):
            yield plain(line)


def _widths(table: Table, room: int) -> list[int]:
    """Returns the width of each column in cells. Shortens the widest columns until all fit."""
    needed = [
        max(cell_len(aligned(text)) for text in column) for column in zip(table.columns, *table.rows, strict=True)
    ]
    spare = room - _GAP * (len(needed) - 1)
    while sum(needed) > spare and max(needed) > _LEAST:
        needed[needed.index(max(needed))] -= 1
    return needed


def _folded(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    cells = [wrapped(text, width) for text, width in zip(row, widths, strict=True)]
    for parts in zip_longest(*cells, fillvalue=""):
        told = [fit(part, width, right=set_right) for part, width, set_right in zip(parts, widths, right, strict=True)]
        yield (" " * _GAP).join(told).rstrip()
