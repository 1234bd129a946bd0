"""From the credential to people at Alleo, with keys only, with the mouse only, and continued after quitting."""

import pytest
from rich.cells import cell_len
from textual.app import App
from wizard_driver import driving, environment, sandbox, wizard

from alleo_onboard.tui.commands import PageCommands
from alleo_onboard.tui.widgets.choice import Choice, Option
from alleo_onboard.tui.widgets.fields import SecretField
from alleo_onboard.wizard.steps import Step

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_whole_way_with_keys(tmp_path, size):
    with sandbox() as box:
        app = wizard(environment(box, tmp_path, bare=True))
        async with driving(app, size) as person:
            await person.settled()  # the keyring was looked for
            person.golden("connect")
            await person.paste(box.addresses.client_id)
            await person.keys("enter")
            await person.paste(f"\n {box.addresses.client_secret}\n")
            await person.keys("enter")
            person.golden("connect-validated")
            assert person.app.screen.query_one("#name").value == "Polderwerk"
            await person.click("#name")
            app.focused.value = "Acme"
            await person.keys("enter", "n")
            person.golden("check")
            await person.keys("n", "n")
            await person.paste(box.addresses.scim_url)
            await person.keys("enter", "enter")
            app.set_focus(app.screen.query_one(SecretField))
            await person.paste(box.addresses.scim_token)
            await person.keys("enter")
            person.golden("delivery")
            await person.keys("n")
            person.golden("run")
            await person.keys("g")
            assert "✓ 27 accounts created." in person.text
            person.golden("run-done")
            await person.keys("r")
            assert "there is nothing to do" in person.words
            await person.keys("q")
        assert app.return_code == 0
        assert app.setups.names() == ("Acme",)
        assert app.setups.proven("Acme") == {"connect", "check", "preview", "delivery"}
    seen = "".join(path.read_text(errors="replace") for path in tmp_path.rglob("*") if path.is_file())
    assert box.addresses.client_secret not in seen
    assert box.addresses.scim_token not in seen


def find(person, words):
    """Returns the position of the words, relative to the corner of their widget."""
    for y, line in enumerate(person.text.splitlines()):
        if words in line:
            x = cell_len(line[: line.index(words)])
            corner = person.app.screen.get_widget_at(x, y)[1].offset
            return x - corner.x, y - corner.y
    raise AssertionError(words)


async def test_the_whole_way_with_the_mouse(tmp_path):
    with sandbox("forgotten-attributes") as box:
        app = wizard(environment(box, tmp_path))
        async with driving(app) as person:
            await person.click("#recipe", offset=find(person, "older menu"))
            assert "API credentials" in person.words
            await person.click("#validate")
            assert "34 people visible" in person.words
            await person.click("#next")
            assert "6 of the 8 attributes" in person.said("#headline")
            await person.click("#findings", offset=(4, 1))
            assert "Birthday is not readable with this credential" in person.words
            await person.click("#rail", offset=find(person, "Connect"))
            assert app.sitting.state.at is Step.CONNECT
            await person.click("#rail", offset=find(person, "Check"))
            await person.click("#next")
            await person.click("#next")
            await person.click("#test")
            assert "lets us in" in person.words
            await person.click("#next")
            assert app.sitting.state.at is Step.RUN
            await person.click("#go_without")
            await person.click("#start_run")
            assert "✓ 27 accounts created." in person.text
            await person.click("#back")
            assert app.sitting.state.at is Step.DELIVERY


async def test_what_is_drawn_as_text_is_clicked_where_it_is_seen(tmp_path):
    with sandbox() as box:
        async with driving(wizard(environment(box, tmp_path)), (120, 40)) as person:
            for words in ("API credentials", "Connected"):
                await person.click("#recipe", offset=find(person, " menu"))
                assert words in person.words
            await person.click("#recipe", offset=(0, 0))
            assert "Connected" in person.words
            await person.keys("t", "n")
            await person.click("#rail", offset=find(person, "signed in"))
            assert person.app.sitting.state.at is Step.CONNECT
            await person.click("#rail", offset=find(person, "not yet"))
            assert person.app.sitting.state.at is Step.PREVIEW


async def test_choices_that_do_not_fit_side_by_side_go_on_below():
    options = tuple(Option(word, word) for word in ("one", "two", "three", "four"))

    class Alone(App):
        def compose(self):
            yield Choice(options, "one", id="choice", across=True)

    async with Alone().run_test(size=(20, 5)) as pilot:
        choice = pilot.app.query_one(Choice)
        assert choice.size.height == 2
        for place, chosen in (((9, 0), "two"), ((2, 1), "three"), ((12, 1), "four")):
            await pilot.click("#choice", offset=place)
            assert choice.chosen == chosen


async def test_going_on_where_one_left_off(tmp_path):
    with sandbox() as box:
        environ = environment(box, tmp_path)
        async with driving(wizard(environ)) as person:
            await person.keys("enter", "n", "q")
        app = wizard(environ)
        async with driving(app) as person:
            assert app.sitting.state.at is Step.PREVIEW
            assert "▸ Preview 3/5" in person.text
            await person.keys("b")
            assert "all it needs is readable" in person.said("#headline")


async def test_without_the_secret_at_hand_it_goes_on_at_connect(tmp_path):
    with sandbox() as box:
        environ = environment(box, tmp_path)
        async with driving(wizard(environ)) as person:
            await person.keys("enter", "n", "q")
        del environ["PERSONIO_CLIENT_SECRET"]
        app = wizard(environ)
        async with driving(app) as person:
            assert app.sitting.state.at is Step.CONNECT
            assert "Check again" not in person.text


async def test_everyone_has_to_be_meant(tmp_path):
    with sandbox("ready") as box:
        environ = environment(box, tmp_path)
        app = wizard(environ)
        async with driving(app) as person:
            await person.keys("enter", "n")
            assert "everyone who is employed would get Alleo" in person.said("#question")
            person.golden("check-everyone")
            assert "! Check" not in person.text
            await person.keys("b")
            assert "! Check" in person.text
            await person.keys("n", "y")
            assert not app.screen.query_one("#everyone").display
            assert Step.CHECK in app.sitting.state.proven
        assert wizard(environ).sitting.setup.profile.everyone_confirmed


async def test_mending_and_checking_again(tmp_path):
    with sandbox("forgotten-attributes") as box:
        app = wizard(environment(box, tmp_path))
        async with driving(app) as person:
            await person.keys("enter", "n")
            person.golden("check-missing")
            assert "tick Department" in person.words
            assert f"In the sandbox: {box.addresses.personio_base_url}/" in person.said("#about")
            box.personio.set_readable(frozenset(a.key for a in box.personio.attributes))
            await person.keys("r")
            assert "all it needs is readable" in person.said("#headline")
            assert Step.CHECK in app.sitting.state.proven


async def test_a_wrong_secret_is_told_in_the_page_and_the_form_stays(tmp_path):
    with sandbox() as box:
        environ = environment(box, tmp_path) | {"PERSONIO_CLIENT_SECRET": "wrong"}
        app = wizard(environ)
        async with driving(app) as person:
            await person.keys("enter")
            assert "Personio" in person.said("#trouble")
            assert app.screen.query_one("#trouble").display
            assert app.sitting.state.at is Step.CONNECT
            assert app.screen.query_one("#form").display
            await person.keys("escape", "n")
            assert app.sitting.state.at is Step.CONNECT


async def test_too_small_asks_for_room_and_recovers(tmp_path):
    with sandbox() as box:
        app = wizard(environment(box, tmp_path))
        async with driving(app) as person:
            await person.keys("enter", "tab")
            before, focused = person.text, app.focused
            assert focused is not None
            for size in ((59, 24), (80, 17), (30, 6)):
                await person.pilot.resize_terminal(*size)
                await person.settled()
                assert "make it larger" in person.words
                assert "Connect" not in person.text
            await person.pilot.resize_terminal(80, 24)
            await person.settled()
            assert person.text == before
            assert app.focused is focused
            await person.pilot.resize_terminal(60, 18)
            await person.settled()
            assert "34 people visible" in person.words


async def test_plain_keys_are_text_while_one_types(tmp_path):
    with sandbox() as box:
        app = wizard(environment(box, tmp_path, bare=True))
        async with driving(app) as person:
            await person.keys(*"qnvo", "question_mark")
            assert app.focused.value == "qnvo?"
            await person.keys("escape", "question_mark")
            assert "is never shown and cannot be copied" in person.words
            await person.keys("escape", "v")
            assert "API credentials" in person.words


async def test_the_palette_knows_the_keys_and_the_steps_of_the_screen(tmp_path):
    with sandbox() as box:
        app = wizard(environment(box, tmp_path))
        async with driving(app, (120, 40)) as person:
            await person.keys("ctrl+p")
            assert "Older menu" in person.text
            await person.keys("escape", "t", "ctrl+p")
            assert "Go to Check" in person.text
            assert "Screenshot" not in person.text
            labels = [label for label, _run in PageCommands(app._here)._commands()]
            assert "Help" in labels
            assert len(set(labels)) == len(labels)
            await person.keys(*"go to check", "enter")
            assert app.sitting.state.at is Step.CHECK
