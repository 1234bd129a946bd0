"""The table of people. Draws only visible lines, and of those only changed ones."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import N_
from alleo_onboard.presentation.pages.preview import nobody_here
from alleo_onboard.presentation.people.columns import Column, Placed, arrange
from alleo_onboard.presentation.people.filter import Filter, Group
from alleo_onboard.presentation.people.view import PeopleView, Sort
from alleo_onboard.tui.widgets.people_line import COMPONENTS, LinePainter

HEADER = 1  # line
ROOMY = 85  # columns from which addresses matter more than changes


class PeopleTable(ScrollView, can_focus=True):
    """The table of people. Line 0 is the fixed header. `cursor` is a row of the view."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)
    DEFAULT_CSS = """
    PeopleTable {
        height: 1fr; min-height: 3; background: $background; color: $foreground; overflow-x: hidden;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        & > .people--header { background: $panel; color: $foreground; text-style: bold; }
        & > .people--sorted { background: $panel; color: $primary; text-style: bold; }
        & > .people--text { color: $foreground; }
        & > .people--sync { color: $success; }
        & > .people--skip { color: $foreground 65%; }
        & > .people--blocked { color: $warning; text-style: bold; }
        & > .people--cursor { background: $surface; }
        &:focus > .people--cursor { background: $primary 35%; text-style: bold; }
        & > .people--hover { background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", N_("Up"), show=False),
        Binding("down", "move(1)", N_("Down"), show=False),
        Binding("pageup", "page(-1)", N_("A page up"), show=False),
        Binding("pagedown", "page(1)", N_("A page down"), show=False),
        Binding("home", "edge(-1)", N_("To the first"), show=False),
        Binding("end", "edge(1)", N_("To the last"), show=False),
        Binding("enter", "open", N_("Open")),
        Binding("s", "sort", N_("Sort"), show=False),
        Binding("S", "reverse", N_("Turn the order around"), show=False),
    ]

    cursor = reactive(0, repaint=False)
    _hover: reactive[int] = reactive(-1, repaint=False)

    class Highlighted(Message):
        """Posted when the cursor moves to another person. `person` is None when the table is empty."""

        def __init__(self, person: Person | None) -> None:
            super().__init__()
            self.person = person

    class Opened(Message):
        """Posted when a person is opened."""

        def __init__(self, person: Person) -> None:
            super().__init__()
            self.person = person

    def __init__(self, view: PeopleView | None = None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._view = view
        self._columns: tuple[Placed, ...] = ()
        self._paint = LinePainter(self.get_component_rich_style)

    @property
    def view(self) -> PeopleView | None:
        """The people shown, or None before the first `show`."""
        return self._view

    @property
    def person(self) -> Person | None:
        """The person under the cursor, or None."""
        if self._view is None or not 0 <= self.cursor < len(self._view):
            return None
        return self._view.person(self.cursor)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that fit now."""
        return tuple(placed.column for placed in self._columns)

    def show(self, view: PeopleView) -> None:
        """Shows other people and moves the cursor to the first."""
        self._view = view
        self._lay_out()
        self._rows_changed(None)

    def veil(self, *, veiled: bool) -> None:
        """Hides or shows names and addresses."""
        self._paint.veiled = veiled
        self._paint.forget()
        self.refresh()

    def narrow(self, wanted: Filter) -> None:
        """Applies a filter. The cursor stays on its person if that person is still shown."""
        if self._view is not None:
            here = self._here()
            self._view.narrow(wanted)
            self._lay_out()
            self._rows_changed(here)

    def sort(self, sort: Sort) -> None:
        """Sorts the rows. The cursor stays on its person."""
        if self._view is not None:
            here = self._here()
            self._view.sort_by(sort)
            self._rows_changed(here)

    def _here(self) -> int | None:
        """Returns the index in the plan of the person under the cursor, or None."""
        return self._view.rows[self.cursor] if self._view is not None and self.person else None

    def _rows_changed(self, place: int | None) -> None:
        assert self._view is not None  # noqa: S101 - rows belong to a view
        self._paint.forget()
        row = self._view.row_of(place) if place is not None else None
        self.virtual_size = Size(self.size.width, len(self._view) + HEADER)
        self.set_reactive(PeopleTable.cursor, row or 0)
        self.set_reactive(PeopleTable._hover, -1)
        self._reveal(self.cursor, centred=row is not None)
        self.refresh()
        self.post_message(self.Highlighted(self.person))

    # Layout

    def on_resize(self) -> None:
        self._lay_out()
        self._reveal(self.cursor)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._paint.forget()

    def _lay_out(self) -> None:
        if self._view is None:
            return
        width = self.scrollable_content_region.width
        # If not all columns fit, `arrange` drops `last` first: the change, which the card below the table shows too,
        # or the address, where the table is narrow or the group is about changes.
        addresses = width >= ROOMY and self._view.filter.group is not Group.CHANGES
        last = Column.CHANGE if addresses else Column.EMAIL
        self._columns = arrange(width - 1, self._view.columns, self._view.needs, last)
        self._paint.forget()
        self.virtual_size = Size(width, len(self._view) + HEADER)

    # Drawing

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if self._view is None:
            return Strip.blank(width, self.rich_style)
        if y < HEADER:
            return self._paint.header(self._columns, self._view.sort, width)
        row = self.scroll_offset.y + y - HEADER
        if row >= len(self._view):
            nobody = nobody_here() if row == 0 and not len(self._view) else ""
            return self._paint.blank(nobody, width)
        cursor, hover = row == self.cursor, row == self._hover
        return self._paint.person(self._view, row, self._columns, width, cursor=cursor, hover=hover)

    def _refresh_row(self, row: int) -> None:
        y = row - self.scroll_offset.y + HEADER
        if HEADER <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    # Moving

    @property
    def page(self) -> int:
        """The number of visible rows."""
        return max(1, self.size.height - HEADER)

    def watch_cursor(self, old: int, new: int) -> None:
        self._refresh_row(old)
        self._reveal(new)
        self._refresh_row(new)
        self.post_message(self.Highlighted(self.person))

    def watch__hover(self, old: int, new: int) -> None:
        self._refresh_row(old)
        self._refresh_row(new)

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, (0 if self._view is None else len(self._view)) - 1))

    def _reveal(self, row: int, *, centred: bool = False) -> None:
        top = self.scroll_offset.y
        if row < top or row >= top + self.page:
            wanted = row - self.page // 2 if centred else row if row < top else row - self.page + 1
            self.scroll_to(y=max(0, wanted), animate=False, force=True)

    def action_move(self, by: int) -> None:
        self.cursor += by

    def action_page(self, by: int) -> None:
        self.cursor += by * self.page

    def action_edge(self, towards: int) -> None:
        self.cursor = 0 if towards < 0 or self._view is None else len(self._view) - 1

    def action_open(self) -> None:
        if self.person:
            self.post_message(self.Opened(self.person))

    # Sorting

    def action_sort(self) -> None:
        """Sorts by the next visible column."""
        if self._view is not None and self.columns:
            now = self._view.sort.column
            place = self.columns.index(now) + 1 if now in self.columns else 0
            self.sort(Sort.first(self.columns[place % len(self.columns)]))

    def action_reverse(self) -> None:
        if self._view is not None:
            self.sort(Sort(self._view.sort.column, not self._view.sort.reverse))

    # Mouse

    def on_click(self, event: events.Click) -> None:
        if self._view is None:
            return
        if event.y < HEADER:
            self._click_header(event.x)
        elif (row := self._row_at(event.y)) is not None:
            self.cursor = row
            if event.chain == 2:
                self.action_open()

    def _click_header(self, x: int) -> None:
        assert self._view is not None  # noqa: S101 - there is a header
        hit = next((p.column for p in self._columns if p.x <= x < p.x + p.width + 1), None)
        if hit is self._view.sort.column:
            self.action_reverse()
        elif hit:
            self.sort(Sort.first(hit))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        row = self._row_at(event.y)
        self._hover = -1 if row is None else row

    def on_leave(self) -> None:
        self._hover = -1

    def _row_at(self, y: int) -> int | None:
        row = self.scroll_offset.y + y - HEADER
        return row if self._view is not None and y >= HEADER and row < len(self._view) else None
