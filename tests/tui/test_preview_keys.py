"""What the preview and the check say about their own keys, and that nothing about a person is left undrawn."""

from test_preview import previewing
from wizard_driver import driving, environment, sandbox, wizard

from alleo_onboard.tui.widgets.findings import FindingList


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


async def test_a_long_finding_is_read_to_its_end_with_keys(tmp_path):
    """What to do stands last, so it has to be reachable in a small terminal."""
    with sandbox("over-privileged") as box:
        async with driving(wizard(environment(box, tmp_path))) as driver:
            await driver.keys("v", "n")
            screen = driver.app.screen
            assert screen.query_one(FindingList).has_focus
            assert "untick" not in driver.text
            assert "j Further down" in driver.text
            await driver.keys("j", "j")
            assert "untick these attributes" in driver.words
            assert "k Further up" in driver.text
            assert "j Further down" not in driver.text
            await driver.keys("k", "k")
            assert screen.query_one("#detail").scroll_y == 0
            await driver.keys("end")
            assert "Further" not in driver.text
