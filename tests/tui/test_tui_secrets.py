"""Secrets do not leave their fields: not by copying, and not in messages, screenshots or crash reports."""

import os
import subprocess
import sys
import threading

import pytest
from keyring.backend import KeyringBackend
from textual import events, on
from textual.app import App
from textual.widgets import Input
from wizard_driver import driving, environment, sandbox, wizard

from alleo_onboard.domain.secret import Secret
from alleo_onboard.store.keyrings import Backend, Found
from alleo_onboard.tui.environment import scrub
from alleo_onboard.tui.widgets.fields import SecretField

CANARY = "CANARY-a1b2c3"


class OneField(App):
    def __init__(self):
        super().__init__()
        self.heard = []

    def compose(self):
        yield SecretField(id="secret")

    @on(Input.Changed)
    def _listen(self, event):
        self.heard.append(repr(event))


@pytest.mark.parametrize(
    "pasted", [CANARY, f"\n{CANARY}", f"  {CANARY}\r\n\r\n", f"\t{CANARY}\x00\n".replace("\x00", "")]
)
async def test_a_paste_takes_what_comes_along_away(pasted):
    app = OneField()
    async with app.run_test() as pilot:
        field = app.query_one(SecretField)
        field.focus()
        field.post_message(events.Paste(pasted))
        await pilot.pause()
        assert field.take() == Secret(CANARY)
        assert field.value == ""


async def test_a_secret_broken_over_lines_is_put_together():
    app = OneField()
    async with app.run_test() as pilot:
        field = app.query_one(SecretField)
        field.focus()
        field.post_message(events.Paste("CANARY-\n  a1b2\n c3\n"))
        await pilot.pause()
        assert field.take() == Secret(CANARY)


async def test_a_secret_cannot_be_copied_cut_or_seen():
    app = OneField()
    async with app.run_test() as pilot:
        field = app.query_one(SecretField)
        field.focus()
        await pilot.press(*CANARY.replace("-", "_"), "ctrl+shift+a", "ctrl+c", "super+c")
        assert app.clipboard == ""
        await pilot.press("ctrl+x")
        assert app.clipboard == ""
        assert field.value == ""
        await pilot.press("a", "b")
        assert ">ab" not in app.export_screenshot()
        assert app.heard
        assert all("CANARY" not in told for told in app.heard)


async def test_the_secret_leaves_the_form_once_it_is_validated(tmp_path):
    with sandbox() as box:
        app = wizard(environment(box, tmp_path, bare=True))
        async with driving(app) as person:
            await person.paste(box.addresses.client_id)
            await person.keys("enter")
            await person.paste(box.addresses.client_secret)
            await person.keys("enter")
            assert all(box.addresses.client_secret not in field.value for field in app.screen.query(Input))
            assert "kept for this sitting" in person.said("#kept")
            await person.keys("a")
            assert app.screen.query_one(SecretField).value == ""
            await person.keys("escape", "t")
            assert "34 people visible" in person.said("#headline")


async def test_a_keyring_is_used_and_never_on_the_event_loop(tmp_path, monkeypatch):
    held, here = {}, threading.get_ident()

    class Shelf(KeyringBackend):
        priority, viable = 5, True

        def get_password(self, service, username):
            assert threading.get_ident() != here
            return held.get((service, username))

        def set_password(self, service, username, password):
            assert threading.get_ident() != here
            held[service, username] = password

        def delete_password(self, service, username):
            del held[service, username]

    def find():
        assert threading.get_ident() != here
        return Found(Backend(usable=True, name="Shelf"), Shelf())

    monkeypatch.setattr("alleo_onboard.store.keyrings.find", find)
    with sandbox() as box:
        app = wizard(environment(box, tmp_path, bare=True))
        async with driving(app) as person:
            assert "in Shelf" in person.text
            await person.paste(box.addresses.client_id)
            await person.keys("enter")
            await person.paste(box.addresses.client_secret)
            await person.keys("tab", "t")
            assert "Client secret: kept in Shelf." in person.words
            await person.keys("n")
    assert list(held.values()) == [box.addresses.client_secret]


def test_debugging_variables_are_dropped_and_comfort_is_kept():
    environ = {
        "TEXTUAL": "devtools",
        "TEXTUAL_LOG": "keys.log",
        "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_SCREENSHOT_LOCATION": ".",
        "TEXTUAL_DRIVER": "somewhere:Driver",
        "TEXTUAL_PRESS": "q",
        "TEXTUAL_ANIMATIONS": "none",
        "TEXTUAL_COLOR_SYSTEM": "256",
        "PATH": "bin",
    }
    assert set(scrub(environ)) >= {"TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_SCREENSHOT"}
    assert set(environ) == {"TEXTUAL_ANIMATIONS", "TEXTUAL_COLOR_SYSTEM", "PATH"}


def test_scrubbing_loads_no_textual():
    code = "import sys; from alleo_onboard.tui.environment import scrub; scrub({}); sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


CRASH = f"""
import os, sys
from alleo_onboard.tui.environment import scrub
scrub(os.environ)
from alleo_onboard.domain.secret import Secret
from alleo_onboard.tui import app as wizard
from alleo_onboard.tui.screens.connect import ConnectScreen
from alleo_onboard.usecases.setups.resolve import Setups

def crash(self):
    secret, plain = Secret("{CANARY}-secret"), "{CANARY}" + "-plain"
    headers = dict(Authorization=plain)
    raise KeyError(plain, secret, headers)

async def older(pilot):
    await pilot.pause()
    await pilot.press("escape", "v")

getattr(ConnectScreen, sys.argv[1])
setattr(ConnectScreen, sys.argv[1], crash)
setups = Setups(os.environ)
app = wizard.OnboardApp(setups, setups.find())
app.run(headless=True, auto_pilot=None if sys.argv[1] == "arrive" else older)
sys.exit(app.return_code)
"""


@pytest.mark.parametrize("where", ["arrive", "action_older"])
def test_a_crash_tells_its_kind_and_place_and_no_value(tmp_path, where):
    environ = {**os.environ, "ALLEO_ONBOARD_HOME": str(tmp_path), "COLUMNS": "300"}
    done = subprocess.run(
        [sys.executable, "-c", CRASH, where], env=environ, capture_output=True, text=True, timeout=60, check=False
    )
    told = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Something unexpected happened: KeyError" in told
    assert "Traceback" not in told
    assert CANARY not in told


async def test_an_error_nobody_thought_of_in_a_use_case_stays_in_the_page(tmp_path, monkeypatch):
    with sandbox() as box:
        app = wizard(environment(box, tmp_path))

        async def crash():
            raise KeyError(CANARY)

        async with driving(app) as person:
            monkeypatch.setattr(app.sitting.session, "welcome", crash)
            await person.keys("enter")
            assert "Something unexpected happened: KeyError" in person.said("#trouble")
            assert CANARY not in person.text
            monkeypatch.undo()
            await person.keys("t")
            assert "34 people visible" in person.said("#headline")
