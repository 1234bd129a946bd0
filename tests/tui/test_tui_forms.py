"""Typed values become a set-up, or an error that says what is wrong."""

import pytest

from alleo_onboard.alleo.scim.settings import ScimSettings
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Remember
from alleo_onboard.domain.secret import Secret
from alleo_onboard.usecases.setups.entered import Credential, with_credential, with_delivery
from alleo_onboard.usecases.setups.resolve import Setups


@pytest.fixture
def setup(tmp_path):
    return Setups({"ALLEO_ONBOARD_HOME": str(tmp_path)}).find()


def credential(name="Acme", client_id=" papi-1 ", secret="s", remember=Remember.SESSION):
    return Credential(name, client_id, Secret(secret) if secret else None, remember)


def test_a_credential(setup):
    typed = with_credential(setup, credential(), ())
    assert (typed.profile.name, typed.profile.client_id, typed.client_secret) == ("Acme", "papi-1", Secret("s"))


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        (credential(name="a/b"), "cannot be called"),
        (credential(name="OTHER"), "already a set-up"),
        (credential(client_id=" "), "client id is empty"),
        (credential(secret=""), "client secret is empty"),
    ],
)
def test_what_is_wrong_with_a_credential(setup, typed, word):
    with pytest.raises(Usage, match=word):
        with_credential(setup, typed, ("Other",))


def test_a_secret_at_hand_serves_its_own_client_id_only(setup):
    first = with_credential(setup, credential(), ())
    assert with_credential(first, credential(secret=""), ("Acme",)).client_secret == Secret("s")
    with pytest.raises(Usage):
        with_credential(first, credential(client_id="papi-2", secret=""), ("Acme",))


def test_a_new_name_is_a_new_set_up(setup):
    first = with_credential(setup, credential(), ())
    assert not with_credential(first, credential(name="Beta"), ("Acme",)).saved


def scim(setup, secret="t", **typed):
    return with_delivery(setup, "scim", typed, {"scim": Secret(secret)} if secret else {})


def test_only_what_applies_to_the_sign_in_is_kept(setup):
    everything = {"url": " https://a.example/scim ", "token_url": "https://a.example/token", "client_id": "me"}
    bearer = ScimSettings.of(scim(setup, sign_in="bearer", **everything).profile.delivery)
    assert (bearer.url, bearer.token_url, bearer.client_id) == ("https://a.example/scim", "", "")
    oauth = ScimSettings.of(scim(setup, sign_in="oauth2", **everything).profile.delivery)
    assert (oauth.token_url, oauth.client_id) == ("https://a.example/token", "me")
    basic = ScimSettings.of(scim(setup, sign_in="basic", **everything).profile.delivery)
    assert (basic.token_url, basic.client_id) == ("", "me")


@pytest.mark.parametrize(
    ("typed", "secret", "word"),
    [
        ({}, "t", "address is empty"),
        ({"url": "https://a"}, "", "secret is empty"),
        ({"url": "https://a", "sign_in": "oauth2", "client_id": "me"}, "t", "Confirm it with Alleo"),
        ({"url": "https://a", "sign_in": "oauth2", "token_url": "https://t"}, "t", "client id is empty"),
        ({"url": "https://a", "sign_in": "basic"}, "t", "user name is empty"),
    ],
)
def test_what_is_wrong_with_a_delivery(setup, typed, secret, word):
    with pytest.raises(Usage, match=word):
        scim(setup, secret, **typed)


@pytest.mark.parametrize("other", [{"url": "https://b"}, {"url": "https://a", "sign_in": "basic", "client_id": "me"}])
def test_a_secret_at_hand_serves_its_own_address_and_sign_in_only(setup, other):
    first = scim(setup, url="https://a")
    assert scim(first, "", url="https://a").delivery_secrets == {"scim": Secret("t")}
    with pytest.raises(Usage, match="secret is empty"):
        scim(first, "", **other)
