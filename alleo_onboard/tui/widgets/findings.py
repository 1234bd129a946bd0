"""The list of the check: one line per attribute and finding, in columns."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from alleo_onboard.domain.finding import Severity
from alleo_onboard.locale import _
from alleo_onboard.presentation.check import Entry
from alleo_onboard.tui.text import joined, lines, plain
from alleo_onboard.tui.widgets.bars import filled
from alleo_onboard.tui.widgets.cells import fit, wrapped

_LABEL = 17  # least width of the attribute's name, in cells
_PICTURED, _WIDEST = 12, 40  # cells of a bar
_MARK = {Severity.ERROR: "!", Severity.WARNING: "!", Severity.INFO: "i", None: "✓"}
_STYLE = {Severity.ERROR: "bold $warning", Severity.WARNING: "$warning", Severity.INFO: "$primary", None: "$success"}


class FindingList(OptionList):
    """The list of attributes and findings. The screen shows the details of the selected entry."""

    def __init__(self) -> None:
        super().__init__(id="findings", markup=False, compact=True)
        self.shown: Sequence[Entry] = ()

    def show(self, shown: Sequence[Entry], room: int) -> None:
        """Shows the entries in `room` cells.

        Keeps the selection if its entry is still there, else selects the first.
        """
        widths = _widths(room, shown)
        before = self.selected.key if self.selected else ""
        self.shown = shown
        self.clear_options()
        self.add_options([Option(_line(entry, widths, room)) for entry in shown])
        keys = [entry.key for entry in shown]
        self.highlighted = (keys.index(before) if before in keys else 0) if keys else None

    @property
    def selected(self) -> Entry | None:
        """The selected entry, or None."""
        place = self.highlighted
        return self.shown[place] if place is not None and place < len(self.shown) else None


def heads(room: int, shown: Sequence[Entry] = ()) -> Content:
    """Returns the line of column headings for `room` cells."""
    return plain("  " + _cells(_names(), _widths(room, shown)), "$quiet")


def _names() -> tuple[str, ...]:
    return _("Attribute"), _("Alleo uses it for"), _("Readable"), _("Filled")


def _widths(room: int, shown: Sequence[Entry]) -> tuple[int, int, int, int]:
    """Returns the widths of label, use, readable and filled, in cells.

    Each is as wide as its content. The use is left out where it does not fit: the detail below shows it.
    """
    rows = [_names(), *(entry.cells for entry in shown if len(entry.cells) > 1)]
    label, use, readable, filled = (max(map(cell_len, column)) for column in zip(*rows, strict=True))
    label, readable, filled = max(label, _LABEL), min(readable, 14), min(max(filled, 10), 34)
    left = room - label - use - readable - filled - 5  # 5 for the mark and the spaces between columns
    if left >= 0:
        return label, use, readable + int(left > 1), filled  # "Yes / No 28 Yes" is easier to read with two spaces
    label = max(_LABEL, min(label, room - readable - filled - 4))
    readable += int(label + readable + filled + 5 < room)
    return label, 0, readable, max(8, min(filled, room - label - readable - 4))


def _line(entry: Entry, widths: tuple[int, ...], room: int) -> Content:
    """Returns the line of an entry, or several where a cell is longer than its column."""
    if len(entry.cells) == 1:
        widths = (room - 3,)
    columns = [(wrapped(cell, width), width) for cell, width in zip(entry.cells, widths, strict=True) if width]
    style = _STYLE[entry.severity]
    told = style if entry.severity is Severity.ERROR else ""
    bar = _bar(entry, room - sum(widths) - 7) if all(widths) else ()  # all words first, then the picture
    rows = []
    for n in range(max(len(parts) for parts, _width in columns)):
        first, *rest = (fit("".join(parts[n : n + 1]), width) for parts, width in columns)
        mark = " " if n else _MARK[entry.severity]
        rows.append(joined(plain(f"{mark} {first} ", style), plain(" ".join(rest), told), *(() if n else bar)))
    return lines(rows)


def _bar(entry: Entry, width: int) -> tuple[Content, ...]:
    """Returns how many have a value as a bar, where so wide a list leaves room for it."""
    if entry.share is None or width < _PICTURED:
        return ()
    width = min(width, _WIDEST)
    full = filled(entry.share, width)
    return plain("  "), plain(full, "$success"), plain("░" * (width - len(full)), "$quiet")


def _cells(cells: Sequence[str], widths: Sequence[int]) -> str:
    return " ".join(fit(cell, width) for cell, width in zip(cells, widths, strict=True) if width)
