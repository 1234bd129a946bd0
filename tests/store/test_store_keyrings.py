"""Which keyrings may hold secrets, and how their errors are reported."""

import os
import subprocess
import sys
from typing import ClassVar

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, Windows, fail, kwallet, libsecret, macOS, null
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringLocked

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.secret import Secret
from alleo_onboard.store.keyrings import judge
from alleo_onboard.store.secrets import PERSONIO, Secrets

CANARY = "canary-9f31-never-shown"


class Shelf(KeyringBackend):
    """A keyring in memory, as third parties write them. Used only when a test sets it."""

    priority = 5
    viable = False

    def __init__(self):
        super().__init__()
        self.held = {}

    def get_password(self, service, username):
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        self.held[service, username] = password

    def delete_password(self, service, username):
        del self.held[service, username]


class PlaintextKeyring(Shelf):
    viable = False


class AltKeyring(Shelf):
    """Pretends to come from keyrings.alt."""

    __module__ = "keyrings.alt.file"
    viable = False


class CryptKeyring(Shelf):
    __module__ = "keyrings.cryptfile.cryptfile"
    viable = False


class Unrecommended(Shelf):
    priority = 0.5
    viable = False


class Chain(ChainerBackend):
    viable = False
    backends: ClassVar = []


def chain(*members):
    made = Chain()
    type(made).backends = list(members)
    return made


@pytest.fixture
def use():
    """Returns a function that sets the keyring for one test."""
    before = keyring.core._keyring_backend

    def put(backend):
        keyring.set_keyring(backend)
        return Secrets()

    yield put
    keyring.core._keyring_backend = before


@pytest.mark.parametrize(
    "chosen",
    [
        fail.Keyring(),
        null.Keyring(),
        PlaintextKeyring(),
        AltKeyring(),
        CryptKeyring(),
        Unrecommended(),
        chain(),
        chain(PlaintextKeyring(), AltKeyring()),
    ],
    ids=lambda chosen: type(chosen).__name__,
)
def test_unsafe_keyrings_are_not_used_and_a_sentence_says_why(chosen, use):
    secrets = use(chosen)
    judged = secrets.backend()
    assert not judged.usable
    assert judged.why.endswith(".")
    assert secrets.get("acme", PERSONIO) is None
    assert secrets.remove("acme", (PERSONIO, "scim")) == ()
    with pytest.raises(Usage) as error:
        secrets.set("acme", PERSONIO, Secret(CANARY))
    assert str(error.value) == judged.why
    assert not getattr(chosen, "held", {})


def test_of_a_chain_only_the_safe_member_is_used(use):
    plain, safe = PlaintextKeyring(), Shelf()
    plain.held["alleo-onboard", "acme/scim"] = "from a file"
    secrets = use(chain(plain, safe))
    assert (secrets.backend().usable, secrets.backend().name) == (True, "Shelf")
    secrets.set("acme", PERSONIO, Secret(CANARY))
    assert safe.held == {("alleo-onboard", "acme/personio"): CANARY}
    assert len(plain.held) == 1
    assert secrets.get("acme", "scim") is None


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (SecretService, "GNOME Keyring / Secret Service"),
        (libsecret, "GNOME Keyring / Secret Service"),
        (kwallet, "KWallet"),
        (macOS, "macOS Keychain"),
        (Windows, "Windows Credential Manager"),
    ],
)
def test_the_keyrings_of_systems_have_names_for_people(module, name):
    system = type("Keyring", (Shelf,), {"__module__": module.__name__, "viable": False})
    judged = judge(system()).backend
    assert (judged.usable, judged.name, judged.why) == (True, name, "")


def test_set_get_replace_remove(use):
    secrets = use(Shelf())
    assert secrets.get("acme", PERSONIO) is None
    secrets.set("acme", PERSONIO, Secret("first"))
    secrets.set("acme", PERSONIO, Secret(CANARY))
    secrets.set("beta", PERSONIO, Secret("beta's"))
    assert secrets.get("acme", PERSONIO) == Secret(CANARY)
    assert secrets.get("acme", "scim") is None
    assert secrets.remove("acme", (PERSONIO, "scim")) == (PERSONIO,)
    assert secrets.remove("acme", (PERSONIO, "scim")) == ()
    assert secrets.get("acme", PERSONIO) is None
    assert secrets.get("beta", PERSONIO) == Secret("beta's")
    with pytest.raises(Usage, match="no secret"):
        secrets.set("acme", "scim", Secret(" "))
    with pytest.raises(Usage, match="cannot be the name"):
        secrets.get("beta/personio", "scim")


class Forgetful(Shelf):
    viable = False

    def set_password(self, service, username, password):
        pass


class Moody(Shelf):
    viable = False
    mood: Exception

    def get_password(self, service, username):
        raise self.mood

    def set_password(self, service, username, password):
        raise self.mood


def test_a_keyring_that_forgets_is_noticed(use):
    with pytest.raises(Usage, match="Forgetful did not keep the secret"):
        use(Forgetful()).set("acme", "scim", Secret(CANARY))


@pytest.mark.parametrize(
    ("mood", "told"),
    [(KeyringLocked("Failed to unlock"), "Moody is locked"), (OSError(f"bus lost {CANARY}"), "Moody did not do")],
)
def test_what_goes_wrong_inside_becomes_a_sentence_without_its_text(use, mood, told):
    backend = Moody()
    backend.mood = mood
    secrets = use(backend)
    for touch in (
        lambda: secrets.set("acme", "scim", Secret(CANARY)),
        lambda: secrets.get("acme", "scim"),
        lambda: secrets.remove("acme", (PERSONIO, "scim")),
    ):
        with pytest.raises(Usage, match=told) as error:
            touch()
        assert CANARY not in str(error.value)
        assert error.value.__suppress_context__


@pytest.mark.parametrize(
    "named", ["keyring.backends.fail.Keyring", "keyring.backends.null.Keyring", "no.such.Keyring", "", "os.Nothing"]
)
def test_the_keyring_that_the_environment_names(tmp_path, named):
    script = "from alleo_onboard.store.secrets import Secrets; b = Secrets().backend(); print(b.usable, b.why)"
    told = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHON_KEYRING_BACKEND": named, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.startswith("False ")
    assert len(told.stdout.split()) > 3


def test_importing_the_room_loads_no_keyring_and_no_toml_writer():
    script = (
        "import sys\n"
        "from alleo_onboard.store import ledger, lock, paths, profiles, secrets\n"
        "print(sorted({'keyring', 'platformdirs', 'tomlkit', 'textual', 'httpx', 'msgspec'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
