"""The hand-over in the plain wizard: send, follow, withdraw, receive."""

from datetime import UTC, datetime

import kept_keyring
import pytest
from talking import conversation, environment, ready, sandbox

from alleo_onboard.domain.handover import Handover, State, Via
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.store.handovers import Handovers
from alleo_onboard.usecases.setups.resolve import Setups


def given(box, home, **more):
    environ = {n: v for n, v in environment(box, home).items() if not n.startswith("ALLEO_SCIM")}
    return environ, DeliveryChoice("handover").having(server=box.addresses.onetime_url, company="Polderwerk", **more)


def test_from_handing_over_to_activated(tmp_path):
    with sandbox() as box:
        environ, choice = given(box, tmp_path)
        heard, code = ready(
            environ, "g", "no", "g", "yes", "k", "o", "m", "soon", "2099-12-31", "", "q", delivery=choice
        )
        assert code == 0
        (item,) = box.onetime.items
        sent, asked = heard.text.split("Type k to hear the passphrase.")
        assert item.passphrase not in sent
        assert f"Passphrase: {item.passphrase}" in asked
        assert "Not yet: opened by Alleo" in sent + asked
        assert "Done: opened by Alleo" in asked
        assert "'soon' is no date" in asked
        assert "2099-12-31 is not yet." in asked
        assert "State: activated by Alleo, as you told" in heard.heard
        assert box.addresses.client_secret not in heard.text


def test_taking_it_back(tmp_path):
    with sandbox() as box:
        environ, choice = given(box, tmp_path)
        heard, _code = ready(environ, "g", "yes", "u", "no", "u", "yes", "q", delivery=choice)
        assert "State: taken back" in heard.heard


@pytest.mark.parametrize(("reason", "links"), [("", 0), ("n", 0), ("No", 0), ("we agreed on it", 1)])
def test_errors_are_handed_over_only_for_a_reason(tmp_path, reason, links):
    with sandbox("forgotten-attributes") as box:
        environ, choice = given(box, tmp_path)
        heard, _code = ready(environ, "g", "yes", "yes", reason, "q", delivery=choice)
        assert "errors must be mended first" in heard.text
        assert len(box.onetime.items) == links
        assert (f"hand it over all the same: {reason}" in heard.text) is bool(links)


def test_by_hand_the_secret_is_not_written(tmp_path):
    with sandbox() as box:
        environ, choice = given(box, tmp_path, via="manual")
        answers = ("g", "yes", "", "Our vault", "https://vault.example/1", "q")
        heard, _code = ready(environ, *answers, delivery=choice)
        assert "Handed over through Our vault" in heard.heard
        assert "alleo-onboard handover send --via manual shows it, once." in heard.text
        assert "Open it as Alleo would." not in heard.text  # somebody made up has no key to that service
        assert box.addresses.client_secret not in heard.text


def test_another_way_than_before_is_told_what_to_switch_off(tmp_path):
    with sandbox(people=8) as box:
        environ, choice = given(box, tmp_path)
        ready(environ, "q", delivery=choice)
        Handovers(Setups(environ).home).add("default", Handover(Via.MANUAL, "x", datetime.now(UTC), None, State.OPENED))
        heard, _code = ready(environ, "b", "3", "2", "yes", "back", "q", delivery=choice)
        assert "Who should run the daily sync, Alleo or this computer?" in heard.heard
        assert "1. Alleo, as in its guide." in heard.heard
        assert "Attention: The credential was handed to Alleo on" in heard.text
        assert "two ways would feed the same people" in heard.text


def test_i_was_sent_a_link_needs_a_place_before_it_is_opened(tmp_path, monkeypatch):
    import keyring.backends.fail
    import keyring.core

    monkeypatch.setattr(keyring.core, "_keyring_backend", keyring.backends.fail.Keyring())
    with sandbox() as box:
        environ = environment(box, tmp_path, bare=True)
        heard, code = conversation(environ, "2", "?", "back", "2", "Acme", "q", from_start=True)
        assert code == 0
        assert "This is the first page" not in heard.text
        assert "so the link was not opened" in heard.text
        assert Setups(environ).names() == ()


@pytest.fixture
def ring(tmp_path, monkeypatch):
    """Puts a working keyring, stored in a file, in place."""
    monkeypatch.setenv("KEPT_KEYRING", str(tmp_path / "ring.json"))
    monkeypatch.setattr("keyring.get_keyring", kept_keyring.Keyring)
    monkeypatch.setattr("keyring.core._keyring_backend", kept_keyring.Keyring())


def test_i_was_sent_a_link_takes_the_credential_over_unseen(tmp_path, ring):
    with sandbox() as box:
        environ, choice = given(box, tmp_path / "sender")
        ready(environ, "g", "yes", "q", delivery=choice)
        (item,) = box.onetime.items
        link = f"{box.addresses.onetime_url}/secret/{item.secret}"
        receiver = environment(box, tmp_path / "receiver", bare=True)
        answers = ("2", "Acme", "no link", "2", "Acme", link, "wrong words", item.passphrase, "1", "n", "q")
        heard, code = conversation(receiver, *answers, from_start=True)
        assert code == 0
        assert "There is no link in that." in heard.text
        assert "The credential is in the keyring, as the set-up Acme. It was shown to nobody." in heard.heard
        assert "34 people visible" in heard.text
        assert "Step 2 of 5: Check. Acme" in heard.text
        for secret in (box.addresses.client_secret, item.passphrase):
            assert secret not in heard.text


def test_what_was_opened_elsewhere_is_pasted_unseen(tmp_path, ring):
    with sandbox() as box:
        receiver = environment(box, tmp_path, bare=True)
        pair = (box.addresses.client_id, box.addresses.client_secret)
        heard, _code = conversation(receiver, "2", "Acme", "", *pair, "1", "q", from_start=True)
        assert "34 people visible" in heard.text
        assert box.addresses.client_secret not in heard.text


def test_where_to_remember_the_secret_is_asked_and_kept(tmp_path, ring):
    with sandbox() as box:
        environ = environment(box, tmp_path, bare=True)
        pair = (box.addresses.client_id, box.addresses.client_secret)
        heard, _code = conversation(environ, "1", *pair, "7", "1", "Acme", "q")
        assert "Where is the client secret to be remembered?" in heard.heard
        assert "with its secrets in the keyring" in heard.heard[-1]
        assert Setups(environ).find("Acme").client_secret.reveal() == box.addresses.client_secret


def test_the_test_run_is_compared_and_people_are_named_on_request(tmp_path):
    with sandbox(people=8) as box:
        environ, choice = given(box, tmp_path)
        file = tmp_path / "test run.csv"
        file.write_text("E-mail;Voornaam\nghost@acme.example;Ghost\n", encoding="utf-8")
        answers = ("g", "yes", "w", "x", "w", "w", "o", "=", str(tmp_path / "nowhere.csv"), f"'{file}'", "q")
        heard, _code = ready(environ, *answers, delivery=choice)
        named, hidden = heard.text.split("Names and addresses are hidden.")
        assert "These people would get Alleo:" in named
        assert "These people would get Alleo:" not in hidden.split("Done: opened by Alleo")[0]
        assert "There is no file" in hidden
        assert "Alleo's file and the preview do not agree: 1 only at Alleo" in hidden
        assert "Ghost" not in hidden.replace("nowhere", "")
        assert "Person 13" in hidden


def test_a_file_is_compared_on_the_preview_page(tmp_path):
    with sandbox(people=8) as box:
        file = tmp_path / "overview.csv"
        file.write_text("E-mail\nghost@acme.example\n", encoding="utf-8")
        heard, _code = ready(environment(box, tmp_path), "=", "back", "=", str(file), "q", proven=("connect", "check"))
        assert "E-mail: ghost@acme.example, Here: not in Personio." in heard.text
        assert "1 only at Alleo" in heard.text
