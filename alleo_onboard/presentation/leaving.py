"""Text for leaving the wizard: what would be lost, what was saved, and how to continue."""

from __future__ import annotations

from alleo_onboard.domain.profile import DEFAULT_NAME, Remember
from alleo_onboard.locale import _
from alleo_onboard.usecases.setups.resolve import Setup

_GIVEN = frozenset({"PERSONIO_CLIENT_SECRET"})


def question(setup: Setup, *, typed: bool, signed_in: bool) -> str:
    """Returns the question before leaving, "" when nothing would be lost.

    `typed`: a secret is in a field. `signed_in`: a sign-in with the secret succeeded.
    """
    if typed:
        return _("What you typed as a secret is kept nowhere. Personio shows a client secret only once. Leave?")
    if setup.client_secret and signed_in and _only_here(setup):
        return _(
            "The client secret is only in this window's memory, and Personio shows it only once. If you have no other "
            "copy, a new credential has to be made after leaving. Leave?"
        )
    return ""


def _only_here(setup: Setup) -> bool:
    """Returns whether the secret exists only in memory."""
    given = setup.from_environment & _GIVEN or setup.profile.secret_command
    return setup.profile.remember is Remember.SESSION and not given


def farewell(setup: Setup, *, forgetful: bool) -> str:
    """Returns what was saved and the command to continue; a `forgetful` demo keeps nothing."""
    if forgetful:
        return _("A demo keeps nothing.")
    if not setup.saved:
        return _("Nothing was saved. To begin again: alleo-onboard")
    name = setup.profile.name
    command = "alleo-onboard" if name == DEFAULT_NAME else f'alleo-onboard --profile "{name}"'
    if setup.profile.remember is Remember.KEYRING and _all_given(setup):
        text = _("Saved as “{name}”; its secrets come from the environment. To go on: {command}")
    elif setup.profile.remember is Remember.KEYRING:
        text = _("Saved as “{name}”, with its secrets in the keyring. To go on: {command}")
    else:
        text = _("Saved as “{name}”, without secrets. To go on: {command}")
    return text.format(name=name, command=command)


def _all_given(setup: Setup) -> bool:
    """Returns whether the environment gives every secret, so that the keyring holds none of them."""
    variables = {slot.name: slot.variables for slot in (setup.kind.secrets if setup.kind else ())}
    others = (setup.from_environment & set(variables.get(name, ())) for name in setup.delivery_secrets)
    return bool(setup.from_environment & _GIVEN) and all(others)
