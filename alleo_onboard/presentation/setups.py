"""Sentences about set-ups: two with one address, a new one, one without credential."""

from __future__ import annotations

from collections.abc import Sequence

from alleo_onboard.locale import _
from alleo_onboard.locale.meant import did_you_mean

TYPE_CHECKING = False  # a copy of typing's constant; importing typing would slow down quick commands
if TYPE_CHECKING:
    from alleo_onboard.usecases.setups.environment import Difference


def shared_sentence(name: str, others: Sequence[str], *, meant: bool) -> str:
    """Returns which other set-ups write to the same Alleo, and what that means; "" when none do."""
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
    """Returns a value that differs between environment and saved set-up, before a daily run is installed."""
    text = _("{variable} is {here} in this environment, and {saved} in the set-up. The daily run uses the set-up's.")
    return text.format(variable=one.variable, here=one.here, saved=one.saved)


def new_setup(name: str, known: tuple[str, ...]) -> str:
    """Returns that a set-up is new, with the known ones, in case the name is a typing error."""
    text = _("There is no set-up called {name} yet, so this is a new one. There are: {known}.")
    told = text.format(name=name, known=", ".join(known) or _("none"))
    return f"{told} {did_you_mean(name, known)}".strip()


def no_credential(name: str, variables: str) -> str:
    """Returns the error for a missing secret without a terminal; `variables` are the variables to set."""
    text = _("No Personio credential for {name}: set {missing}, or run alleo-onboard on a terminal.")
    return text.format(name=name, missing=variables)


def no_credential_unattended(name: str) -> str:
    """Returns the error for a missing secret in an unattended run."""
    return _("No Personio credential for {name} was found where this run looks for it.").format(name=name)


def no_setups() -> str:
    return _("There are no set-ups yet: alleo-onboard opens the wizard that makes one.")
