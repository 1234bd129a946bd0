"""Run by test_store_secretservice.py in a session with an open keyring."""

import os
import subprocess

import pytest
import secretstorage

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Profile
from alleo_onboard.domain.secret import Secret
from alleo_onboard.store.paths import home
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.store.secrets import PERSONIO, Secrets

CANARY = os.environ["STORE_CANARY"]


def looked_up(user: str) -> str:
    command = ["secret-tool", "lookup", "service", "alleo-onboard", "username", user]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def test_the_keyring_is_found_and_named():
    backend = Secrets().backend()
    assert (backend.usable, backend.name, backend.why) == (True, "GNOME Keyring / Secret Service", "")


def test_set_get_and_remove_as_another_program_sees_it():
    secrets = Secrets()
    assert secrets.get("beta b.v", "scim") is None
    secrets.set("beta b.v", "scim", Secret("first"))
    secrets.set("beta b.v", "scim", Secret(CANARY))
    secrets.set("beta b.v", PERSONIO, Secret("other"))
    assert Secrets().get("beta b.v", "scim") == Secret(CANARY)
    assert looked_up("beta b.v/scim") == CANARY
    assert looked_up("beta b.v/personio") == "other"
    assert secrets.remove("beta b.v", (PERSONIO, "scim")) == (PERSONIO, "scim")
    assert looked_up("beta b.v/scim") == looked_up("beta b.v/personio") == ""
    assert secrets.get("beta b.v", "scim") is None
    assert secrets.remove("beta b.v", (PERSONIO, "scim")) == ()


def test_a_set_up_with_its_secret_for_the_sessions_to_come():
    Profiles(home(os.environ)).save(Profile("acme", client_id="papi-1"))
    Secrets().set("acme", PERSONIO, Secret(CANARY))


def test_locked_while_we_run():
    bus = secretstorage.dbus_init()
    secretstorage.get_default_collection(bus).lock()
    bus.close()
    secrets = Secrets()
    assert secrets.backend().usable
    for touch in (
        lambda: secrets.get("acme", PERSONIO),
        lambda: secrets.set("acme", PERSONIO, Secret("new")),
        lambda: secrets.remove("acme", (PERSONIO, "scim")),
    ):
        with pytest.raises(Usage, match="GNOME Keyring / Secret Service is locked"):
            touch()
