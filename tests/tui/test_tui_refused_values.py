"""A refused value: the focus goes to its field, and the message stands right below it, on every form."""

from __future__ import annotations

import kept_keyring
import pytest
from wizard_driver import at_run, driving, environment, sandbox, wizard

from alleo_onboard.tui.screens.compare import CompareScreen
from alleo_onboard.tui.screens.receive import ReceiveScreen
from alleo_onboard.tui.widgets.choice import Choice
from alleo_onboard.usecases.handover.made_up import with_sandbox_service
from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import Step

SIZES = [(80, 24), (60, 18), (120, 40)]


def refused(person, field, words):
    """Checks that `field` has the focus and that `words` stand below it, both on the screen."""
    at, below = person.app.screen.query_one(f"#{field}"), person.app.screen.query_one("#refusal")
    assert words in " ".join(person.said("#refusal").split())
    assert person.app.focused is at
    assert below.region.y - at.region.bottom in (0, 1)
    assert person.app.screen.region.contains_region(at.region)
    assert not person.app.screen.query_one("#trouble").display


def at_delivery(box, home, kind=None):
    given = environment(box, home)
    app = wizard({n: v for n, v in given.items() if not n.startswith("ALLEO_") or n.endswith("HOME")})
    app.sitting.state = State(Step.DELIVERY, {}, frozenset({Step.CONNECT, Step.CHECK}))
    if kind == "handover":
        app.sitting.use(with_sandbox_service(app.sitting.setup, box.addresses.onetime_url))
    return app


@pytest.mark.parametrize("size", SIZES)
async def test_connect(tmp_path, size):
    with sandbox() as box:
        async with driving(wizard(environment(box, tmp_path, bare=True)), size) as person:
            await person.keys("escape", "t")
            refused(person, "client-id", "The client id is empty")
            await person.paste(box.addresses.client_id)
            await person.keys("escape", "t")
            refused(person, "secret", "The client secret is empty")
            await person.paste("wrong-secret-" * 4)
            await person.keys("enter")
            refused(person, "secret", "does not accept this client id and client secret")
            person.app.focused.value = box.addresses.client_secret
            await person.keys("enter")
            assert not person.app.screen.query("#refusal")
            await person.click("#name")
            person.app.focused.value = "a/b"
            await person.keys("n")
            await person.keys("enter")
            refused(person, "name", "cannot be called")


@pytest.mark.parametrize("size", SIZES)
async def test_the_deliveries(tmp_path, size):
    with sandbox() as box:
        app = at_delivery(box, tmp_path, "handover")
        async with driving(app, size) as person:
            app.screen.query_one("#set-server").value = "http://elsewhere.example"
            await person.keys("t")
            refused(person, "set-server", "https")
            app.screen.query_one("#set-server").value = box.addresses.onetime_url
            app.screen.query_one("#set-account").value = "anna@acme.example"
            await person.keys("escape", "t")
            refused(person, "secret-onetimesecret", "needs its API token")
            app.screen.query_one("#set-account").value = ""
            app.set_focus(None)
            await person.keys("t")
            assert not app.screen.query("#refusal")
            assert "can be used" in person.said("#result")


@pytest.mark.parametrize(
    ("kind", "typed", "field", "words"),
    [
        ("scim", {}, "set-url", "The SCIM address is empty"),
        ("scim", {"set-url": "http://elsewhere.example"}, "secret-scim", "The secret is empty"),
        ("scim", {"set-url": "http://elsewhere.example", "secret-scim": "word"}, "set-url", "https"),
        ("scim", {"set-url": "{scim}", "secret-scim": "wrong"}, "secret-scim", "does not accept the sign-in"),
        ("scim", {"set-url": "{personio}", "secret-scim": "word"}, "set-url", "does not answer as a SCIM server"),
        ("pickup", {"set-place": "relative/folder"}, "set-place", "a full path"),
        ("pickup", {"set-place": "/not/there"}, "set-place", "There is no folder"),
        ("pickup", {"set-place": "sftp://u@host/in"}, "secret-pickup-password", "a password or a private key"),
        ("portal", {"set-template": "somewhere.xlsx"}, "set-template", "a full path"),
        ("portal", {"set-folder": "{here}", "set-template": "{here}/none.xlsx"}, "set-template", "cannot be filled"),
    ],
)
async def test_each_delivery(tmp_path, kind, typed, field, words):
    with sandbox() as box:
        app = at_delivery(box, tmp_path)
        async with driving(app) as person:
            screen = app.screen
            screen.query_one("#deliveries", Choice).choose(kind)
            await person.settled()
            places = {
                "{scim}": box.addresses.scim_url,
                "{personio}": box.addresses.personio_base_url,
                "{here}": str(tmp_path),
            }
            for name, text in typed.items():
                place = next((one for one in places if one in text), "")
                screen.query_one(f"#{name}").value = text.replace(place, places.get(place, ""))
            app.set_focus(None)
            await person.keys("t")
            refused(person, field, words)


async def test_receive(tmp_path, monkeypatch):
    monkeypatch.setenv("KEPT_KEYRING", str(tmp_path / "ring.json"))
    monkeypatch.setattr("keyring.get_keyring", kept_keyring.Keyring)
    with sandbox() as box:
        environ = {n: v for n, v in environment(box, tmp_path, bare=True).items() if n != "PYTHON_KEYRING_BACKEND"}
        app = wizard(environ, from_start=True)
        async with driving(app) as person:
            await person.keys("down", "enter")
            assert isinstance(app.screen, ReceiveScreen)
            await person.keys("escape", "g")
            refused(person, "link", "Paste the link")
            await person.paste("nonsense")
            await person.keys("escape", "g")
            refused(person, "link", "There is no link in that")
            app.focused.value = f"{box.addresses.onetime_url}/secret/{'a' * 62}"
            await person.keys("escape", "g")
            refused(person, "passphrase", "Give the passphrase")
            await person.paste("six words")
            await person.keys("enter")
            refused(person, "link", "not known")
            app.screen.query_one("#name").value = ""
            await person.keys("escape", "g")
            refused(person, "name", "a name")


async def test_a_number_of_the_guard(tmp_path):
    with sandbox("mass-leave", 60) as box:
        async with driving(at_run(environment(box, tmp_path))) as person:
            await person.keys(*"12", "enter")
            refused(person, "typed-offboard", "Type 25")
            await person.keys("5")
            assert not person.app.screen.query("#refusal")


async def test_a_file_to_compare(tmp_path):
    with sandbox() as box:
        app = at_run(environment(box, tmp_path))
        async with driving(app) as person:
            app.push_screen(CompareScreen())
            await person.settled()
            await person.keys("enter")
            refused(person, "file", "Name the file")
            await person.keys(*"/none.csv", "enter")
            refused(person, "file", "There is no file")
