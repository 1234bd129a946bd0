"""The requested way to hand over: which service, its address, and the link's lifetime."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from alleo_onboard.alleo.handover.regions import address
from alleo_onboard.alleo.handover.settings import KIND, TOKEN
from alleo_onboard.alleo.handover.wire import Account
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.handover import DEFAULT_LIFETIME, Lifetime, Via, lifetime
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.net.address import host_of
from alleo_onboard.usecases.setups.resolve import Setup, Setups

__all__ = ["Wish", "fingerprint", "wished", "wished_of"]


@dataclass(frozen=True, slots=True)
class Wish:
    """A request to hand over."""

    via: Via
    host: str  # the service, for a person to read
    url: str = ""  # address of the service; "" when this program does not call it
    life: Lifetime = DEFAULT_LIFETIME
    account: Account | None = None  # signs in to the service; None sends without an account
    vault: str = ""  # of 1Password; "" is the private vault
    emails: tuple[str, ...] = ()  # who may open a 1Password link; empty means everybody


def wished_of(setup: Setup) -> Wish:
    """Returns the request from the set-up's settings, without using the keyring. Raises Usage."""
    return wished(None, setup)


def wished(
    setups: Setups | None, setup: Setup, *, via: str = "", region: str = "", server: str = "", expires: str = ""
) -> Wish:
    """Returns the request: arguments, else the set-up's settings, else defaults. Raises Usage."""
    choice = _choice(setup)
    chosen = Via(via or choice.text("via") or Via.ONETIMESECRET)
    if (region or server) and chosen is not Via.ONETIMESECRET:
        raise Usage(_("--region and --server belong to onetimesecret."))
    if region and server:
        raise Usage(_("A region is one server, and --server names another: give one of them."))
    written = expires or choice.text("expires")
    life = lifetime(written) if written else DEFAULT_LIFETIME
    if life is None:
        text = _("{text} is no lifetime. Write for example 7d, 12h or 30m; at least a minute, at most a year.")
        raise Usage(text.format(text=written[:20]))
    if chosen is Via.ONEPASSWORD:
        emails = tuple(filter(None, (one.strip() for one in choice.text("emails").split(","))))
        return Wish(chosen, "1password.com", "", life, None, choice.text("vault"), emails)
    if chosen is Via.MANUAL:
        return Wish(chosen, "", "", life)
    own = not (region or server)
    url = address(region or (choice.text("region") if own else ""), server or (choice.text("server") if own else ""))
    return Wish(chosen, host_of(url), url, life, _account(setups, setup, choice))


def _choice(setup: Setup) -> DeliveryChoice:
    """Returns the settings of the hand-over: also where the environment configures another delivery."""
    known = (setup.profile, setup.loaded) if setup.loaded else (setup.profile,)
    return next((one.delivery for one in known if one.delivery.kind == KIND), DeliveryChoice(KIND))


def _account(setups: Setups | None, setup: Setup, choice: DeliveryChoice) -> Account | None:
    user = choice.text("account")
    if not user:
        return None
    token = setup.delivery_secrets.get(TOKEN) or _kept(setups, setup)
    if token is None:
        text = _("The API token of {account} is not known. Enter it in the wizard, or leave the account out.")
        raise Usage(text.format(account=user))
    return Account(user, token)


def _kept(setups: Setups | None, setup: Setup) -> Secret | None:
    keyring = setups.keyring_of_its_own() if setups else None
    return keyring.get(setup.profile.name, TOKEN) if keyring else None


def fingerprint(client_id: str) -> str:
    """Returns eight hex digits of the client id's hash, to tell one client id from another."""
    return hashlib.sha256(client_id.encode()).hexdigest()[:8]
