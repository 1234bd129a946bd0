"""What was typed becomes a set-up, or a sentence that says what is wrong with it. No widget, no file, no network."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Remember, SignIn, valid_name
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.usecases.setups.resolve import Setup

PERSONIO_SECRET = "PERSONIO_CLIENT_SECRET"  # noqa: S105 - names of variables
ALLEO_SECRETS = ("ALLEO_SCIM_TOKEN", "ALLEO_CLIENT_SECRET")


@dataclass(frozen=True, slots=True)
class Credential:
    """The Connect form. `secret` is None when nothing was typed, so that the one at hand goes on serving."""

    name: str
    client_id: str
    secret: Secret | None
    remember: Remember


def with_credential(setup: Setup, typed: Credential, taken: Collection[str]) -> Setup:
    """The set-up to validate. `taken` are the names of the set-ups on disk. Raises Usage."""
    if not valid_name(typed.name):
        text = _(
            "A set-up cannot be called “{name}”: use letters, digits, spaces, dots and dashes, and no dot at the end."
        )
        raise Usage(text.format(name=typed.name))
    if typed.name != setup.profile.name and typed.name.casefold() in {name.casefold() for name in taken}:
        text = _(
            "There is already a set-up called {name}. Choose another name, or open that one: alleo-onboard --profile."
        )
        raise Usage(text.format(name=typed.name))
    client_id = "".join(typed.client_id.split())
    secret = typed.secret or (setup.client_secret if client_id == setup.profile.client_id else None)
    if not client_id:
        raise Usage(_("The client id is empty. Copy it from Personio."))
    if not secret:
        raise Usage(_("The client secret is empty. Copy it from Personio; it is shown there only once."))
    same = typed.name == setup.profile.name
    profile = replace(setup.profile, name=typed.name, client_id=client_id, remember=typed.remember)
    return replace(setup, profile=profile, client_secret=secret, saved=setup.saved and same)


@dataclass(frozen=True, slots=True)
class Address:
    """The Delivery form; `secret` as in Credential."""

    url: str
    sign_in: SignIn
    token_url: str
    client_id: str
    secret: Secret | None


def with_delivery(setup: Setup, typed: Address) -> Setup:
    """The set-up to test the delivery with. Raises Usage."""
    url = "".join(typed.url.split())
    if not url:
        raise Usage(_("The SCIM address is empty. Customer Success at Alleo gives it to you."))
    oauth = typed.sign_in is SignIn.OAUTH2
    if oauth and not typed.token_url.strip():
        raise Usage(_("The token address is empty. Confirm it with Alleo."))
    if typed.sign_in is not SignIn.BEARER and not typed.client_id.strip():
        raise Usage(_("The client id is empty.") if oauth else _("The user name is empty."))
    scim = replace(
        setup.profile.scim,
        url=url,
        sign_in=typed.sign_in,
        token_url="".join(typed.token_url.split()) if oauth else "",
        client_id=typed.client_id.strip() if typed.sign_in is not SignIn.BEARER else "",
    )
    secret = typed.secret or (setup.scim_secret if (scim.url, scim.sign_in) == _place(setup) else None)
    if not secret:
        raise Usage(_("The secret is empty. Alleo gives it to you together with the address."))
    return replace(setup, profile=replace(setup.profile, scim=scim), scim_secret=secret)


def _place(setup: Setup) -> tuple[str, SignIn]:
    return setup.profile.scim.url, setup.profile.scim.sign_in
