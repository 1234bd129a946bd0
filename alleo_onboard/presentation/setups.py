"""Sentences about set-ups: two that end at one place, one that is new, one without its credential."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from alleo_onboard.locale import _
from alleo_onboard.locale.meant import did_you_mean

if TYPE_CHECKING:
    from alleo_onboard.usecases.setups.environment import Difference


def shared_sentence(name: str, others: Sequence[str], *, meant: bool) -> str:
    """Which other set-ups write to the same Alleo, and what that means; "" where there are none."""
    if not others:
        return ""
    if meant:
        text = _("{name} shares its Alleo address with {others}, as its set-up says (shared = true).")
    else:
        text = _(
            "{name} has the same Alleo address as {others}: each run may undo the other's. Remove the one that is too "
            "many (alleo-onboard profiles remove), or, where both are meant, write shared = true into their files."
        )
    return text.format(name=name, others=", ".join(others))


def difference_sentence(one: Difference) -> str:
    """Where the environment contradicts a saved set-up, before something is installed for it."""
    text = _("{variable} is {here} in this environment, and {saved} in the set-up. The daily run uses the set-up's.")
    return text.format(variable=one.variable, here=one.here, saved=one.saved)


def new_setup(name: str, known: tuple[str, ...]) -> str:
    """For a name that no set-up has: it may be a slip of the keyboard, so the known ones are told."""
    text = _("There is no set-up called {name} yet, so this is a new one. There are: {known}.")
    told = text.format(name=name, known=", ".join(known) or _("none"))
    return f"{told} {did_you_mean(name, known)}".strip()


def no_credential(name: str, variables: str) -> str:
    """For a command without a terminal, where nobody can be asked for the secret; `variables` would hold it."""
    text = _("No Personio credential for {name}: set {missing}, or run alleo-onboard on a terminal.")
    return text.format(name=name, missing=variables)


def no_credential_unattended(name: str) -> str:
    """For a run that nobody watches."""
    return _("No Personio credential for {name} was found where this run looks for it.").format(name=name)


def no_setups() -> str:
    return _("There are no set-ups yet: alleo-onboard opens the wizard that makes one.")
