"""Draws one line of the table of people as Rich segments."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.plan import Person
from alleo_onboard.locale.formats import amount as amount_text
from alleo_onboard.locale.terms import reason_label
from alleo_onboard.presentation import veil
from alleo_onboard.presentation.labels import kind_label, kind_short, problem_label, problem_short, reason_short
from alleo_onboard.presentation.people.columns import GAP, MARGIN, MONEY, Column, Placed
from alleo_onboard.presentation.people.labels import column_label, decision_text
from alleo_onboard.presentation.people.surname import listed
from alleo_onboard.presentation.people.view import PeopleView, Sort
from alleo_onboard.tui.widgets.cells import fit

COMPONENTS = (
    "people--header",
    "people--sorted",
    "people--text",
    "people--sync",
    "people--skip",
    "people--blocked",
    "people--cursor",
    "people--hover",
)
Code = TypeVar("Code")
_KEPT = 500  # lines; several screens, so that scrolling back needs no redraw


class LinePainter:
    """Draws lines and caches recent ones. `style_of` returns the style of a component class."""

    def __init__(self, style_of: Callable[..., Style]) -> None:
        self._style_of = style_of
        self.veiled = False  # True while names and addresses are hidden
        self._lines: dict[tuple[int, bool, bool, int], Strip] = {}
        self._pairs: dict[tuple[Decision, bool, bool], tuple[Style, Style]] = {}

    def forget(self) -> None:
        """Clears the cache. Call it when widths, colours or rows changed."""
        self._lines.clear()
        self._pairs.clear()

    def header(self, columns: tuple[Placed, ...], sort: Sort, width: int) -> Strip:
        """Returns the heading line, `width` cells wide."""
        plain, marked = self._style_of("people--header"), self._style_of("people--sorted")
        segments = [Segment(" " * MARGIN, plain)]
        for placed in columns:
            label, right = column_label(placed.column), placed.column in MONEY
            if placed.column is sort.column:
                arrow = "▾" if sort.reverse else "▴"
                label = f"{arrow}{label}" if right else f"{label} {arrow}"
            style = marked if placed.column is sort.column else plain
            segments += (Segment(fit(label, placed.width, right=right), style), Segment(" " * GAP, plain))
        return Strip(segments).adjust_cell_length(width, plain)

    def blank(self, text: str, width: int) -> Strip:
        """Returns a line with only `text`, `width` cells wide."""
        style = self._style_of("people--skip")
        return Strip([Segment(" " * MARGIN + text, style)]).adjust_cell_length(width, style)

    def person(
        self, view: PeopleView, row: int, columns: tuple[Placed, ...], width: int, *, cursor: bool, hover: bool
    ) -> Strip:
        """Returns the line of the person in `row` of the view, `width` cells wide."""
        key = (view.rows[row], cursor, hover, width)
        line = self._lines.get(key)
        if line is None:
            if len(self._lines) >= _KEPT:
                self._lines.clear()
            line = self._lines[key] = self._drawn(view, row, columns, width, cursor=cursor, hover=hover)
        return line

    def _drawn(
        self, view: PeopleView, row: int, columns: tuple[Placed, ...], width: int, *, cursor: bool, hover: bool
    ) -> Strip:
        person = view.person(row)
        text, state = self._styles(person.decision, cursor=cursor, hover=hover)
        left_out = person.decision is Decision.SKIP
        cells = [("▸ " if cursor else " " * MARGIN, text)]
        for placed in columns:
            marked = placed.column in _MARKED or (left_out and placed.column is Column.NAME)
            cell = fit(
                _content(view, row, person, placed, veiled=self.veiled), placed.width, right=placed.column in MONEY
            )
            cells.append((cell + " " * GAP, state if marked else text))
        return _strip(cells, width, text)

    def _styles(self, decision: Decision, *, cursor: bool, hover: bool) -> tuple[Style, Style]:
        """Returns the style of plain cells and of cells coloured by the decision."""
        key = (decision, cursor, hover)
        if key not in self._pairs:
            text, state = self._style_of("people--text"), self._style_of(f"people--{decision.value}")
            if cursor or hover:
                # Only the background changes, because the colour shows the decision. Muted text would be unreadable
                # under the cursor.
                style = self._style_of("people--cursor" if cursor else "people--hover")
                ground = Style(bgcolor=style.bgcolor, bold=style.bold or None)
                state = text if cursor and decision is Decision.SKIP else state
                text, state = text + ground, state + ground
            self._pairs[key] = text, state
        return self._pairs[key]


_MARKED = frozenset({Column.DECISION, Column.WHY})


def _strip(cells: list[tuple[str, Style]], width: int, last: Style) -> Strip:
    """Returns the cells as a strip. Joins neighbours of one style, so that less is sent to the terminal."""
    runs: list[tuple[str, Style]] = []
    for text, style in cells:
        if runs and runs[-1][1] is style:
            runs[-1] = (runs[-1][0] + text, style)
        else:
            runs.append((text, style))
    return Strip([Segment(text, style) for text, style in runs]).adjust_cell_length(width, last)


def _content(view: PeopleView, row: int, person: Person, placed: Placed, *, veiled: bool) -> str:
    column = placed.column
    if column is Column.NAME:
        return veil.name(person.personio_id) if veiled else listed(person)
    if column is Column.EMAIL:
        return veil.address(person.email) if veiled else person.email
    if column is Column.DECISION:
        return decision_text(person.decision)
    if column is Column.WHY:
        return _why(person, placed.width)
    if column is Column.CHANGE:
        return _worded(person.change.kind, kind_label, kind_short, placed.width) if person.change else ""
    amount = view.amount(row, column)
    return amount_text(amount) if amount else ""


def _why(person: Person, width: int) -> str:
    """Returns the deciding reason; for somebody who gets Alleo but has a problem, the problem."""
    if person.decision is Decision.SYNC and person.problems:
        return _worded(person.problems[0], problem_label, problem_short, width)
    return _worded(person.reasons[0], reason_label, reason_short, width) if person.reasons else ""


def _worded(code: Code, long: Callable[[Code], str], short: Callable[[Code], str], width: int) -> str:
    """Returns the long text if it fits `width`, else the short one."""
    return text if len(text := long(code)) <= width else short(code)
