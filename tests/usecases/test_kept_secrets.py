"""A stored secret goes only to the address it was stored for, whatever the environment or a form says."""

from __future__ import annotations

import sys

import pytest

from alleo_onboard.alleo.scim.settings import ScimSettings, SignIn
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Profile, Remember
from alleo_onboard.domain.secret import Secret
from alleo_onboard.store.secrets import PERSONIO, Secrets
from alleo_onboard.usecases.setups.entered import with_delivery
from alleo_onboard.usecases.setups.resolve import Setups

SCIM = ScimSettings(
    "https://alleo.example/scim", SignIn.OAUTH2, token_url="https://alleo.example/token", client_id="alleo-client"
)


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Saves a set-up with its secrets in the keyring.

    Returns a function that finds it, with more in the environment.
    """

    def get(_self, profile, name):
        return Secret("kept personio" if name == PERSONIO else "kept alleo") if profile == "acme" else None

    monkeypatch.setattr(Secrets, "get", get)

    def find(scim=SCIM, **environ):
        place = {"ALLEO_ONBOARD_HOME": str(tmp_path)}
        profile = Profile(name="acme", client_id="papi-1", delivery=scim.choice, remember=Remember.KEYRING)
        Setups(place)._profiles.save(profile)
        return Setups({**place, **environ}).find("acme")

    return find


def secrets_of(setup):
    return setup.client_secret, dict(setup.delivery_secrets)


def test_what_was_kept_serves_the_set_up_it_was_kept_for(kept):
    client_secret, delivery = secrets_of(kept())
    assert client_secret == Secret("kept personio")
    assert list(delivery.values()) == [Secret("kept alleo")]


@pytest.mark.parametrize(
    "environ",
    [
        {"ALLEO_SCIM_URL": "https://evil.example/scim"},
        {"ALLEO_SCIM_URL": "https://alleo.example/other"},
        {"ALLEO_SCIM_URL": "https://alleo.example.evil.example/scim"},
        {"ALLEO_TOKEN_URL": "https://evil.example/token"},
        {"ALLEO_CLIENT_ID": "somebody-else"},
    ],
)
def test_the_secret_for_alleo_goes_to_no_other_address_or_client(kept, environ):
    client_secret, delivery = secrets_of(kept(**environ))
    assert delivery == {}
    assert client_secret == Secret("kept personio")


def test_the_secret_of_one_credential_is_not_that_of_another(kept):
    client_secret, delivery = secrets_of(kept(PERSONIO_CLIENT_ID="papi-2"))
    assert client_secret is None
    assert list(delivery.values()) == [Secret("kept alleo")]


def test_a_command_that_prints_the_secret_is_not_run_for_another_address(kept, tmp_path):
    ran = tmp_path / "ran"
    program = tmp_path / "print.py"
    program.write_text(f"open({str(ran)!r}, 'w').close(); print('printed')")
    scim = ScimSettings("https://alleo.example/scim", secret_command=f'"{sys.executable}" "{program}"')
    assert secrets_of(kept(scim, ALLEO_SCIM_URL="https://evil.example/scim"))[1] == {}
    assert not ran.exists()
    assert list(secrets_of(kept(scim))[1].values()) == [Secret("printed")]


@pytest.mark.parametrize(
    "typed",
    [{"url": "https://evil.example/scim"}, {"token_url": "https://evil.example/token"}, {"client_id": "else"}, {"sign_in": "basic"}],
)  # fmt: skip
def test_a_form_with_another_address_needs_its_secret_typed(kept, typed):
    form = {
        "url": SCIM.url, "sign_in": SCIM.sign_in.value, "token_url": SCIM.token_url, "client_id": SCIM.client_id
    }  # fmt: skip
    assert list(with_delivery(kept(), "scim", form, {}).delivery_secrets.values()) == [Secret("kept alleo")]
    with pytest.raises(Usage, match="secret is empty"):
        with_delivery(kept(), "scim", {**form, **typed}, {})
