"""A keyring that waits for its password in a window that nobody sees."""

from __future__ import annotations

import json
import threading

import pytest
from keyring.backend import KeyringBackend

from alleo_onboard.store.keyrings import Backend, Found
from alleo_onboard.store.paths import Home
from alleo_onboard.usecases.schedule import record


class Asking(KeyringBackend):
    """A keyring that blocks until it is unlocked."""

    viable = False
    priority = 5

    def __init__(self, unlocked):
        super().__init__()
        self.unlocked = unlocked

    def get_password(self, service, username):
        self.unlocked.wait()
        return "papi-secret"

    def set_password(self, service, username, password):
        self.unlocked.wait()

    def delete_password(self, service, username):
        self.unlocked.wait()


@pytest.fixture
def asking(monkeypatch):
    """Makes it the keyring of this process, with short waiting times."""
    unlocked = threading.Event()
    found = Found(Backend(usable=True, name="Asking"), Asking(unlocked))
    monkeypatch.setattr("alleo_onboard.store.keyrings.find", lambda: found)
    monkeypatch.setattr("alleo_onboard.store.keyring_wait._SAID_AFTER", 0.0)
    monkeypatch.setattr("alleo_onboard.store.keyring_wait._STEP", 0.01)
    monkeypatch.setattr("alleo_onboard.cli.unattended._KEYRING_SECONDS", 0.05)
    yield unlocked
    unlocked.set()


@pytest.fixture
def saved(cli, play):
    at = play().addresses
    folder = cli.home / "profiles"
    folder.mkdir(parents=True)
    (folder / "default.toml").write_text(
        f'client_id = "{at.client_id}"\nbase_url = "{at.personio_base_url}"\n'
        f'[delivery]\nkind = "scim"\nurl = "{at.scim_url}"\n'
    )
    cli.env = {name: value for name, value in cli.env.items() if not name.startswith(("PERSONIO_", "ALLEO_S"))}
    return cli


@pytest.mark.parametrize("words", [("check",), ("preview",), ("schedule", "try-secrets")])
def test_whoever_waits_is_told_what_for(saved, asking, monkeypatch, words):
    said = []

    def say(sentence):
        said.append(sentence)
        asking.set()  # somebody read the message and found the window

    monkeypatch.setattr("alleo_onboard.cli.streams.say", say)
    saved(*words)
    assert any("waits to be unlocked" in one for one in said)


def test_a_run_without_anybody_ends_with_a_record(saved, asking):
    done = saved("sync", "--yes", "--scheduled")
    assert done.code == 2
    last = record.last_run(Home(saved.home, saved.home), "default")
    assert last.exit == 2
    assert "unlocked" in last.message
    assert "papi-secret" not in json.dumps(last.message) + done.err
