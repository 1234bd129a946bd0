"""The first page: quickly drawn, and important parts visible when something is wrong."""

import subprocess
import sys

import pytest
from textual import events
from wizard_driver import driving, environment, sandbox, wizard


def test_the_first_page_loads_none_of_the_steps_and_use_cases_that_come_after_it():
    code = (
        "import sys, alleo_onboard.tui.app, alleo_onboard.tui.screens.connect as _;"
        "print(*sorted(name for name in sys.modules if name.startswith('alleo_onboard.')))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "alleo_onboard.tui.screens.connect" in loaded
    assert {name.split(".")[2] for name in loaded if ".usecases." in name} == {"setups", "sitting"}
    face = [name for name in loaded if name.startswith("alleo_onboard.tui.")]
    assert not [name for name in face if name.endswith((".check", ".preview", ".delivery", ".run"))]


@pytest.mark.parametrize("size", [(80, 24), (60, 18)])
async def test_validate_stays_in_sight_when_something_was_wrong(tmp_path, size):
    with sandbox() as box:
        environ = environment(box, tmp_path) | {"PERSONIO_CLIENT_SECRET": ""}
        async with driving(wizard(environ), size) as person:
            await person.keys("enter", "enter", "enter")
            assert "client secret is empty" in person.words
            await person.click("#validate")


async def test_what_the_credential_shows_comes_first_in_a_small_terminal(tmp_path):
    with sandbox() as box:
        async with driving(wizard(environment(box, tmp_path)), (60, 18)) as person:
            assert "Older menu" in person.words
            await person.keys("t")
            assert "34 people visible" in person.words
            assert "Older menu" not in person.words
            assert "Create custom integration" not in person.words
            assert "change PERSONIO_CLIENT_ID and PERSONIO_CLIENT_SECRET" in person.words
            assert not person.app.screen.check_action("change", ())


async def test_a_demo_names_no_variables_that_nobody_has_set(tmp_path):
    with sandbox() as box:
        app = wizard(environment(box, tmp_path))
        app.setups.forgetful = True
        async with driving(app) as person:
            assert person.words.count("filled in for the demo") == 2
            await person.keys("t")
            assert "Client secret: filled in for the demo." in person.words
            assert "PERSONIO_" not in person.words
            await person.keys("n", "n", "n")
            assert "filled in for the demo: http" in person.words
            assert "ALLEO_" not in person.words


async def test_a_secret_in_the_wrong_field_is_moved_and_told_by_its_length_and_end(tmp_path):
    with sandbox() as box:
        secret = box.addresses.client_secret
        async with driving(wizard(environment(box, tmp_path, bare=True)), (100, 30)) as person:
            assert person.app.focused.id == "client-id"
            await person.paste(secret)
            assert person.app.screen.query_one("#client-id").value == ""
            assert person.app.screen.query_one("#secret").value == secret
            assert f"{len(secret)} long, …{secret[-4:]}" in person.text
            assert person.app.focused.id == "client-id"
            assert secret[:8] not in person.text
            await person.paste(box.addresses.client_id)
            assert box.addresses.client_id in person.text


async def test_what_is_no_client_id_is_hidden_and_refused_where_it_cannot_be_moved(tmp_path):
    with sandbox() as box:
        async with driving(wizard(environment(box, tmp_path, bare=True)), (100, 30)) as person:
            app = person.app
            app.screen.query_one("#secret").value = "something"
            await person.keys(*"hunter2hunter2")
            assert "hunter2" not in person.text
            assert "14 characters" in person.text


async def test_a_secret_pasted_as_the_name_or_beside_the_fields_is_not_shown(tmp_path):
    with sandbox() as box:
        async with driving(wizard(environment(box, tmp_path, bare=True)), (100, 30)) as person:
            app, secret = person.app, box.addresses.client_secret
            await person.keys("escape")
            app.screen.post_message(events.Paste(f"{box.addresses.client_id} {secret}"))
            await person.settled()
            await person.keys("t")
            assert "34 people visible" in person.said("#headline")
            await person.click("#name")
            app.focused.value = ""
            await person.paste(secret)
            assert secret[:8] not in person.text
            assert f"…{secret[-4:]}" in person.text
            app.focused.value = "Acme / Co"
            await person.keys("escape", "n")
            assert "cannot be called" in person.said("#refusal")
            assert app.focused.id == "name"
            app.focused.value = "Acme"
            await person.keys("escape", "n")
            assert app.setups.names() == ("Acme",)


async def test_a_second_set_up_of_the_same_company_gets_another_name(tmp_path):
    with sandbox() as box:
        environ = environment(box, tmp_path, bare=True)
        for name in ("Polderwerk", "Polderwerk 2"):
            app = wizard(environ, "none yet")
            async with driving(app) as person:
                await person.paste(f"{box.addresses.client_id} {box.addresses.client_secret}")
                await person.keys("enter")
                assert app.screen.query_one("#name").value == name
                await person.keys("q")
            assert name in app.setups.names()
