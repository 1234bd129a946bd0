"""At 80x24 the first sentence and the main button of every step are fully visible, in each language."""

import pytest
from textual.app import App
from textual.selection import SELECT_ALL
from textual.widgets import Button
from wizard_driver import at_run, driving, environment, sandbox, wizard

from alleo_onboard.locale import settle
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import Step

STEPS = {
    Step.CONNECT: ("#validate", None),
    Step.CHECK: ("#recheck", "#headline"),
    Step.PREVIEW: ("#next", None),
    Step.DELIVERY: ("#test", "#ask"),
    Step.RUN: ("#start_run", "#sentence"),
}


@pytest.fixture(scope="module")
def box():
    with sandbox() as started:
        yield started


def whole(driver, widget):
    """Returns True if no part of the widget is cut off or covered."""
    region = widget.region
    shown = driver.app.screen.find_widget(widget).clip.intersection(region)
    return bool(region) and shown == region


@pytest.mark.parametrize("code", ["en", "nl", "de"])
@pytest.mark.parametrize("step", STEPS)
async def test_sentence_and_button_are_whole(box, tmp_path, step, code):
    settle(code)
    environ = environment(box, tmp_path)
    app = at_run(environ) if step is Step.RUN else wizard(environ)
    if step is not Step.RUN:
        app.sitting.state = State(step, {}, frozenset(Step) - {step})
    async with driving(app) as driver:
        button, sentence = STEPS[step]
        found = app.screen.query_one(button, Button)
        assert whole(driver, found)
        assert str(found.label) in driver.text
        if sentence:
            told = app.screen.query_one(sentence, Say)
            assert whole(driver, told)
            assert str(told.render()).split("\n")[0][:40] in driver.text


@pytest.mark.parametrize("code", ["en", "nl", "de"])
async def test_validate_is_in_sight_when_everything_has_to_be_typed(box, tmp_path, code):
    settle(code)
    async with driving(wizard(environment(box, tmp_path, bare=True))) as driver:
        assert whole(driver, driver.app.screen.query_one("#validate", Button))


async def test_what_mends_a_finding_is_whole_where_the_list_leaves_room(tmp_path):
    with sandbox("forgotten-attributes") as forgotten:
        async with driving(wizard(environment(forgotten, tmp_path)), (100, 30)) as driver:
            await driver.keys("t", "n")
            assert "in a browser." in driver.words
            assert not driver.app.screen.query_one("#detail").show_vertical_scrollbar


class Told(App):
    def compose(self):
        yield Say("✓ one two three\n· four five\nsix seven eight", id="told")


async def test_a_point_goes_on_below_its_own_text():
    async with driving(Told(), (11, 12)) as driver:
        assert driver.text.split("\n")[:6] == ["✓ one two", "  three", "· four five", "six seven", "eight", ""]
        said = driver.app.screen.query_one(Say)
        driver.app.screen.selections = {said: SELECT_ALL}
        assert driver.app.screen.get_selected_text() == "✓ one two\n  three\n· four five\nsix seven eight"
