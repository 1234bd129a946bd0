"""Step 3: who would sync, with which budgets, and what would change at Alleo. Writes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Input

from alleo_onboard.locale import N_, _
from alleo_onboard.presentation import preview as overview
from alleo_onboard.presentation.pages.preview import (
    digits_choose,
    drawn_help,
    no_preview_yet,
    reading_people_from_personio,
    so_many_of,
    working_out_who_would_sync,
)
from alleo_onboard.presentation.people.filter import Detail, Filter, Group
from alleo_onboard.presentation.people.prepare import prepared
from alleo_onboard.presentation.people.view import PeopleView
from alleo_onboard.presentation.rules import Context
from alleo_onboard.tui.screens.step import TALL, StepScreen
from alleo_onboard.tui.text import plain
from alleo_onboard.tui.widgets.chip_bar import ChipBar
from alleo_onboard.tui.widgets.fields import Search
from alleo_onboard.tui.widgets.overview import Overview
from alleo_onboard.tui.widgets.people_chips import detail_chips, group_chips
from alleo_onboard.tui.widgets.people_table import PeopleTable
from alleo_onboard.tui.widgets.person_card import PersonCard
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.wizard.steps import Step


class PreviewScreen(StepScreen):
    """Step 3: the table of people with filters, search, and details of one person."""

    step = Step.PREVIEW
    SCROLLS = False
    CSS_PATH = "preview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", N_("Search"), key_display="/"),
        Binding("r", "again", N_("Read again")),
        Binding("e", "export", N_("Export")),
        Binding("c", "copy", N_("Copy summary")),
        Binding("equals_sign", "compare", N_("Compare"), key_display="="),
        *(Binding(str(n + 1), f"group({n})", N_("Choose a group"), show=False) for n in range(len(Group))),
        Binding("f", "detail", N_("Narrow the group"), show=False),
        Binding("escape", "to_list", N_("To the list"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown: Preview | None = None
        self._view: PeopleView | None = None
        self._wanted: Filter | None = None
        self._decided = Context()
        self._low = True
        self.add_class("-empty")

    def compose_body(self) -> ComposeResult:
        yield Overview(id="overview")
        yield ChipBar(id="groups")
        with Horizontal(id="details-row"):
            yield ChipBar(id="details")
            yield Say(id="found")
            yield Search(placeholder=_("/ Search"), id="search")
        yield PeopleTable(id="people")
        with Horizontal(id="walk"):
            yield Button(plain(_("‹ All people")), id="list", action="screen.to_list", compact=True)
            yield Button(plain(_("← Before")), id="before", action="screen.person(-1)", compact=True)
            yield Button(plain(_("After →")), id="after", action="screen.person(1)", compact=True)
        yield PersonCard(id="card")

    def help_text(self) -> Sequence[str]:
        return drawn_help(len(group_chips(view)) if (view := self.table.view) else len(Group))

    @property
    def table(self) -> PeopleTable:
        return self.query_one(PeopleTable)

    # Reading

    def arrive(self) -> None:
        current = self.sitting.current
        if current is None:
            self._begin(fresh=self.sitting.session.snapshot is None)
        elif current is not self._shown:
            self._begin(fresh=False, known=current)
        elif self._wanted:
            self._narrow(self._wanted)
            self._wanted = None
        self.redraw_people()
        self.table.focus()

    async def say_again(self) -> None:
        row, rows = self.table.cursor, self._view.rows if self._view else ()
        place = rows[row] if row < len(rows) else None
        await super().say_again()
        if self._view and place is not None:
            self.table.cursor = self._view.row_of(place) or 0

    def retell(self) -> None:
        super().retell()
        if self._shown and self._view:
            self._view.forget_words()
            self.sitting.settle(self.step, overview.note(self._view), afresh=False)
            self._wanted = self._view.filter
            self._show(self._shown, self._view)
        self.redraw_people()
        search = self.query_one("#search", Input)
        search.set_class(bool(search.value), "-filled")
        if self.has_class("-person"):
            self._open_person()

    def action_again(self) -> None:
        self._begin(fresh=True)

    def _begin(self, *, fresh: bool, known: Preview | None = None) -> None:
        async def job() -> None:
            await self._read(fresh=fresh, known=known)

        busy = reading_people_from_personio() if fresh else working_out_who_would_sync()
        self.start(job, busy)
        if self._shown is None:
            self.query_one(Overview).busy(busy)

    async def _read(self, *, fresh: bool, known: Preview | None) -> None:
        from alleo_onboard.usecases.preview.preview import preview

        sitting = self.sitting
        found = known or await preview(sitting.session, fresh=fresh, release=sitting.release)
        before = sitting.preview.plan if sitting.preview else None
        # In a thread: sorting and counting many people takes a moment, and the keys must keep working.
        view, same = await asyncio.to_thread(prepared, found.plan, before)
        sitting.found(found)
        sitting.settle(self.step, overview.note(view), afresh=not same)
        self._show(found, view)

    def failed(self, trouble: Exception) -> None:
        super().failed(trouble)  # type: ignore[arg-type]
        if self._shown is None:
            self.query_one(Overview).busy(no_preview_yet())

    def shows_work(self, text: str) -> None:
        if self._shown is None:
            self.query_one(Overview).busy(text)

    # Showing

    def _show(self, found: Preview, view: PeopleView) -> None:
        snapshot = self.sitting.session.snapshot
        self._shown, self._view = found, view
        selection = found.readiness.source.alleo.selection
        self._decided = Context(selection, snapshot.today if snapshot else None, delivery=found.plan.delivery)
        self.remove_class("-empty")
        self.query_one(Overview).tell(found, view)
        wanted = self._wanted or self._filter
        self._wanted = None
        self.table.show(view)
        self._narrow(wanted if view.counts[wanted.group] else Filter(search=wanted.search))

    def choose(self, wanted: Filter) -> None:
        """Sets the filter to use when the page is shown next."""
        self._wanted = wanted

    def _narrow(self, wanted: Filter) -> None:
        view = self.table.view
        if view is None:
            return
        self.table.narrow(wanted)
        groups = group_chips(view)
        self.query_one("#groups", ChipBar).show(groups, wanted.group)
        self.query_one("#details", ChipBar).show(detail_chips(view, wanted.group), wanted.detail)
        shown, everyone = len(view), view.counts[Group.ALL]
        self.query_one("#found", Say).say(so_many_of(shown, everyone))
        hint = digits_choose(len(groups))
        self.query_one("#details", ChipBar).hint = hint if wanted.group is Group.ALL else ""

    @property
    def _filter(self) -> Filter:
        return self.table.view.filter if self.table.view is not None else Filter()

    def redraw_people(self) -> None:
        veiled = self.onboard.veiled
        self.table.veil(veiled=veiled)
        self.query_one(PersonCard).veil(veiled=veiled)

    # Filtering

    @on(ChipBar.Chosen, "#groups")
    def _group_chosen(self, event: ChipBar.Chosen) -> None:
        assert isinstance(event.value, Group)  # noqa: S101 - the bar was filled with groups
        self._narrow(Filter(event.value, None, self._filter.search))

    @on(ChipBar.Chosen, "#details")
    def _detail_chosen(self, event: ChipBar.Chosen) -> None:
        detail: Detail | None = event.value  # type: ignore[assignment]
        self._narrow(replace(self._filter, detail=detail))

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        event.input.set_class(bool(event.value), "-filled")
        self._narrow(replace(self._filter, search=event.value))

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        self.table.focus()

    def action_group(self, place: int) -> None:
        self.query_one("#groups", ChipBar).choose(place)

    def action_detail(self) -> None:
        self.query_one("#details", ChipBar).turn()

    def action_search(self) -> None:
        self._leave_person()
        self.query_one("#search", Input).focus()

    def on_key(self, event: events.Key) -> None:
        """Moves the focus from the search field to the table on Down."""
        if event.key == "down" and self.query_one("#search").has_focus:
            event.stop()
            self.table.focus()

    # One person

    @on(PeopleTable.Highlighted)
    def _tell_person(self) -> None:
        alone = self.has_class("-person")
        brief = self._low and not alone
        self.query_one(PersonCard).tell(self.table.person, self._decided, brief=brief)

    def on_resize(self, event: events.Resize) -> None:
        self._low = event.size.height < TALL
        self._tell_person()

    @on(PeopleTable.Opened)
    def _open_person(self) -> None:
        self.add_class("-person")
        card = self.query_one(PersonCard)
        card.add_class("-alone")
        card.can_focus = True
        self._tell_person()
        card.focus()

    def action_person(self, by: int) -> None:
        self.table.action_move(by)

    def _leave_person(self) -> None:
        if self.has_class("-person"):
            card = self.query_one(PersonCard)
            card.can_focus = False
            card.remove_class("-alone")
            self.remove_class("-person")
            self._tell_person()
            self.table.focus()

    def action_back(self) -> None:
        if self.has_class("-person"):
            self._leave_person()
        else:
            super().action_back()

    def action_to_list(self) -> None:
        """Handles Escape: from person or search back to the list; in the list, clears the search or leaves the page."""
        search = self.query_one("#search", Input)
        if self.has_class("-person"):
            self._leave_person()
        elif search.has_focus or not search.value:
            if self.table.has_focus:
                self.action_back()
            self.table.focus()
        else:
            search.value = ""

    def action_copy(self) -> None:
        """Copies the summary without names, and shows it, for terminals that cannot copy."""
        from alleo_onboard.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(copies=True))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "search" and self.query("#search:focus"):
            return False
        if action in ("search", "group", "detail"):
            return self._shown is not None and not self.has_class("-person")
        if action in ("export", "copy", "compare"):
            return self._shown is not None and self.sitting.preview is self._shown
        return super().check_action(action, parameters)
