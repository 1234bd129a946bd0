"""A new kind of delivery, defined in this test: after its registration, everything else knows it."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from alleo_onboard.alleo import registry
from alleo_onboard.domain.account import Account
from alleo_onboard.domain.delivery import Context, DeliveryReport, Outcome, Question, Runs, SecretSlot, Setting
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import DeliveryChoice, Remember
from alleo_onboard.domain.secret import Secret
from alleo_onboard.sandbox.server import Sandbox
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.usecases.preview.preview import preview
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.preconditions import Consent
from alleo_onboard.usecases.run.sync import sync
from alleo_onboard.usecases.schedule.secrets import missing
from alleo_onboard.usecases.setups.entered import with_delivery
from alleo_onboard.usecases.setups.resolve import Setups, secret_names, variables


class Drawer:
    """Keeps accounts in this process."""

    concurrency = 1
    clock_ahead = None

    def __init__(self, place: str, key: Secret) -> None:
        self.place, self.key, self.held = place, key, {}

    async def open(self, wanted):
        return DeliveryReport(self.place, wanted)

    async def accounts(self):
        return tuple(self.held.values())

    async def account(self, identity, personio_id, email=""):
        return self.held.get(identity)

    async def apply(self, change):
        new = change.new
        identity = f"drawer-{change.personio_id}"
        extras = {n: v for n, v in new.items() if n not in ("email", "first_name", "last_name", "department")}
        self.held[identity] = Account(
            identity, str(change.personio_id), new["email"], new["first_name"], new["last_name"],
            department=new.get("department") or "", active=True, extras=extras,
        )  # fmt: skip
        return Outcome(change, identity, 201)

    async def aclose(self):
        return None


class DrawerKind:
    name, runs, reads_accounts = "drawer", Runs.CHANGES, True
    settings = (
        Setting("place", label=lambda _choice: "Place", variable="ALLEO_DRAWER"),
        Setting("locked", default=False),
    )
    secrets = (SecretSlot("drawer", lambda _choice: "Key", ("ALLEO_DRAWER_KEY",), "alleo-drawer"),)
    opened: list[Drawer]

    def __init__(self):
        self.opened = []

    def label(self):
        return "Drawer"

    def about(self):
        return "accounts lie in a drawer"

    def question(self):
        return Question("Is there a drawer?", "yes", "no")

    def ending(self):
        return "Lock the drawer."

    def help(self):
        return ("Pull.",)

    def address(self, choice):
        return choice.text("place")

    def asked_for_by(self, environ):
        return bool(environ.get("ALLEO_DRAWER"))

    def overlaid(self, choice, environ):
        return choice.having(place=environ["ALLEO_DRAWER"]) if environ.get("ALLEO_DRAWER") else choice

    def overlays(self, variable):
        return ("place",) if variable == "ALLEO_DRAWER" else ()

    def secret_variable(self, slot, choice):
        return "ALLEO_DRAWER_KEY"

    def missing(self, choice, secrets):
        needed = (("ALLEO_DRAWER", choice.text("place")), ("ALLEO_DRAWER_KEY", "drawer" in secrets))
        return tuple(name for name, there in needed if not there)

    def entered(self, before, typed, secrets):
        if not typed.get("place"):
            raise Usage("The place is empty.")
        return DeliveryChoice("drawer").having(place=typed["place"])

    def keeps_secrets(self, before, now):
        return before == now

    def arrival(self, choice, run):
        return f"At {run:%H:%M}, in the drawer."

    def described(self, choice):
        return {"place": "set"}

    def connect(self, choice, secrets, context: Context):
        self.opened.append(Drawer(choice.text("place"), secrets["drawer"]))
        return self.opened[-1]


@pytest.fixture
def drawer(monkeypatch):
    module = ModuleType("a_drawer")
    module.REGISTERED = DrawerKind()
    monkeypatch.setitem(sys.modules, "a_drawer", module)
    monkeypatch.setitem(registry.MODULES, "drawer", "a_drawer")
    return module.REGISTERED


async def test_a_second_delivery_runs_whole(drawer, tmp_path):
    with Sandbox("selective", 34, limits=False) as sandbox:
        own = sandbox.addresses.environment()
        environ = {name: value for name, value in own.items() if name.startswith("PERSONIO_")}
        environ |= {"ALLEO_ONBOARD_HOME": str(tmp_path), "ALLEO_DRAWER": "top", "ALLEO_DRAWER_KEY": "k"}
        setup = Setups(environ).find()
        assert (setup.kind.name, setup.place, missing(setup)) == ("drawer", "top", ())
        async with Session(setup) as session:
            made = await preview(session)
            done = await sync(session, made, Consent())
            assert len(drawer.opened[0].held) == done.applied["onboard"] == made.plan.summary["onboard"] > 0
            again = await preview(session)
            assert not again.plan.changes


def test_a_set_up_keeps_what_was_typed_and_not_what_the_environment_gave(drawer, tmp_path):
    setups = Setups({"ALLEO_ONBOARD_HOME": str(tmp_path)})
    setup = with_delivery(setups.find(), "drawer", {"place": "top"}, {"drawer": Secret("k")})
    setups.save(Setups({"ALLEO_ONBOARD_HOME": str(tmp_path)}).find())
    setups = Setups({"ALLEO_ONBOARD_HOME": str(tmp_path), "ALLEO_SCIM_URL": "https://a.example"})
    given = setups.find()
    assert given.kind.name == "scim"
    setups.save(given)
    assert Profiles(setups.home).load("default").delivery == DeliveryChoice()
    assert setup.profile.delivery == DeliveryChoice("drawer").having(place="top")
    assert setup.profile.remember is Remember.KEYRING


def test_its_variables_and_secrets_are_known_everywhere(drawer):
    assert {"ALLEO_DRAWER", "ALLEO_DRAWER_KEY"} <= set(variables())
    assert "drawer" in secret_names()


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("kind = 'drawer'\ndepth = 3", "there is no setting called delivery.depth. The settings are: delivery.place"),
        ("kind = 'drawer'\nlocked = 'yes'", "delivery.locked must be true or false"),
        ("kind = 'cupboard'", "There is no delivery called cupboard. There are: "),
        ("kind = 'scim'\nconcurrency = 0", "delivery.concurrency must be a whole number from 1 to 64"),
        ("kind = 'scim'\nconcurrency = true", "delivery.concurrency must be a whole number"),
        ("kind = 'scim'\nsign_in = 'magic'", "delivery.sign_in must be one of: bearer, oauth2, basic"),
    ],
)
def test_a_wrong_setting_of_a_delivery_is_named(drawer, tmp_path, table, told):
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "acme.toml").write_text(f"[delivery]\n{table}\n")
    with pytest.raises(Usage) as error:
        Setups({"ALLEO_ONBOARD_HOME": str(tmp_path)}).find("acme")
    assert told in str(error.value)
    assert "acme.toml" in str(error.value)


def test_a_profile_of_before_is_read_on_and_moved(tmp_path):
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "acme.toml").write_text(
        "[scim] # ours\nurl = 'https://a.example/scim'\nsign_in = 'basic'\nclient_id = 'me'\n"
    )
    setups = Setups({"ALLEO_ONBOARD_HOME": str(tmp_path)})
    setup = setups.find("acme")
    assert (setup.kind.name, setup.place) == ("scim", "https://a.example/scim")
    Profiles(setups.home).save(setup.profile)
    text = (folder / "acme.toml").read_text()
    assert "[delivery] # ours" in text
    assert "scim]" not in text
    assert setups.find("acme").profile == setup.profile


def test_every_variable_of_a_delivery_is_one_that_is_looked_for():
    """A set-up loads the deliveries only if the environment has a variable about Alleo."""
    for variable in set(variables()) - {"PERSONIO_CLIENT_ID", "PERSONIO_CLIENT_SECRET", "PERSONIO_BASE_URL"}:
        assert variable.startswith("ALLEO_")
        assert not variable.startswith("ALLEO_ONBOARD_")
