"""Handing over, following, taking back and receiving, as a conversation."""

import pytest
from talking import conversation, environment, ready, sandbox

from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.usecases.setups.resolve import Setups


def given(box, home, **more):
    environ = {n: v for n, v in environment(box, home).items() if not n.startswith("ALLEO_SCIM")}
    return environ, DeliveryChoice("handover").having(server=box.addresses.onetime_url, company="Polderwerk", **more)


def test_from_handing_over_to_activated(tmp_path):
    with sandbox() as box:
        environ, choice = given(box, tmp_path)
        heard, code = ready(environ, "g", "no", "g", "yes", "k", "o", "v", "soon", "v", "", "q", delivery=choice)
        assert code == 0
        (item,) = box.onetime.items
        sent, asked = heard.text.split("Type k to hear the passphrase.")
        assert item.passphrase not in sent
        assert f"Passphrase: {item.passphrase}" in asked
        assert "Not yet: opened by Alleo" in sent + asked
        assert "Done: opened by Alleo" in asked
        assert "'soon' is no date" in asked
        assert "State: activated by Alleo, as you told" in heard.heard
        assert box.addresses.client_secret not in heard.text


def test_taking_it_back(tmp_path):
    with sandbox() as box:
        environ, choice = given(box, tmp_path)
        heard, _code = ready(environ, "g", "yes", "w", "no", "w", "yes", "q", delivery=choice)
        assert "State: taken back" in heard.heard


@pytest.mark.parametrize(("reason", "links"), [("", 0), ("we agreed on it", 1)])
def test_errors_are_handed_over_only_for_a_reason(tmp_path, reason, links):
    with sandbox("forgotten-attributes") as box:
        environ, choice = given(box, tmp_path)
        heard, _code = ready(environ, "g", "yes", reason, "q", delivery=choice)
        assert "errors must be mended first" in heard.text
        assert len(box.onetime.items) == links
        assert (f"hand it over all the same: {reason}" in heard.text) is bool(links)


def test_by_hand_the_secret_is_not_written(tmp_path):
    with sandbox() as box:
        environ, choice = given(box, tmp_path, via="manual")
        answers = ("g", "yes", "", "Our vault", "https://vault.example/1", "q")
        heard, _code = ready(environ, *answers, delivery=choice)
        assert "Handed over through Our vault" in heard.heard
        assert box.addresses.client_secret not in heard.text


def test_another_way_than_before_is_told_what_to_switch_off(tmp_path):
    with sandbox() as box:
        environ, choice = given(box, tmp_path)
        heard, _code = ready(environ, "b", "3", "no", "yes", "back", "q", delivery=choice)
        assert "Attention: So far people got into Alleo another way: Hand the credential to Alleo." in heard.text


def test_i_was_sent_a_link_needs_a_place_before_it_is_opened(tmp_path, monkeypatch):
    import keyring.backends.fail
    import keyring.core

    monkeypatch.setattr(keyring.core, "_keyring_backend", keyring.backends.fail.Keyring())
    with sandbox() as box:
        environ = environment(box, tmp_path, bare=True)
        heard, code = conversation(environ, "2", "?", "back", "2", "Acme", "q", from_start=True)
        assert code == 0
        assert "so the link was not opened" in heard.text
        assert Setups(environ).names() == ()
