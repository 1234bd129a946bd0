"""Nothing important is cut off at any size, on any page."""

import pytest
from wizard_driver import at_run, driving, environment, sandbox, wizard

from alleo_onboard.tui.widgets.findings import FindingList

SIZES = [(60, 18), (80, 24), (100, 30), (110, 35), (119, 40), (120, 40), (200, 60)]
NAMES = ("E-mail", "First name", "Last name", "Status", "Hire date", "Termination date", "Department", "Birthday")


@pytest.mark.parametrize("size", SIZES)
async def test_the_eight_attributes_and_the_sentence_of_the_preview_are_seen_whole(tmp_path, size):
    with sandbox() as box:
        async with driving(wizard(environment(box, tmp_path)), size) as person:
            while "Validate ▐" not in person.text:  # the first page scrolls to its button after the layout
                await person.pilot.pause()
            assert all(f"☐ {name}" in person.text for name in NAMES)
            await person.keys("t", "n")
            assert all(f"✓ {name} " in person.text for name in NAMES)
            assert all(
                line.plain.count("\n") == 0 for line in map(_prompt, person.app.screen.query_one(FindingList).options)
            )
            await person.keys("end")
            assert "EUR 525.45" in person.text
            await person.keys("n")
            for selector in ("#who", "#plan", "#budgets"):
                assert "…" not in person.said(selector)
                assert person.app.screen.query_one(selector).region.bottom < size[1]
            assert "100.00" in person.text


def _prompt(option):
    return option.prompt


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scenario", ["mass-leave", "ready", "forgotten-attributes"])
async def test_what_a_run_asks_and_every_button_is_seen_whole(tmp_path, size, scenario):
    with sandbox(scenario, 60) as box:
        async with driving(at_run(environment(box, tmp_path)), size) as person:
            for button in person.app.screen.query("#actions Button"):
                if button.display:
                    assert button.region.right <= size[0]
                    assert str(button.label) in person.text
