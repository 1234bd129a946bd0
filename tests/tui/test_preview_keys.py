"""Preview and check show their own keys, and draw everything about a person."""

from test_preview import previewing
from wizard_driver import driving, environment, sandbox, wizard

from alleo_onboard.presentation.people.columns import Column
from alleo_onboard.tui.screens.help import HelpScreen
from alleo_onboard.tui.screens.preview import PreviewScreen
from alleo_onboard.tui.widgets.findings import FindingList
from alleo_onboard.wizard.steps import Step


async def test_every_line_about_a_person_is_drawn(tmp_path):
    async with previewing(tmp_path, "messy-data") as driver:
        told = driver.app.screen.query_one("#told")
        for group in "61":
            await driver.keys(group, "home")
            for _ in range(10):
                assert told.size.height == told.parent.size.height
                shown = driver.text.splitlines()
                for line in str(told.render()).splitlines()[: told.size.height]:
                    assert any(line.split("  ")[0].strip() in seen for seen in shown), line
                await driver.keys("down")


async def test_only_groups_that_are_there_are_offered(tmp_path):
    async with previewing(tmp_path) as driver:
        assert "1 to 5 choose a group" in driver.text
    async with previewing(tmp_path / "messy", "messy-data") as driver:
        assert "1 to 6 choose a group" in driver.text


async def test_the_way_back_to_the_list_is_told(tmp_path):
    async with previewing(tmp_path) as driver:
        bar = "esc To the list"
        assert bar not in driver.text
        await driver.keys("enter")
        assert bar in driver.text
        await driver.keys("escape", "slash")
        assert bar in driver.text
        assert "/ Search" not in driver.text.splitlines()[-1]


async def test_back_leads_from_one_person_to_the_list(tmp_path):
    async with previewing(tmp_path) as driver:
        screen = driver.app.screen
        await driver.keys("enter", "b")
        assert driver.app.sitting.state.at is Step.PREVIEW
        assert driver.app.focused is screen.table
        await driver.keys("enter")
        await driver.click("#back")
        assert not screen.has_class("-person")
        await driver.keys("b")
        assert driver.app.sitting.state.at is Step.CHECK


async def test_the_keys_of_every_place_are_never_left_out(tmp_path):
    async with previewing(tmp_path) as driver:
        for size in ((80, 24), (60, 18)):
            await driver.pilot.resize_terminal(*size)
            await driver.keys("enter")
            assert "b Back  n Next  ? Help  q Quit" in driver.text
            assert driver.text.endswith("^p")
            await driver.click("#keys", offset=(driver.text.splitlines()[-1].index("? Help"), 0))
            assert isinstance(driver.app.screen, HelpScreen)
            await driver.click("Button")
            await driver.keys("escape")


async def test_help_says_how_many_groups_there_are_and_its_close_is_in_sight(tmp_path):
    async with previewing(tmp_path) as driver:
        for size in ((80, 24), (60, 18)):
            await driver.pilot.resize_terminal(*size)
            await driver.keys("question_mark")
            assert "Narrow the group" in driver.said("#help-text")
            assert "1 to 5 choose a group, f narrows it" in driver.said("#help-text").replace("\n", " ")
            await driver.click("Button")
            assert isinstance(driver.app.screen, PreviewScreen)


async def test_addresses_are_in_the_table_of_a_wide_terminal(tmp_path):
    async with previewing(tmp_path, "messy-data", (120, 40)) as driver:
        table = driver.app.screen.table
        assert Column.EMAIL in table.columns
        await driver.keys("5")
        assert Column.CHANGE in table.columns
        await driver.pilot.resize_terminal(140, 40)
        await driver.settled()
        assert {Column.EMAIL, Column.CHANGE} <= set(table.columns)


async def test_a_name_of_two_lines_hides_no_address(tmp_path):
    async with previewing(tmp_path, "messy-data") as driver:
        await driver.keys("slash", *"zeile", "enter")
        assert "Eva" in driver.app.screen.table.person.name
        assert "Eva Zeile eins   thijs.jansen@polderwerk.example" in driver.text


async def test_a_long_finding_is_read_to_its_end_with_keys(tmp_path):
    """What to do is at the end, so it must be reachable in a small terminal."""
    with sandbox("over-privileged") as box:
        async with driving(wizard(environment(box, tmp_path))) as driver:
            await driver.keys("t", "n")
            screen = driver.app.screen
            assert screen.query_one(FindingList).has_focus
            assert "untick" not in driver.text
            assert "Space Further down" in driver.text
            await driver.keys("space", "space")
            assert "untick these attributes" in driver.words
            assert "⌫ Further up" in driver.text
            assert "Space Further down" not in driver.text
            await driver.keys("backspace", "backspace")
            assert screen.query_one("#detail").scroll_y == 0
            await driver.keys("end")
            assert "Further" not in driver.text
