"""The three ways to sign in to a SCIM server, each as the Authorization header of the next request."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from typing import Any, Protocol
from urllib.parse import quote_plus, urlencode

from alleo_onboard.alleo.scim.answer import Answer, unreachable
from alleo_onboard.alleo.scim.settings import ScimSettings, SignIn
from alleo_onboard.alleo.scim.wire import Wire
from alleo_onboard.domain.errors import DeliveryRefused, Usage
from alleo_onboard.domain.secret import Secret, masked
from alleo_onboard.locale import _
from alleo_onboard.net.address import checked_url, host_of
from alleo_onboard.net.clock import Clock

_FORM = b"application/x-www-form-urlencoded"
_EARLY = 60.0  # seconds before its end that a token is replaced, or a tenth of its life where that is shorter
_LIFE = 3600.0  # assumed where the server does not state one; a 401 replaces the token in any case


class Credentials(Protocol):
    """Raises DeliveryRefused, Unreachable."""

    async def header(self) -> bytes:
        """The Authorization header's value."""

    def expire(self, used: bytes) -> bool:
        """Told that `used` was answered with 401; whether asking `header` again can give another."""

    def hide(self, text: str) -> str:
        """`text` without anything secret that a server may have echoed into it."""


class Fixed:
    """A header that stays the same: a bearer token, or a user name with its password."""

    def __init__(self, header: bytes, secret: Secret) -> None:
        self._scheme, _space, value = header.partition(b" ")
        self._value, self._secret = Secret(value.decode()), secret

    async def header(self) -> bytes:
        return self._scheme + b" " + self._value.reveal().encode()

    def expire(self, used: bytes) -> bool:  # noqa: ARG002 - part of the protocol
        return False

    def hide(self, text: str) -> str:
        return masked(text, self._secret, self._value)


class ClientCredentials:
    """OAuth2 client credentials (RFC 6749, 4.4). One token for all requests, replaced shortly before it ends."""

    def __init__(self, wire: Wire, url: str, client_id: str, secret: Secret, clock: Clock) -> None:
        self._wire, self._url, self._client_id, self._secret, self._clock = wire, url, client_id, secret, clock
        self._lock = asyncio.Lock()
        self._token: Secret | None = None
        self._until = 0.0
        self._in_body = False

    async def header(self) -> bytes:
        async with self._lock:
            if self._token is None or self._clock.monotonic() >= self._until:
                await self._fetch()
            return _bearer(self._token)

    def expire(self, used: bytes) -> bool:
        if self._token and _bearer(self._token) == used:
            self._token = None
        return True

    def hide(self, text: str) -> str:
        return masked(text, self._secret, self._token, Secret(quote_plus(self._secret.reveal())))

    async def _fetch(self) -> None:
        answer = await self._ask()
        if answer.status in (400, 401) and not self._in_body:
            self._in_body = True
            answer = await self._ask()
        if answer.why or answer.loss:
            raise unreachable(answer, host_of(self._url))
        if answer.status in (400, 401, 403):
            self._in_body = False
            raise DeliveryRefused(
                _("Alleo does not accept this client id and secret ({host} answers {status}).").format(
                    host=host_of(self._url), status=answer.status
                )
            )
        token = answer.body.get("access_token") if answer.ok and isinstance(answer.body, dict) else None
        if not isinstance(token, str) or not _sendable(token):
            raise DeliveryRefused(
                _("{url} does not hand out tokens as OAuth2 does. Check the token address that Alleo gave.").format(
                    url=self._url
                )
            )
        self._token = Secret(token)
        self._until = self._clock.monotonic() + _usable_for(answer.body.get("expires_in"))

    async def _ask(self) -> Answer:
        """RFC 6749 2.3.1: the client signs in with HTTP basic; servers that only know the body get it there."""
        form = {"grant_type": "client_credentials"}
        headers = {b"Accept": b"application/json", b"Content-Type": _FORM}
        if self._in_body:
            form |= {"client_id": self._client_id, "client_secret": self._secret.reveal()}
        else:
            headers[b"Authorization"] = _basic(quote_plus(self._client_id), quote_plus(self._secret.reveal()))
        return await self._wire.exchange("POST", self._url, headers, urlencode(form).encode(), again=True)


def credentials(settings: ScimSettings, secret: Secret, wire: Wire, clock: Clock) -> Credentials:
    """Raises Usage where something the sign-in needs is missing or cannot be sent."""
    if not secret:
        raise Usage(_("There is no secret to sign in to Alleo with."))
    if not _sendable(secret.reveal()):
        raise Usage(_("The secret for Alleo holds characters that cannot be sent. Copy it again."))
    if settings.sign_in is SignIn.BEARER:
        return Fixed(_bearer(secret), secret)
    if not settings.client_id:
        raise Usage(_("The client id, or the user name, for Alleo is missing."))
    if not _sendable(settings.client_id):
        raise Usage(_("The client id, or the user name, for Alleo holds characters that cannot be sent."))
    if settings.sign_in is SignIn.BASIC:
        return Fixed(_basic(settings.client_id, secret.reveal()), secret)
    if not settings.token_url:
        raise Usage(_("Signing in with OAuth2 needs the token address that Alleo gave."))
    return ClientCredentials(wire, checked_url(settings.token_url), settings.client_id, secret, clock)


def _bearer(token: Secret | None) -> bytes:
    return b"Bearer " + (token.reveal() if token else "").encode()


def _basic(user: str, password: str) -> bytes:
    return b"Basic " + b64encode(f"{user}:{password}".encode())


def _sendable(text: str) -> bool:
    return bool(text.strip()) and text.isprintable()


def _usable_for(expires_in: Any) -> float:
    """Seconds a token is used, from what the server says about its life (a number, or text with one)."""
    try:
        life = float(expires_in)
    except (TypeError, ValueError):
        life = _LIFE
    return life - min(_EARLY, life / 10) if 0 < life < float("inf") else _LIFE
