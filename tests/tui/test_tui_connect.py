"""The first page: quickly there, and what matters in sight when something is wrong."""

import subprocess
import sys

import pytest
from wizard_driver import driving, environment, sandbox, wizard


def test_the_first_page_loads_none_of_the_steps_and_use_cases_that_come_after_it():
    code = (
        "import sys, alleo_onboard.tui.app, alleo_onboard.tui.screens.connect as _;"
        "print(*sorted(name for name in sys.modules if name.startswith('alleo_onboard.')))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "alleo_onboard.tui.screens.connect" in loaded
    assert {name.split(".")[2] for name in loaded if ".usecases." in name} == {"setups"}
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
            await person.keys("a")
            assert "Create custom integration" in person.words
