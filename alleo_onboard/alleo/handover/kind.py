"""Registers the hand-over. Alleo runs the sync itself, so there are no accounts to read or write."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from alleo_onboard.alleo.handover.regions import REGIONS, address
from alleo_onboard.alleo.handover.settings import KIND, TOKEN
from alleo_onboard.domain.cadence import OWN_SYNCS
from alleo_onboard.domain.delivery import Context, Question, Runs, SecretSlot, Setting
from alleo_onboard.domain.errors import Concerning, Usage
from alleo_onboard.domain.handover import Via, lifetime
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import days, hour

if TYPE_CHECKING:
    from datetime import datetime

    from alleo_onboard.alleo.handover.delivery import HandoverDelivery

_DAYS = (1, 3, 7, 14)  # lifetimes that are offered; a service may grant less
_ONETIME = ("via", frozenset({Via.ONETIMESECRET.value}))
_ONEPASSWORD = ("via", frozenset({Via.ONEPASSWORD.value}))


def _vias() -> Mapping[str, str]:
    return {
        Via.ONETIMESECRET: _("Onetime Secret"),
        Via.ONEPASSWORD: _("1Password"),
        Via.MANUAL: _("another service, by hand"),
    }


def _regions() -> Mapping[str, str]:
    return {name: name.upper() for name in REGIONS}


def _lifetimes() -> Mapping[str, str]:
    return {f"{n}d": days(n) for n in _DAYS}


def _in_the_message() -> str:
    return _("told to Alleo; may be left empty")


class HandoverKind:
    """The way in Alleo's own article: the customer makes the credential and hands it over, Alleo activates.

    The methods are described in `domain.delivery.DeliveryKind`.
    """

    name = KIND
    runs = Runs.NOTHING
    reads_accounts = False
    settings = (
        Setting("via", Via.ONETIMESECRET.value, label=lambda _choice: _("Through"), choices=_vias),
        Setting("region", "eu", label=lambda _choice: _("Region"), choices=_regions, only_if=_ONETIME),
        Setting(
            "server",
            label=lambda _choice: _("Own server"),
            placeholder=lambda: _("https://   (empty: the region above)"),
            only_if=_ONETIME,
        ),
        Setting(
            "account",
            label=lambda _choice: _("Account"),
            placeholder=lambda: _("e-mail   (empty: no account)"),
            only_if=_ONETIME,
        ),
        Setting("vault", label=lambda _choice: _("Vault"), only_if=_ONEPASSWORD),
        Setting("emails", label=lambda _choice: _("Addresses"), only_if=_ONEPASSWORD),
        Setting("expires", "7d", label=lambda _choice: _("Lifetime"), choices=_lifetimes, others=True),
        Setting("company", label=lambda _choice: _("Company"), placeholder=_in_the_message),
        Setting("contact", label=lambda _choice: _("Your name"), placeholder=_in_the_message),
    )
    secrets = (SecretSlot(TOKEN, lambda _choice: _("API token"), (), "", optional=True, belongs_to="account"),)

    def label(self) -> str:
        return _("Hand the credential to Alleo")

    def about(self) -> str:
        return _("Alleo reads Personio itself, every day")

    def question(self) -> Question:
        return Question(
            _("Who should run the daily sync, Alleo or this computer?"), _("Alleo, as in its guide"), _("this computer")
        )

    def ending(self) -> str:
        return _(
            "Ask Customer Success to switch the Personio integration off, and delete the credential that they have in "
            "Personio."
        )

    def help(self) -> Sequence[str]:
        return (
            _("This is the way of Alleo’s own article: you hand over the credential, Alleo activates the integration."),
            _("Client id and secret go into a link that opens once. Its passphrase you tell Alleo another way."),
        )

    def address(self, choice: DeliveryChoice) -> str:  # noqa: ARG002 - nothing is written there
        return ""

    def asked_for_by(self, environ: Mapping[str, str]) -> bool:  # noqa: ARG002
        return False

    def overlaid(self, choice: DeliveryChoice, environ: Mapping[str, str]) -> DeliveryChoice:  # noqa: ARG002
        return choice

    def overlays(self, variable: str) -> Collection[str]:  # noqa: ARG002
        return ()

    def secret_variable(self, slot: SecretSlot, choice: DeliveryChoice) -> str:  # noqa: ARG002
        return ""

    def missing(self, choice: DeliveryChoice, secrets: Collection[str]) -> tuple[str, ...]:  # noqa: ARG002
        return ()

    def entered(self, before: DeliveryChoice, typed: Mapping[str, str], secrets: Collection[str]) -> DeliveryChoice:
        values = {setting.name: typed.get(setting.name, "").strip() for setting in self.settings}
        if not lifetime(values["expires"] or "7d"):
            raise Usage(_("The lifetime is written like 7d, 12h or 30m.")).about("expires")
        if values["server"]:
            with Concerning("server"):
                values["server"] = address("", values["server"])
        if values["account"] not in ("", before.text("account")) and TOKEN not in secrets:
            raise Usage(_("An account needs its API token.")).about(TOKEN)
        defaults = {setting.name: setting.default for setting in self.settings}
        return DeliveryChoice(KIND).having(**{n: v for n, v in values.items() if v and v != defaults[n]})

    def keeps_secrets(self, before: DeliveryChoice, now: DeliveryChoice) -> bool:
        return before.kind == now.kind and before.text("server") == now.text("server")

    def arrival(self, choice: DeliveryChoice, run: datetime) -> str:  # noqa: ARG002 - the same for all
        text = _(
            "Alleo reads Personio itself, about {times} UTC; the run here only looks. Confirm these times with Alleo."
        )
        return text.format(times=_(" and ").join(hour(at) for at in OWN_SYNCS))

    def described(self, choice: DeliveryChoice) -> Mapping[str, str]:
        return {name: choice.text(name) for name in ("via", "region", "expires") if choice.text(name)}

    def connect(self, choice: DeliveryChoice, secrets: Mapping[str, Secret], context: Context) -> HandoverDelivery:
        from alleo_onboard.alleo.handover.delivery import HandoverDelivery

        return HandoverDelivery(choice, secrets.get(TOKEN), context)


REGISTERED = HandoverKind()
