"""The table of people in a terminal: keys, mouse, aligned columns, and only visible lines are drawn."""

import pytest
from crowd import crowd, person, plan_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events
from textual.app import App
from thorough import examples

from alleo_onboard.presentation.people.columns import Column
from alleo_onboard.presentation.people.filter import Filter, Group
from alleo_onboard.presentation.people.surname import listed
from alleo_onboard.presentation.people.view import PeopleView, Sort
from alleo_onboard.tui.widgets.cells import aligned, fit, wrapped
from alleo_onboard.tui.widgets.people_table import PeopleTable

pytestmark = pytest.mark.usefixtures("every_frame_drawn")


class Alone(App):
    def __init__(self, plan):
        super().__init__()
        self.table = PeopleTable(PeopleView(plan))
        self.heard = []

    def compose(self):
        yield self.table

    def on_people_table_opened(self, event):
        self.heard.append(event.person)


def text(app):
    return [strip.text for strip in app.screen._compositor.render_strips()]


@pytest.fixture(scope="module")
def plan():
    return crowd(3000)


async def test_keys_move_the_cursor_and_the_page(plan):
    app = Alone(plan)
    async with app.run_test(size=(90, 12)) as pilot:
        table = app.table
        await pilot.press("down", "down", "up")
        assert table.cursor == 1
        await pilot.press("pagedown")
        assert table.cursor == 12
        await pilot.press("end")
        assert table.cursor == 2999
        assert listed(table.person) in text(app)[-1]
        assert text(app)[-1].startswith("▸ ")
        await pilot.press("down")
        assert table.cursor == 2999
        await pilot.press("pageup", "home", "up")
        assert table.cursor == 0
        assert text(app)[1].startswith("▸ ")
        await pilot.press("enter")
        await pilot.pause()
        assert app.heard == [table.view.person(0)]


async def test_the_mouse_does_it_all(plan):
    app = Alone(plan)
    async with app.run_test(size=(90, 12)) as pilot:
        table = app.table
        await pilot.click(table, offset=(5, 4))
        assert table.cursor == 3
        assert app.heard == []
        await pilot.click(table, offset=(5, 4), times=2)
        await pilot.pause()
        assert app.heard == [table.person]
        held = table.person
        decision = next(p for p in table._columns if p.column is Column.DECISION)
        await pilot.click(table, offset=(decision.x, 0))
        assert table.view.sort == Sort(Column.DECISION)
        assert table.person is held
        await pilot.click(table, offset=(decision.x, 0))
        assert table.view.sort == Sort(Column.DECISION, reverse=True)
        money = next(p for p in table._columns if p.column is Column.MONTHLY)
        await pilot.click(table, offset=(money.x + 2, 0))
        assert table.view.sort == Sort(Column.MONTHLY, reverse=True)


async def test_the_wheel_scrolls_and_the_cursor_stays(plan):
    app = Alone(plan)
    async with app.run_test(size=(90, 12)) as pilot:
        await pilot.pause()
        before = text(app)
        wheel = events.MouseScrollDown(app.table, 5, 5, 0, 1, 0, False, False, False, 5, 5)
        app.screen._forward_event(wheel)
        await pilot.pause()
        assert text(app)[0] == before[0]
        assert text(app)[1] != before[1]
        assert app.table.cursor == 0
        await pilot.press("down")
        assert app.table.scroll_offset.y <= 1


async def test_a_move_draws_two_lines_and_no_more(plan):
    app = Alone(plan)
    async with app.run_test(size=(90, 12)) as pilot:
        await pilot.press("down")
        await pilot.pause(0.1)
        drawn = []
        draw = app.table._paint._drawn
        app.table._paint._drawn = lambda view, row, *a, **k: drawn.append(row) or draw(view, row, *a, **k)
        await pilot.press("down")
        assert set(drawn) <= {1, 2}
        drawn.clear()
        app.table.narrow(Filter(Group.SYNC))
        await pilot.pause()
        assert 0 < len(drawn) <= 12


async def test_narrowing_stays_with_the_person(plan):
    app = Alone(plan)
    async with app.run_test(size=(90, 12)) as pilot:
        table = app.table
        table.sort(Sort(Column.DECISION))
        await pilot.press("end")
        held = table.person
        table.narrow(Filter(search=held.name))
        await pilot.pause()
        assert table.person is held
        table.narrow(Filter(search="nobody is called that"))
        await pilot.pause()
        assert table.person is None
        assert "Nobody here." in text(app)[1]
        await pilot.press("enter", "down", "end", "s")
        assert app.heard == []
        table.narrow(Filter())
        await pilot.pause()
        assert table.person is not None


async def test_every_column_can_be_sorted_by_key(plan):
    app = Alone(plan)
    async with app.run_test(size=(130, 12)) as pilot:
        seen = set()
        for _ in app.table.columns:
            await pilot.press("s")
            seen.add(app.table.view.sort.column)
        assert seen == set(app.table.columns) == set(Column)
        reverse = app.table.view.sort.reverse
        await pilot.press("S")
        assert app.table.view.sort.reverse is not reverse


async def test_columns_follow_the_width(plan):
    app = Alone(plan)
    async with app.run_test(size=(60, 12)) as pilot:
        assert Column.NAME in app.table.columns
        assert Column.EMAIL not in app.table.columns
        await pilot.resize_terminal(160, 12)
        await pilot.pause()
        assert set(app.table.columns) == set(Column)
        assert {cell_len(line) for line in text(app)} == {160}


HOSTILE = (
    "Müller [/b] Anna",
    "[@click=app.quit]press[/]",
    "\x1b[2J\x1b[31mred",
    "a\nb\tc\r",
    "\u202egnp.exe",
    "\u2066isolated",
    "👨\u200d👩\u200d👧 Family",
    "❤\ufe0f",
    "Z\u0300\u0301\u0302\u0303\u0304algo",
    "李小龍",
    "שלום",
    "\ud800",
    "e\u0301",
    "\u00ad",
)
LINES = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40))


@given(LINES, st.integers(1, 50), st.booleans())
def test_cells_have_the_width_they_are_given(name, width, right):
    cell = fit(name, width, right=right)
    assert cell_len(cell) == width
    assert cell.isprintable()
    cell.encode()


@given(LINES, st.integers(4, 30))
def test_wrapped_lines_fit_and_lose_nothing(name, width):
    lines = wrapped(name, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(aligned(name).split())


@settings(
    max_examples=examples(2, 12),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(LINES, min_size=1, max_size=8))
async def test_no_name_moves_a_column_or_acts(names):
    people = [
        person(n, first_name=name, last_name=name, email=f"{name}@x", alleo=name) for n, name in enumerate(names, 1)
    ]
    app = Alone(plan_of(*people, accounts=()))
    async with app.run_test(size=(100, 12)) as pilot:
        for line in range(1, len(names) + 1):
            await pilot.click(app.table, offset=(4, line))
        assert app.is_running
        assert app.table.cursor == len(names) - 1
        assert {cell_len(line) for line in text(app)} == {100}
