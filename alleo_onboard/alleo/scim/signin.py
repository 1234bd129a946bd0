"""The three ways to sign in to a SCIM server. Each gives the Authorization header of the next request."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import quote_plus

from alleo_onboard.alleo.scim.answer import Answer, answer_of, unreachable
from alleo_onboard.alleo.scim.settings import SLOT, ScimSettings, SignIn
from alleo_onboard.domain.errors import DeliveryRefused, Usage
from alleo_onboard.domain.secret import Secret, masked
from alleo_onboard.locale import _
from alleo_onboard.net.http import Ask, Http, basic

_EARLY = 60.0  # replace a token this many seconds before it ends, or a tenth of its life if that is less
_LIFE = 3600.0  # seconds, when the server states no life; a 401 replaces the token in any case


class Credentials(Protocol):
    """Gives the Authorization header. Methods raise DeliveryRefused and Unreachable."""

    async def header(self) -> str:
        """Returns the value of the Authorization header."""

    def expire(self, used: str) -> bool:
        """Notes that the header `used` got a 401. Returns whether `header` may now give another one."""

    def hide(self, text: str) -> str:
        """Returns `text` with all secrets masked that a server may have repeated."""

    async def aclose(self) -> None:
        """Closes the connections."""


class Fixed:
    """A fixed header: a bearer token, or user name and password."""

    def __init__(self, header: str, secret: Secret) -> None:
        self._scheme, _space, value = header.partition(" ")
        self._value, self._secret = Secret(value), secret

    async def header(self) -> str:
        return f"{self._scheme} {self._value.reveal()}"

    def expire(self, used: str) -> bool:  # noqa: ARG002 - part of the protocol
        return False

    def hide(self, text: str) -> str:
        return masked(text, self._secret, self._value)

    async def aclose(self) -> None: ...


class ClientCredentials:
    """OAuth2 client credentials (RFC 6749, 4.4). One token for all requests, replaced shortly before it ends."""

    def __init__(self, http: Http, client_id: str, secret: Secret) -> None:
        self._http, self._client_id, self._secret, self._clock = http, client_id, secret, http.patience.clock
        self._lock = asyncio.Lock()
        self._token: Secret | None = None
        self._until = 0.0
        self._in_body = False

    async def header(self) -> str:
        async with self._lock:
            if self._token is None or self._clock.monotonic() >= self._until:
                await self._fetch()
            return _bearer(self._token)

    def expire(self, used: str) -> bool:
        if self._token and _bearer(self._token) == used:
            self._token = None
        return True

    def hide(self, text: str) -> str:
        return masked(text, self._secret, self._token, Secret(quote_plus(self._secret.reveal())))

    async def _fetch(self) -> None:
        """Gets a token. Raises DeliveryRefused, Unreachable."""
        answer = await self._ask()
        if answer.status in (400, 401) and not self._in_body:
            self._in_body = True
            answer = await self._ask()
        if answer.unusable:
            raise unreachable(answer, self._http)
        if answer.status in (400, 401, 403):
            self._in_body = False
            raise DeliveryRefused(
                _("Alleo does not accept this client id and secret ({host} answers {status}).").format(
                    host=self._http.host, status=answer.status
                )
            ).about(SLOT)
        token = answer.body.get("access_token") if answer.ok and isinstance(answer.body, dict) else None
        if not isinstance(token, str) or not _sendable(token):
            raise DeliveryRefused(
                _("{url} does not hand out tokens as OAuth2 does. Check the token address that Alleo gave.").format(
                    url=self._http.url
                )
            ).about("token_url")
        self._token = Secret(token)
        self._until = self._clock.monotonic() + _usable_for(answer.body.get("expires_in"))

    async def _ask(self) -> Answer:
        """Requests a token.

        The client signs in with HTTP basic, or in the body for servers that need that (RFC 6749, 2.3.1).
        """
        form = {"grant_type": "client_credentials"}
        headers = {"Accept": "application/json"}
        if self._in_body:
            form |= {"client_id": self._client_id, "client_secret": self._secret.reveal()}
        else:
            headers["Authorization"] = basic(quote_plus(self._client_id), Secret(quote_plus(self._secret.reveal())))
        return answer_of(await self._http.reply(Ask("POST", "", headers, form=form)))

    async def aclose(self) -> None:
        await self._http.aclose()


def credentials(settings: ScimSettings, secret: Secret, connect: Callable[[str], Http]) -> Credentials:
    """Returns the credentials for these settings. `connect` makes the client of the token address.

    Raises Usage when something is missing or cannot be sent.
    """
    if not secret:
        raise Usage(_("There is no secret to sign in to Alleo with."))
    if not _sendable(secret.reveal()):
        raise Usage(_("The secret for Alleo holds characters that cannot be sent. Copy it again.")).about(SLOT)
    if settings.sign_in is SignIn.BEARER:
        return Fixed(_bearer(secret), secret)
    if not settings.client_id:
        raise Usage(_("The client id, or the user name, for Alleo is missing."))
    if not _sendable(settings.client_id):
        text = _("The client id, or the user name, for Alleo holds characters that cannot be sent.")
        raise Usage(text).about("client_id")
    if settings.sign_in is SignIn.BASIC:
        return Fixed(basic(settings.client_id, secret), secret)
    if not settings.token_url:
        raise Usage(_("Signing in with OAuth2 needs the token address that Alleo gave."))
    return ClientCredentials(connect(settings.token_url), settings.client_id, secret)


def _bearer(token: Secret | None) -> str:
    return f"Bearer {token.reveal() if token else ''}"


def _sendable(text: str) -> bool:
    return bool(text.strip()) and text.isprintable()


def _usable_for(expires_in: Any) -> float:
    """Returns the seconds that a token is used, from the life that the server states (a number or text)."""
    try:
        life = float(expires_in)
    except (TypeError, ValueError):
        life = _LIFE
    return life - min(_EARLY, life / 10) if 0 < life < float("inf") else _LIFE
