"""Run by test_store_secretservice.py in a session whose keyring stayed locked because of a wrong password."""

import os

import pytest

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Profile
from alleo_onboard.store.paths import home
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.store.secrets import PERSONIO, Secrets


def test_the_set_up_is_there_and_its_secret_is_not_to_be_had():
    assert Profiles(home(os.environ)).load("acme") == Profile("acme", client_id="papi-1")
    with pytest.raises(Usage, match="is locked"):
        Secrets().get("acme", PERSONIO)
