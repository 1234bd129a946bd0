"""The start page: set-ups with their state, ways to begin, and the message about what was saved."""

import pytest
from wizard_driver import driving, environment, sandbox, wizard

from alleo_onboard.domain.profile import Profile, Remember
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.tui.app import DEMO
from alleo_onboard.tui.screens.ask import Ask
from alleo_onboard.tui.screens.connect import ConnectScreen
from alleo_onboard.tui.screens.receive import ReceiveScreen
from alleo_onboard.tui.screens.start import StartScreen
from alleo_onboard.usecases.setups.resolve import Setups
from alleo_onboard.wizard.steps import Step


def saved(environ, *names):
    profiles = Profiles(Setups(environ).home)
    for name in names:
        profiles.save(Profile(name=name, client_id=f"papi-{name}", remember=Remember.SESSION))
    return profiles


async def test_a_first_time_offers_three_ways_and_says_what_is_needed(tmp_path):
    with sandbox() as box:
        app = wizard(environment(box, tmp_path, bare=True), from_start=True)
        async with driving(app) as person:
            person.golden("start-first")
            assert "You need a Personio administrator" in person.words
            await person.keys("enter")
            assert isinstance(app.screen, ConnectScreen)
            await person.keys("escape", "escape")
            assert isinstance(app.screen, StartScreen)
            await person.keys("down", "enter")
            assert isinstance(app.screen, ReceiveScreen)
            await person.keys("escape", "escape", "down", "enter")
        assert app.return_value == DEMO


async def test_set_ups_are_listed_with_how_they_stand_and_opened(tmp_path):
    with sandbox(people=5) as box:
        environ = environment(box, tmp_path)
        profiles = saved(environ, "Acme GmbH", "Polderwerk B.V.")
        profiles.set_progress("Acme GmbH", {"connect", "check"})
        (tmp_path / "config" / "profiles" / "Broken.toml").write_text("= 1") if (tmp_path / "config").exists() else None
        app = wizard(environ, from_start=True)
        async with driving(app, (100, 30)) as person:
            assert "begun; next: Preview" in person.text
            assert "begun; next: Connect" in person.text
            await person.keys("enter")
            assert app.sitting.setup.profile.name == "Acme GmbH"
            assert app.sitting.state.at is Step.PREVIEW
            await person.keys("b", "b", "b")
            assert isinstance(app.screen, StartScreen)
            await person.keys("down", "enter")
            assert app.sitting.setup.profile.name == "Polderwerk B.V."
            assert app.sitting.state.at is Step.CONNECT
            assert app.sitting.welcome is None
            assert app.sitting.preview is None


async def test_a_set_up_that_cannot_be_read_says_why_and_the_others_open(tmp_path):
    with sandbox() as box:
        environ = environment(box, tmp_path)
        saved(environ, "Acme")
        next(tmp_path.rglob("Acme.toml")).with_name("Broken.toml").write_text("client_id = [")
        app = wizard(environ, from_start=True)
        async with driving(app, (120, 30)) as person:
            line = next(line for line in person.text.splitlines() if "Broken" in line)
            assert line.strip().startswith("!")
            await person.keys("down", "enter")
            assert isinstance(app.screen, StartScreen)
            assert "Broken" in person.said("#trouble")
            await person.keys("up", "enter")
            assert app.sitting.setup.profile.name == "Acme"


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_leaving_says_what_was_saved_and_how_to_go_on(tmp_path, key):
    with sandbox() as box:
        environ = environment(box, tmp_path)
        saved(environ, "Acme")
        app = wizard(environ, "Acme")
        said = []
        leave = app.exit
        app.exit = lambda *args, message=None, **options: (said.append(str(message)), leave(*args, **options))
        async with driving(app) as person:
            await person.pilot.press(key)
        assert said[0] == 'Saved as “Acme”, without secrets. To go on: alleo-onboard --profile "Acme"'


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
async def test_leaving_asks_where_the_only_copy_of_a_secret_would_be_lost(tmp_path, key):
    with sandbox() as box:
        app = wizard(environment(box, tmp_path, bare=True), live=True)
        async with driving(app) as person:
            app.set_focus(app.screen.query_one("#secret"))
            await person.paste("typed and not validated")
            await person.keys("ctrl+c")
            assert isinstance(app.screen, Ask)
            await person.keys("escape")
            app.screen.query_one("#secret").value = ""
            app.set_focus(app.screen.query_one("#client-id"))
            await person.paste(box.addresses.client_id)
            app.set_focus(app.screen.query_one("#secret"))
            await person.paste(box.addresses.client_secret)
            await person.keys("enter")
            assert app.sitting.welcome is not None
            await person.keys(key)
            assert "shows it only once" in " ".join(str(app.screen.query_one(".paragraph").render()).split())
            await person.keys("enter")
            assert app.return_code is None or app.is_running
            await person.keys(key, "y")
        assert app.return_code == 0
