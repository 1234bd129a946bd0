"""Wide and tall terminals use their room for a picture of the numbers; small ones go without."""

import pytest
from wizard_driver import at_run, driving, environment, sandbox, wizard

from alleo_onboard.tui.widgets.bars import filled


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_pages_fill_their_room_and_nothing_is_cut(tmp_path, size):
    large = size[1] >= 40
    with sandbox() as box:
        app = wizard(environment(box, tmp_path), from_start=True)
        async with driving(app, size) as person:
            assert ("5. Run" in person.text) is large
        async with driving(wizard(environment(box, tmp_path)), size) as person:
            await person.keys("t", "n")
            assert ("█" in person.text) is (size[0] >= 120)
            assert ("Who and why" in person.text) is (size[1] >= 60)
            await person.keys("n", "e")
            assert ("left out: Alleo = No" in person.text and "█" in person.text) is large
            assert max(map(len, person.text.splitlines())) <= size[0]
        async with driving(at_run(environment(box, tmp_path)), size) as person:
            assert ("What happens then" in person.text) is large
            await person.keys("g", "c")
            assert "27 accounts created." in person.said("#saved")


@pytest.mark.parametrize(("share", "bar"), [(0, ""), (0.001, "▏"), (0.5, "████"), (0.51, "████▏"), (1, "████████")])
def test_a_bar_is_as_long_as_its_share_and_never_nothing_for_something(share, bar):
    assert filled(share, 8) == bar
