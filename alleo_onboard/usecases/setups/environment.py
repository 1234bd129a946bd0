"""Environment variables that concern one set-up, for commands that run many set-ups or install a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alleo_onboard.alleo.registry import kind_of, kinds
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.schedule import CREDENTIALS_VARIABLE, PERSONIO_CREDENTIAL
from alleo_onboard.locale import _
from alleo_onboard.store.paths import Home
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.usecases.setups.resolve import variables
from alleo_onboard.usecases.setups.secret_sources import credential, with_env_file

_PERSONIO = ("PERSONIO_CLIENT_ID", "PERSONIO_CLIENT_SECRET", "PERSONIO_BASE_URL")


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that differs between the environment (`here`) and the saved set-up (`saved`)."""

    variable: str
    here: str
    saved: str


def left_over(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Returns the set variables that concern one set-up, including those in an environment file.

    Raises Usage when that file cannot be read.
    """
    every = with_env_file(environ)
    found = [name for name in variables() if every.get(name, "").strip()]
    held = (slot.credential for kind in kinds() for slot in kind.secrets if slot.credential)
    if any(credential(environ, name) for name in (PERSONIO_CREDENTIAL, *held)):
        found.append(CREDENTIALS_VARIABLE)
    return tuple(found)


def refuse_left_over(environ: Mapping[str, str]) -> None:
    """Raises Usage when variables are set that would give every set-up the same credential or address."""
    if found := left_over(environ):
        text = _(
            "The environment holds {names}, which would count for every set-up: people of one customer would reach "
            "another's Alleo. Unset them and try again. Nothing was done."
        )
        raise Usage(text.format(names=", ".join(found)))


def differences(home: Home, name: str, environ: Mapping[str, str]) -> tuple[Difference, ...]:
    """Returns the values that differ between the environment and the saved set-up. A value in only one of them is fine.

    Raises Usage when one of them cannot be read.
    """
    stored = Profiles(home).load(name)
    if stored is None:
        return ()
    kind = kind_of(stored.delivery)
    settings = [setting for setting in (kind.settings if kind else ()) if setting.variable]
    saved = {
        "PERSONIO_CLIENT_ID": stored.client_id,
        "PERSONIO_BASE_URL": stored.base_url if stored.client_id else "",
        **{setting.variable: stored.delivery.text(setting.name) for setting in settings},
    }
    every = with_env_file(environ)
    others = tuple(
        Difference(variable, every[variable].strip(), kind.label())
        for other in kinds()
        if kind and other.name != kind.name and other.asked_for_by(every)
        for variable in (one.variable for one in other.settings)
        if variable and other.asked_for_by({variable: every.get(variable, "")})
    )
    here = {name: every.get(name, "").strip() for name in saved}
    return others + tuple(
        Difference(name, here[name], value) for name, value in saved.items() if value and here[name] not in ("", value)
    )


def without(environ: Mapping[str, str], found: tuple[Difference, ...]) -> dict[str, str]:
    """Returns the environment without the differing values and the secrets that belong to them."""
    contradicted = {one.variable for one in found}
    systems = (_PERSONIO, tuple(name for name in variables() if name not in _PERSONIO))
    dropped = {name for names in systems if contradicted.intersection(names) for name in names}
    return {name: value for name, value in environ.items() if name not in dropped}
