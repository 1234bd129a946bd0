"""Registers SCIM: its settings, its secret, and how it is opened."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from alleo_onboard.alleo import variables
from alleo_onboard.alleo.scim.settings import KIND, SLOT, ScimSettings, SignIn
from alleo_onboard.domain.delivery import Context, Question, Runs, SecretSlot, Setting
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.net.address import without_password

if TYPE_CHECKING:
    from datetime import datetime

    from alleo_onboard.alleo.scim.delivery import ScimDelivery

_TOKEN, _CLIENT_SECRET = "ALLEO_SCIM_TOKEN", "ALLEO_CLIENT_SECRET"


def _sign_ins() -> Mapping[str, str]:
    return {
        SignIn.BEARER: _("token"),
        SignIn.OAUTH2: _("OAuth2 client"),
        SignIn.BASIC: _("user and password"),
    }


def _secret_label(choice: DeliveryChoice) -> str:
    labels = {SignIn.BEARER: _("Token"), SignIn.OAUTH2: _("Client secret"), SignIn.BASIC: _("Password")}
    return labels[_sign_in(choice)]


def _sign_in(choice: DeliveryChoice) -> SignIn:
    return SignIn(choice.text("sign_in") or SignIn.BEARER)


def _client_label(choice: DeliveryChoice) -> str:
    return _("User name") if _sign_in(choice) is SignIn.BASIC else _("Client id")


class ScimKind:
    """SCIM 2.0 (RFC 7643, RFC 7644): this tool changes accounts one by one.

    The methods are described in `domain.delivery.DeliveryKind`.
    """

    name = KIND
    runs = Runs.CHANGES
    reads_accounts = True
    settings = (
        Setting(
            "url", label=lambda _choice: _("SCIM address"), placeholder=lambda: "https://", variable="ALLEO_SCIM_URL"
        ),
        Setting("sign_in", SignIn.BEARER.value, label=lambda _choice: _("Sign-in"), choices=_sign_ins),
        Setting(
            "token_url",
            label=lambda _choice: _("Token address"),
            placeholder=lambda: _("https://   (confirm with Alleo)"),
            variable="ALLEO_TOKEN_URL",
            only_if=("sign_in", frozenset({"oauth2"})),
        ),
        Setting(
            "client_id",
            label=_client_label,
            variable="ALLEO_CLIENT_ID",
            only_if=("sign_in", frozenset({"oauth2", "basic"})),
        ),
        Setting("concurrency", 4),
        Setting("secret_command"),
    )
    secrets = (SecretSlot(SLOT, _secret_label, (_TOKEN, _CLIENT_SECRET), "alleo-secret"),)

    def label(self) -> str:
        return _("SCIM 2.0")

    def about(self) -> str:
        return _("accounts are created and changed directly")

    def question(self) -> Question:
        return Question(_("Did Alleo give you a SCIM address?"), _("yes"), _("no"))

    def ending(self) -> str:
        return _(
            "Take the daily run away (in the wizard: d; on the command line: schedule remove), and tell "
            "Alleo that SCIM ends."
        )

    def help(self) -> Sequence[str]:
        return (
            _("Customer Success at Alleo gives you the SCIM address and its secret."),
            _("Testing signs in and asks what Alleo can hold. Nothing is written."),
        )

    def address(self, choice: DeliveryChoice) -> str:
        return without_password(choice.text("url"))

    def asked_for_by(self, environ: Mapping[str, str]) -> bool:
        return bool(environ.get("ALLEO_SCIM_URL", "").strip())

    def overlaid(self, choice: DeliveryChoice, environ: Mapping[str, str]) -> DeliveryChoice:
        given = variables.given(self.settings, environ)
        stored = _sign_in(choice)
        if (kind := self._given_sign_in(stored, environ)) is not stored:
            given["sign_in"] = kind.value
        return choice.having(**given) if given else choice

    def _given_sign_in(self, stored: SignIn, environ: Mapping[str, str]) -> SignIn:
        """Returns how to sign in: a token in the environment means bearer, a client secret OAuth2.

        Without a token address, a set-up with HTTP basic stays so.
        """
        if environ.get(_TOKEN, "").strip():
            return SignIn.BEARER
        if not environ.get(_CLIENT_SECRET, "").strip():
            return stored
        return SignIn.OAUTH2 if environ.get("ALLEO_TOKEN_URL") or stored is not SignIn.BASIC else stored

    def overlays(self, variable: str) -> Collection[str]:
        if variable in (_TOKEN, _CLIENT_SECRET):
            return ("sign_in",)
        return variables.named(self.settings, variable)

    def secret_variable(self, slot: SecretSlot, choice: DeliveryChoice) -> str:  # noqa: ARG002 - there is one
        return _TOKEN if _sign_in(choice) is SignIn.BEARER else _CLIENT_SECRET

    def missing(self, choice: DeliveryChoice, secrets: Collection[str]) -> tuple[str, ...]:
        url, kind = choice.text("url"), _sign_in(choice)
        needed = (
            ("ALLEO_SCIM_URL", url),
            ("ALLEO_CLIENT_ID", choice.text("client_id") or not url or kind is SignIn.BEARER),
            ("ALLEO_TOKEN_URL", choice.text("token_url") or not url or kind is not SignIn.OAUTH2),
            (self.secret_variable(self.secrets[0], choice), SLOT in secrets or not url),
        )
        return tuple(name for name, there in needed if not there)

    def entered(self, before: DeliveryChoice, typed: Mapping[str, str], secrets: Collection[str]) -> DeliveryChoice:
        url, kind = "".join(typed.get("url", "").split()), SignIn(typed.get("sign_in") or SignIn.BEARER)
        token_url, client_id = "".join(typed.get("token_url", "").split()), typed.get("client_id", "").strip()
        if not url:
            raise Usage(_("The SCIM address is empty. Customer Success at Alleo gives it to you.")).about("url")
        if kind is SignIn.OAUTH2 and not token_url:
            raise Usage(_("The token address is empty. Confirm it with Alleo.")).about("token_url")
        if kind is not SignIn.BEARER and not client_id:
            text = _("The client id is empty.") if kind is SignIn.OAUTH2 else _("The user name is empty.")
            raise Usage(text).about("client_id")
        if SLOT not in secrets:
            raise Usage(_("The secret is empty. Alleo gives it to you together with the address.")).about(SLOT)
        return DeliveryChoice(KIND, before.values if before.kind == KIND else ()).having(
            url=url,
            sign_in=kind.value,
            token_url=token_url if kind is SignIn.OAUTH2 else "",
            client_id=client_id if kind is not SignIn.BEARER else "",
        )

    def keeps_secrets(self, before: DeliveryChoice, now: DeliveryChoice) -> bool:
        """Returns whether server, way to sign in and client are the same: a secret goes only where it belongs."""
        one, two = ScimSettings.of(before), ScimSettings.of(now)
        return before.kind == now.kind and (one.url, one.sign_in, one.token_url, one.client_id) == (
            two.url,
            two.sign_in,
            two.token_url,
            two.client_id,
        )

    def arrival(self, choice: DeliveryChoice, run: datetime) -> str:  # noqa: ARG002 - the same for all
        return _("Changes over SCIM arrive at once.")

    def described(self, choice: DeliveryChoice) -> Mapping[str, str]:
        settings = ScimSettings.of(choice)
        return {"sign_in": settings.sign_in, "concurrency": str(settings.concurrency)}

    def connect(self, choice: DeliveryChoice, secrets: Mapping[str, Secret], context: Context) -> ScimDelivery:
        from alleo_onboard.alleo.scim.delivery import ScimDelivery

        settings = ScimSettings.of(choice)
        return ScimDelivery(settings, secrets[SLOT], notify=context.notify, ca_file=context.ca_file)


REGISTERED = ScimKind()
