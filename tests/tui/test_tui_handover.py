"""The hand-over page: sends the credential and follows it, with keys only."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import kept_keyring
import pytest
from wizard_driver import at_run, driving, environment, sandbox, wizard

from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.handover import State
from alleo_onboard.domain.letter import Letter
from alleo_onboard.domain.secret import Secret
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.store.reading import RunState
from alleo_onboard.tui.app import OnboardApp
from alleo_onboard.tui.screens import receive, sending
from alleo_onboard.tui.screens.by_hand import ByHand
from alleo_onboard.tui.screens.connect import ConnectScreen
from alleo_onboard.tui.screens.handover import HandoverScreen
from alleo_onboard.tui.screens.reason import Reason
from alleo_onboard.usecases.handover.made_up import with_sandbox_service
from alleo_onboard.usecases.handover.send import Note
from alleo_onboard.usecases.setups.resolve import Setups


def at_handover(box, home) -> OnboardApp:
    environ = {n: v for n, v in environment(box, home).items() if not n.startswith("ALLEO_SCIM")}
    environ["PYTHON_KEYRING_BACKEND"] = ""
    app = at_run(environ)
    app.sitting.use(with_sandbox_service(app.sitting.setup, box.addresses.onetime_url))
    return app


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_from_handing_over_to_activated(tmp_path, size):
    with sandbox() as box:
        app = at_handover(box, tmp_path)
        async with driving(app, size) as person:
            assert "Nothing was handed over yet" in person.words
            assert "of 34 employees would get Alleo" in person.said("#detail")
            assert "(here comes the link)" in person.said("#detail")
            await person.keys("g")
            assert "then Alleo opens it" in person.said("#sentence")
            assert "State:" not in person.words
            assert "handover " not in person.said("#detail")  # no command: this page has keys
            (item,) = box.onetime.items
            assert f"/secret/{item.secret}" in person.words.replace(" ", "")
            for button in app.screen.query("#actions Button"):
                assert not button.display or button.region.right < size[0]
            assert item.passphrase not in person.words
            await person.keys("k")
            assert item.passphrase in person.words
            await person.keys("k", "c")
            assert "The message is copied" in person.words
            assert item.passphrase not in app.clipboard
            assert box.addresses.client_secret not in app.clipboard
            await person.keys("o")
            assert app.screen.followed.state is State.OPENED
            assert "now Alleo runs a test" in person.words
            await person.keys("m", "enter")
            assert app.screen.followed.state is State.ACTIVATED
            assert box.addresses.client_secret not in person.text
            await person.keys("h")
            assert "Nothing was done yet" not in person.text
            told = person.said("#events")
            assert told.index("Activated by Alleo") < told.index("Link opened") < told.index("Credential handed over")


async def test_no_key_cuts_short_the_service_that_makes_the_link(tmp_path, monkeypatch):
    """The link would exist, and nobody would know it."""
    with sandbox() as box:
        app = at_handover(box, tmp_path)
        async with driving(app) as person:
            going_on, real = asyncio.Event(), sending.send

            async def slow(*given, **more):
                made = await real(*given, **more)
                await going_on.wait()
                return made

            monkeypatch.setattr(sending, "send", slow)
            await person.pilot.press("g")
            while not box.onetime.items:
                await person.pilot.pause()
            await person.pilot.press("r", "b", "h", "d", "q")
            await person.pilot.pause()
            assert app.screen.locked
            going_on.set()
            await person.settled()
            (item,) = box.onetime.items
            assert f"/secret/{item.secret}" in person.words.replace(" ", "")
            assert not app.screen.locked
            await person.keys("b")
            assert app.screen.step is not HandoverScreen.step


async def test_taking_it_back_and_handing_over_again(tmp_path):
    with sandbox() as box:
        app = at_handover(box, tmp_path)
        async with driving(app) as person:
            await person.keys("g", "u")
            assert app.screen.followed.state is State.WITHDRAWN
            await person.keys("g")
            assert app.screen.followed.state is State.WAITING
            assert len(box.onetime.items) == 2


async def test_nothing_is_handed_over_while_the_check_finds_errors(tmp_path):
    with sandbox() as box:
        box.personio.hide("email")
        app = at_handover(box, tmp_path)
        async with driving(app) as person:
            await person.keys("g")
            assert "must be mended first" in person.words
            assert box.onetime.items == []


async def test_a_service_that_refuses_is_told_in_the_page(tmp_path):
    with sandbox() as box:
        box.onetime.manners.guests = False
        app = at_handover(box, tmp_path)
        async with driving(app) as person:
            await person.keys("g")
            assert "without an account" in person.words
            assert app.screen.followed is None


async def test_the_message_is_saved_to_a_file_without_the_passphrase(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with sandbox() as box:
        app = at_handover(box, tmp_path)
        async with driving(app) as person:
            await person.keys("g", "e")
            (item,) = box.onetime.items
            text = (tmp_path / "alleo-message.txt").read_text(encoding="utf-8")
            assert item.secret in text
            assert item.passphrase not in text


async def test_by_hand_the_text_is_shown_only_when_asked_for_and_an_earlier_day_is_told(tmp_path):
    with sandbox() as box:
        app = at_handover(box, tmp_path)
        one = app.sitting.setup.profile
        app.sitting.use(replace(app.sitting.setup, profile=replace(one, delivery=one.delivery.having(via="manual"))))
        async with driving(app, (120, 40)) as person:
            await person.keys("g")
            assert box.addresses.client_secret not in person.text
            await person.keys("enter")
            assert box.addresses.client_secret[:20] in person.words
            await person.keys("enter")
            assert box.addresses.client_secret not in person.text
            app.set_focus(app.screen.query_one("#service"))
            await person.paste("Bitwarden Send")
            await person.keys("enter")
            app.set_focus(app.screen.query_one("#link"))
            await person.paste("https://send.example/abc")
            await person.keys("enter")
            assert app.screen.followed.handover.host == "Bitwarden Send"
            await person.keys("m")
            app.screen.query_one("#on").value = "2020-01-01"
            await person.keys("enter")
            assert "before the credential was handed over" in person.words
            assert app.screen.followed.state is State.UNKNOWN


def receiving(box, home, monkeypatch):
    """Customer Success with a keyring and without a credential, on the page for links."""
    ring = home / "ring.json"
    monkeypatch.setenv("KEPT_KEYRING", str(ring))
    monkeypatch.setattr("keyring.get_keyring", kept_keyring.Keyring)
    app = wizard(environment(box, home, bare=True), from_start=True)
    return app, ring


async def test_i_was_sent_a_link(tmp_path, monkeypatch):
    with sandbox() as box:
        item = box.onetime.keep(
            Letter(box.addresses.client_id, Secret(box.addresses.client_secret)).text(), "six words", 600, None
        )
        app, ring = receiving(box, tmp_path, monkeypatch)
        async with driving(app, (100, 30)) as person:
            await person.keys("down", "enter")
            await person.paste(f"<{box.addresses.onetime_url}/secret/{item.secret}>")
            await person.keys("enter")
            await person.paste("wrong words")
            await person.keys("enter")
            assert "Nothing was opened" in person.words
            app.set_focus(app.screen.query_one("#passphrase"))
            await person.paste("six words")
            await person.keys("enter")
            assert isinstance(app.screen, ConnectScreen)
            assert app.sitting.setup.has_credential
            assert "kept; type to replace it" in person.words
            assert app.focused is app.screen.query_one("#validate")
            await person.keys("t")
            assert "34 people visible" in person.words
            assert box.addresses.client_secret not in person.text
        assert box.addresses.client_secret in ring.read_text()


async def test_no_key_comes_between_opening_a_link_and_keeping_what_it_held(tmp_path, monkeypatch):
    with sandbox() as box:
        text = Letter(box.addresses.client_id, Secret(box.addresses.client_secret)).text()
        item = box.onetime.keep(text, "six words", 600, None)
        app, ring = receiving(box, tmp_path, monkeypatch)
        opened, going_on, real = asyncio.Event(), asyncio.Event(), receive.open_link

        async def slow(*given, **more):
            found = await real(*given, **more)
            opened.set()
            await going_on.wait()
            return found

        monkeypatch.setattr(receive, "open_link", slow)
        async with driving(app, (100, 30)) as person:
            await person.keys("down", "enter")
            app.screen.query_one("#link").value = f"{box.addresses.onetime_url}/secret/{item.secret}"
            app.screen.query_one("#passphrase").value = "six words"
            app.screen.action_take()
            await asyncio.wait_for(opened.wait(), 30)
            app.screen.action_take()
            await person.pilot.press("escape", "escape", "q")
            going_on.set()
            await person.settled()
            assert isinstance(app.screen, ConnectScreen)
            assert box.addresses.client_secret in ring.read_text()


async def test_both_lines_pasted_by_hand_are_never_visible(tmp_path, monkeypatch):
    with sandbox() as box:
        letter = Letter(box.addresses.client_id, Secret(box.addresses.client_secret))
        app, ring = receiving(box, tmp_path, monkeypatch)
        async with driving(app, (100, 30)) as person:
            await person.keys("down", "enter")
            await person.paste(letter.text())
            assert box.addresses.client_secret not in person.text
            assert box.addresses.client_id not in person.text
            app.set_focus(app.screen.query_one("#take"))
            await person.keys("g")
            assert isinstance(app.screen, ConnectScreen)
            assert app.sitting.setup.client_secret == letter.client_secret
        assert letter.client_secret.reveal() in ring.read_text()


async def test_without_a_keyring_the_link_is_not_opened(tmp_path):
    with sandbox() as box:
        item = box.onetime.keep("Client ID: a\nClient secret: b", "six words", 600, None)
        environ = environment(box, tmp_path, bare=True)
        app = wizard(environ, from_start=True)
        app.setups.keyring_of_its_own = lambda: None
        async with driving(app, (100, 30)) as person:
            await person.keys("down", "enter")
            await person.paste(f"{box.addresses.onetime_url}/secret/{item.secret}")
            await person.keys("enter")
            await person.paste("six words")
            await person.keys("enter")
            assert "not opened" in person.words
            assert item.text


async def test_errors_are_handed_over_only_for_a_reason_which_goes_into_the_message(tmp_path):
    with sandbox("forgotten-attributes") as box:
        app = at_handover(box, tmp_path)
        async with driving(app) as person:
            assert "2 errors must be mended first: Department, Birthday" in person.said("#detail")
            await person.keys("g")
            assert "errors must be mended first" in person.words
            await person.keys("enter")
            assert isinstance(app.screen, Reason), "nothing typed is no reason"
            await person.keys("escape")
            assert "errors must be mended first" in person.said("#trouble").replace("\n", " ")
            await person.keys("g", *"nee", "enter")
            assert isinstance(app.screen, Reason), "a no is none either"
            await person.keys("escape")
            assert box.onetime.items == []
            await person.keys("g")
            await person.paste("agreed with Alleo")
            await person.keys("enter")
            assert app.screen.followed.state is State.WAITING
            assert Note.NOT_READY in app.screen.sent.notes
            await person.keys("c")
            assert "hand it over all the same: agreed with Alleo" in app.clipboard


async def test_people_are_named_in_the_message_only_on_request(tmp_path):
    with sandbox() as box:
        app = at_handover(box, tmp_path)
        async with driving(app, (120, 60)) as person:
            await person.keys("g", "c")
            name = next(one.name for one in app.sitting.preview.plan.people if one.decision is Decision.SYNC)
            assert name not in app.clipboard
            await person.keys("w", "c")
            assert f"- {name}" in app.clipboard
            assert name in person.said("#detail")
            await person.keys("x")
            assert name not in person.said("#detail")
            assert "The message that is copied or saved has them" in person.words
            await person.keys("w", "c")
            assert name not in app.clipboard


async def test_every_key_has_its_place_and_the_page_scrolls_at_80x24(tmp_path):
    with sandbox() as box:
        app = at_handover(box, tmp_path)
        async with driving(app) as person:
            await person.keys("g")
            bar = person.text.splitlines()[-1]
            for key in ("u Take back", "w Names", "e Save it", "r Ask again", "b Back", "? Help", "q Quit"):
                assert key in bar
            assert "Copy message  c" in person.words.replace(" c ", "  c ")
            assert "Kind regards" not in person.words
            await person.keys("space", "space")
            assert "Kind regards" in person.words
            await person.keys("o")
            assert "opened by Alleo on" in person.words
            assert "m notes it, with the day" in person.words
            assert "handover activated" not in person.words


async def test_by_hand_is_ready_first_and_tells_of_another_way(tmp_path):
    with sandbox() as box:
        app = at_handover(box, tmp_path)
        one = app.sitting.setup.profile
        app.sitting.use(replace(app.sitting.setup, profile=replace(one, delivery=one.delivery.having(via="manual"))))
        with Ledger.of(app.sitting.setup.home, one.name) as ledger:
            run = ledger.begin(digest="d", version="1", host="h", user="u", planned=())
            ledger.observed(run, {13_649_290: "an account"})
            ledger.finish(run, RunState.FINISHED)
        async with driving(app, (120, 40)) as person:
            await person.keys("g")
            assert isinstance(app.screen, ByHand)
            app.set_focus(app.screen.query_one("#link"))
            await person.paste("https://send.example/abc")
            await person.keys("enter")
            assert Note.OTHER_DELIVERY in app.screen.sent.notes
            assert "Two ways would feed the same people" in person.words


async def test_a_hand_over_is_followed_although_the_secret_is_nowhere(tmp_path):
    with sandbox() as box:
        app = at_handover(box, tmp_path)
        async with driving(app) as person:
            await person.keys("g", "o")
            name = app.sitting.setup.profile.name
            app.sitting.setups.save(app.sitting.setup)
            app.sitting.setups.prove(name, frozenset({"connect", "check", "preview", "delivery"}))
        environ = {n: v for n, v in environment(box, tmp_path).items() if not n.startswith("ALLEO_SCIM")}
        del environ["PERSONIO_CLIENT_SECRET"]
        setups = Setups(environ)
        app = OnboardApp(setups, setups.find(None))
        assert not app.sitting.setup.has_credential
        async with driving(app) as person:
            assert isinstance(app.screen, HandoverScreen)
            assert "now Alleo runs a test" in person.words
            await person.keys("m", "enter")
            assert app.screen.followed.state is State.ACTIVATED
