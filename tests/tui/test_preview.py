"""The preview page: numbers, people and reasons, with keys only and with the mouse only."""

from contextlib import asynccontextmanager
from dataclasses import replace
from decimal import Decimal

import pytest
from crowd import MONTHLY, person, plan_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from thorough import examples
from wizard_driver import NOW, driving, environment, sandbox, wizard

from alleo_onboard.domain.alleo_field import AlleoField, Selection
from alleo_onboard.domain.eligibility import Reason
from alleo_onboard.domain.readiness import Readiness, Source
from alleo_onboard.domain.secret import Secret
from alleo_onboard.presentation.people.columns import Column
from alleo_onboard.presentation.people.filter import Group
from alleo_onboard.presentation.people.surname import listed
from alleo_onboard.presentation.people.view import Sort
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.preview.session import Snapshot
from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import Step

SIZES = [(80, 24), (120, 40)]


@asynccontextmanager
async def previewing(home, scenario="selective", size=(80, 24), people=34):
    with sandbox(scenario, people) as box:
        app = wizard(environment(box, home))
        app.sitting.state = State(Step.PREVIEW, {}, frozenset({Step.CONNECT, Step.CHECK}))
        async with driving(app, size) as driver:
            yield driver


def names(driver):
    view = driver.app.screen.table.view
    return [view.person(row).name for row in range(len(view))]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scenario", ["selective", "messy-data", "mass-leave"])
async def test_golden(tmp_path, scenario, size):
    async with previewing(tmp_path, scenario, size) as driver:
        driver.golden(f"preview-{scenario}")
        if scenario == "messy-data":
            await driver.keys("4", "f")
            driver.golden("preview-to-mend")
            await driver.keys("enter")
            driver.golden("preview-person")


async def test_with_keys_alone(tmp_path):
    async with previewing(tmp_path, "messy-data") as driver:
        screen = driver.app.screen
        everyone = len(names(driver))
        await driver.keys("4")
        assert screen.table.view.filter.group is Group.BLOCKED
        assert 0 < len(names(driver)) < everyone
        await driver.keys("f")
        detail = screen.table.view.filter.detail
        assert isinstance(detail, Reason)
        assert all(screen.table.view.person(row).reasons[0] is detail for row in range(len(names(driver))))
        await driver.keys("1", "slash", *"vos")
        assert driver.app.focused.value == "vos"
        assert names(driver)
        assert all("vos" in name.casefold() for name in names(driver))
        await driver.keys("down", "enter")
        assert driver.app.focused is screen.query_one("#card")
        assert "Status" in driver.text
        assert "Budgets" in driver.text
        await driver.keys("right")
        assert screen.table.cursor == 1
        assert names(driver)[1] in driver.text
        await driver.keys("escape")
        assert driver.app.focused is screen.table
        await driver.keys("escape")
        assert len(names(driver)) == everyone
        await driver.keys("s")
        assert screen.table.view.sort != Sort()
        await driver.keys("n")
        assert driver.app.sitting.state.at is Step.DELIVERY
        await driver.keys("b")
        assert driver.app.screen is screen


async def test_typed_letters_are_searched_for_and_do_nothing_else(tmp_path):
    async with previewing(tmp_path) as driver:
        await driver.keys("slash", *"bnrqf1")
        assert driver.app.sitting.state.at is Step.PREVIEW
        assert driver.app.focused.value == "bnrqf1"
        assert "Nobody here." in driver.text
        await driver.keys("enter", "escape")
        assert driver.app.screen.query_one("#search").value == ""
        assert "Nobody here." not in driver.text


async def test_with_the_mouse_alone(tmp_path):
    async with previewing(tmp_path, "messy-data") as driver:
        screen = driver.app.screen
        bar = screen.query_one("#groups")
        for place, group in enumerate((Group.ALL, Group.SYNC, Group.SKIP, Group.BLOCKED)):
            start = next(x for x, _end, hit in bar._hits if hit == place)
            await driver.click("#groups", offset=(start + 2, 0))
            assert screen.table.view.filter.group is group
        details = screen.query_one("#details")
        await driver.click("#details", offset=(next(x for x, _e, hit in details._hits if hit == 1) + 2, 0))
        assert screen.table.view.filter.detail is not None
        await driver.click("#people", offset=(4, 0))
        assert screen.table.view.sort == Sort(Column.NAME, reverse=True)
        await driver.click("#people", offset=(4, 1), times=2)
        assert screen.has_class("-person")
        await driver.click("#after")
        await driver.click("#before")
        assert screen.table.cursor == 0
        await driver.click("#list")
        assert not screen.has_class("-person")
        await driver.click("#search")
        assert driver.app.focused is screen.query_one("#search")
        await driver.click("#next")
        assert driver.app.sitting.state.at is Step.DELIVERY


async def test_the_numbers_are_the_plans(tmp_path):
    async with previewing(tmp_path, "messy-data", (120, 40)) as driver:
        plan = driver.app.sitting.preview.plan
        assert f"{plan.summary['sync']} people get Alleo." in driver.text
        assert f"{plan.summary['skip']} left out" in driver.text
        assert f"{plan.summary['blocked']} to mend" in driver.text
        total = sum((total for _people, total in plan.budgets.values()), Decimal(0))
        assert f"EUR {total:,.2f} a month" in driver.text
        assert driver.app.sitting.state.note(Step.PREVIEW).startswith(f"{plan.summary['sync']} sync")


async def test_a_tripped_guard_is_told_before_the_run(tmp_path):
    async with previewing(tmp_path, "mass-leave") as driver:
        assert "would lose Alleo. That is more than usual" in driver.words


async def test_read_again_shows_what_is_new(tmp_path):
    async with previewing(tmp_path) as driver:
        before = driver.app.sitting.preview
        await driver.keys("2", "down", "r")
        assert driver.app.sitting.preview is not before
        assert driver.app.screen.table.view.filter.group is Group.SYNC
        await driver.app.sitting.session.aclose()
        driver.app.sitting.use(replace(driver.app.sitting.setup, client_secret=Secret("another")))
        await driver.keys("r")
        assert driver.app.screen.query_one("#trouble").display
        assert names(driver)


async def test_coming_back_does_not_read_again(tmp_path):
    async with previewing(tmp_path) as driver:
        found = driver.app.sitting.preview
        await driver.keys("b", "n")
        assert driver.app.sitting.preview is found
        driver.app.sitting.preview = None
        await driver.keys("b", "n")
        assert driver.app.sitting.preview is not found
        assert driver.app.sitting.preview.readiness is found.readiness


async def test_too_small_and_back(tmp_path):
    async with previewing(tmp_path) as driver:
        await driver.keys("down", "down")
        for size in ((59, 17), (20, 5), (60, 18), (80, 24), (200, 60)):
            await driver.pilot.resize_terminal(*size)
            await driver.settled()
        assert driver.app.screen.table.cursor == 2
        assert {cell_len(line) for line in driver.text.splitlines()} <= set(range(201))
        assert driver.app.screen.table.columns[-1] is Column.ONCE


async def test_birthdays_are_never_in_clear(tmp_path):
    async with previewing(tmp_path, size=(120, 40)) as driver:
        days = {
            str(p.employee.birthday)
            for p in driver.app.sitting.preview.plan.people
            if p.employee and p.employee.birthday
        }
        seen = ""
        await driver.keys("enter")
        for _ in range(8):
            seen += driver.text
            await driver.keys("right")
        assert "Birthday" in seen
        assert not [day for day in days if day in seen]


PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # starting an app for each example is too slow for shrinking
LINES = st.one_of(
    st.sampled_from(
        (
            "Müller [/b] Anna",
            "[@click=app.quit]x[/]",
            "\x1b[2J",
            "a\nb",
            "\u202egnp",
            "\ud800",
            "👨\u200d👩\u200d👧",
            "李小龍",
        )
    ),
    st.text(max_size=30),
)


@settings(
    max_examples=examples(3, 10),
    deadline=None,
    phases=PHASES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(LINES, min_size=1, max_size=5))
async def test_no_name_acts_anywhere(tmp_path_factory, names):
    people = [
        person(
            n,
            first_name=name,
            last_name=name,
            email=name,
            alleo=name,
            status=name,
            department=name,
            budgets=((MONTHLY, name),),
        )
        for n, name in enumerate(names, 1)
    ]
    people += [replace(person(90 + n), last_name=name) for n, name in enumerate(names)]
    app = wizard({"ALLEO_ONBOARD_HOME": str(tmp_path_factory.mktemp("hostile")), "PYTHON_KEYRING_BACKEND": ""})
    app.sitting.state = State(Step.PREVIEW, {}, frozenset({Step.CONNECT, Step.CHECK}))
    source = Source((), {}, AlleoField(Selection.FIELD), (), ())
    readiness = Readiness(source, (), (), len(people), complete=True, alleo_values={})
    app.sitting.session.snapshot = Snapshot(tuple(people), {}, readiness, NOW.date())
    app.sitting.preview = Preview(readiness, plan_of(*people))
    async with driving(app, (100, 30)) as driver:
        for _ in people:
            await driver.pilot.press("down")
        await driver.click("#told", offset=(3, 0))
        await driver.click("#told", offset=(3, 2))
        await driver.keys("enter")
        await driver.click("#told", offset=(3, 0))
        assert app.is_running
        assert {cell_len(strip.text) for strip in app.screen._compositor.render_strips()} == {100}


async def test_what_is_withheld_stands_in_the_first_line_and_in_the_table(tmp_path):
    async with previewing(tmp_path, "messy-data") as driver:
        assert "without their budget" in driver.said("#who")
        await driver.keys("6")
        assert "two budgets" in driver.text or "budget withheld" in driver.text
        table = driver.app.screen.table
        assert all(table.view.person(row).problems for row in range(len(table.view)))


async def test_a_preview_is_exported_with_and_without_names(tmp_path, monkeypatch):
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with previewing(tmp_path) as driver:
        name = listed(driver.app.screen.table.person)
        await driver.keys("e", "enter")
        assert "saved in" in driver.said("#saved")
        (page,) = folder.iterdir()
        assert name in page.read_text(encoding="utf-8")
        await driver.keys("down", "enter")
        (bare,) = set(folder.iterdir()) - {page}
        assert name not in bare.read_text(encoding="utf-8")
        await driver.keys("escape")
        assert driver.app.screen is driver.app._here


async def test_a_summary_without_names_is_copied_and_saved(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with previewing(tmp_path) as driver:
        copied = []
        driver.app.copy_to_clipboard = copied.append
        name = driver.app.screen.table.person.employee.last_name
        await driver.keys("c")
        (text,) = copied
        assert "27 people" in text
        assert name not in text
        assert text.splitlines()[2] in driver.text
        assert text.splitlines()[-2] not in driver.text
        await driver.keys("space")
        assert text.splitlines()[-2][:40] in driver.text
        await driver.keys("up", "enter")
        (file,) = tmp_path.glob("alleo-preview-*-summary.txt")
        assert file.read_text(encoding="utf-8") == text
        await driver.keys("escape")
        assert driver.app.screen is driver.app._here


async def test_what_cannot_be_done_is_not_announced(tmp_path):
    async with previewing(tmp_path, "forgotten-attributes") as driver:
        assert "Once the check finds no more errors, a run would create 27 accounts" in driver.words
        assert "This will" not in driver.text
