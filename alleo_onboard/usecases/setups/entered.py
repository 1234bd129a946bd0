"""Turns typed values into a set-up, or raises an error that says what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from alleo_onboard.alleo.registry import kind
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Remember, valid_name
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.usecases.setups.given import keeps
from alleo_onboard.usecases.setups.resolve import Setup

PERSONIO_SECRET = "PERSONIO_CLIENT_SECRET"  # noqa: S105 - the name of a variable


@dataclass(frozen=True, slots=True)
class Credential:
    """The values of the Connect form. `secret` is None when nothing was typed; the known one is then used."""

    name: str
    client_id: str
    secret: Secret | None
    remember: Remember


def with_credential(setup: Setup, typed: Credential, taken: Collection[str]) -> Setup:
    """Returns the set-up with a typed credential. `taken` are the names of stored set-ups. Raises Usage."""
    called = named(setup, typed.name, taken)
    client_id = "".join(typed.client_id.split())
    # A kept secret belongs to its client id; one from the environment goes with whatever id is typed beside it.
    known = client_id == setup.profile.client_id or PERSONIO_SECRET in setup.from_environment
    secret = typed.secret or (setup.client_secret if known else None)
    if not client_id:
        raise Usage(_("The client id is empty. Copy it from Personio.")).about("client_id")
    if not secret:
        text = _("The client secret is empty. Copy it from Personio; it is shown there only once.")
        raise Usage(text).about("secret")
    # Whether everyone is meant was asked about the people whom the earlier credential showed.
    everyone = called.profile.everyone_confirmed and client_id == setup.profile.client_id
    profile = replace(called.profile, client_id=client_id, remember=typed.remember, everyone_confirmed=everyone)
    return replace(called, profile=profile, client_secret=secret)


def named(setup: Setup, name: str, taken: Collection[str]) -> Setup:
    """Returns the set-up under another name, as a new one if the name is new.

    Raises Usage for an invalid or taken name.
    """
    if not valid_name(name):
        text = _(
            "A set-up cannot be called “{name}”: use letters, digits, spaces, dots and dashes, and no dot at the end."
        )
        raise Usage(text.format(name=name)).about("name")
    same = name == setup.profile.name
    if not same and name.casefold() in {one.casefold() for one in taken}:
        text = _(
            "There is already a set-up called {name}. Choose another name, or open that one: alleo-onboard --profile."
        )
        raise Usage(text.format(name=name)).about("name")
    return replace(setup, profile=replace(setup.profile, name=name), saved=setup.saved and same)


def with_delivery(setup: Setup, name: str, typed: Mapping[str, str], secrets: Mapping[str, Secret]) -> Setup:
    """Returns the set-up with typed settings of the delivery `name`, ready to test. Raises Usage.

    `typed` are settings by name, `secrets` typed secrets by slot. A secret that was not typed is taken from the set-up,
    if it may be used there; one from the environment counts no longer where another was typed.
    """
    chosen, before = kind(name), setup.profile.delivery
    trial = chosen.entered(before, typed, [slot.name for slot in chosen.secrets])
    kept = {s.name: setup.delivery_secrets[s.name] for s in chosen.secrets if keeps(setup, chosen, s, trial)}
    filled = {**kept, **{name: secret for name, secret in secrets.items() if secret}}
    choice = chosen.entered(before, typed, filled.keys())
    overruled = {variable for slot in chosen.secrets if secrets.get(slot.name) for variable in slot.variables}
    return replace(
        setup,
        profile=replace(setup.profile, delivery=choice),
        delivery_secrets=filled,
        from_environment=setup.from_environment - overruled,
    )
