"""What is typed becomes a set-up, or a sentence that says what is wrong."""

import pytest

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Remember, SignIn
from alleo_onboard.domain.secret import Secret
from alleo_onboard.usecases.setups.entered import Address, Credential, with_credential, with_delivery
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


def test_only_what_applies_to_the_sign_in_is_kept(setup):
    everything = {
        "url": " https://a.example/scim ",
        "token_url": "https://a.example/token",
        "client_id": "me",
        "secret": Secret("t"),
    }
    bearer = with_delivery(setup, Address(sign_in=SignIn.BEARER, **everything)).profile.scim
    assert (bearer.url, bearer.token_url, bearer.client_id) == ("https://a.example/scim", "", "")
    oauth = with_delivery(setup, Address(sign_in=SignIn.OAUTH2, **everything)).profile.scim
    assert (oauth.token_url, oauth.client_id) == ("https://a.example/token", "me")
    basic = with_delivery(setup, Address(sign_in=SignIn.BASIC, **everything)).profile.scim
    assert (basic.token_url, basic.client_id) == ("", "me")


@pytest.mark.parametrize(
    ("address", "word"),
    [
        (Address("", SignIn.BEARER, "", "", Secret("t")), "address is empty"),
        (Address("https://a", SignIn.BEARER, "", "", None), "secret is empty"),
        (Address("https://a", SignIn.OAUTH2, "", "me", Secret("t")), "Confirm it with Alleo"),
        (Address("https://a", SignIn.OAUTH2, "https://t", "", Secret("t")), "client id is empty"),
        (Address("https://a", SignIn.BASIC, "", "", Secret("t")), "user name is empty"),
    ],
)
def test_what_is_wrong_with_a_delivery(setup, address, word):
    with pytest.raises(Usage, match=word):
        with_delivery(setup, address)
