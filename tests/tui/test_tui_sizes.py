"""Nothing important is cut off at any size, on any page."""

import pytest
from wizard_driver import at_run, driving, environment, sandbox, wizard

from alleo_onboard.tui.widgets.findings import FindingList

SIZES = [(60, 18), (80, 24), (100, 30), (110, 35), (119, 40), (120, 40), (200, 60)]
NAMES = ("E-mail", "First name", "Last name", "Status", "Hire date", "Termination date", "Department", "Birthday")


async def sized(person, size):
    """Resizes the terminal and waits until everything has its new place."""
    await person.pilot.resize_terminal(*size)
    await person.settled()


async def test_the_eight_attributes_and_the_sentence_of_the_preview_are_seen_whole(tmp_path):
    with sandbox() as box:
        async with driving(wizard(environment(box, tmp_path)), SIZES[0]) as person:
            for size in SIZES:
                await sized(person, size)
                assert "Validate ▐" in person.text
                assert all(f"☐ {name}" in person.text for name in NAMES)
            assert " L English" in person.text.splitlines()[0]
            await person.keys("t", "n")
            for size in reversed(SIZES):
                await person.keys("home")
                await sized(person, size)
                assert all(f"✓ {name} " in person.text for name in NAMES)
                lines = map(_prompt, person.app.screen.query_one(FindingList).options)
                assert all(line.plain.count("\n") == 0 for line in lines)
                await person.keys("end")
                assert "EUR 525.45" in person.text
            await person.keys("n")
            for size in SIZES:
                await sized(person, size)
                for selector in ("#who", "#plan", "#budgets"):
                    assert "…" not in person.said(selector)
                    assert person.app.screen.query_one(selector).region.bottom < size[1]
                assert "EUR 100.00" in person.text


def _prompt(option):
    return option.prompt


@pytest.mark.parametrize("first", [SIZES[0], SIZES[-1]])
@pytest.mark.parametrize("scenario", ["mass-leave", "ready", "forgotten-attributes"])
async def test_what_a_run_asks_and_every_button_is_seen_whole(tmp_path, first, scenario):
    with sandbox(scenario, 60) as box:
        async with driving(at_run(environment(box, tmp_path)), first) as person:
            for size in SIZES if first == SIZES[0] else reversed(SIZES):
                await sized(person, size)
                for button in person.app.screen.query("#actions Button"):
                    if button.display:
                        assert button.region.right <= size[0]
                        assert str(button.label) in person.text
