"""The sign-in of the SCIM server: bearer token, OAuth 2.0 client credentials (RFC 6749 section 4.4) or HTTP basic."""

from __future__ import annotations

import base64
import binascii
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from alleo_onboard.sandbox.asgi import as_json

if TYPE_CHECKING:
    from alleo_onboard.sandbox.asgi import Request, Response

TOKEN_SECONDS = 3_600
_NO_STORE = ("cache-control", "no-store")


@dataclass(slots=True)
class SignIn:
    """The credentials that the SCIM server accepts. repr shows no secrets."""

    token: str = field(repr=False)
    client: tuple[str, str] = field(repr=False)
    basic: tuple[str, str] = field(repr=False)
    granted: dict[str, float] = field(default_factory=dict, repr=False)  # OAuth token to its end, in monotonic seconds

    def accepts(self, header: str | None) -> bool:
        """Returns whether this Authorization header is accepted."""
        kind, _space, value = (header or "").partition(" ")
        if kind.lower() == "basic":
            return _same(_basic(value), self.basic)
        if kind.lower() != "bearer":
            return False
        if self.granted.get(value, 0.0) > time.monotonic():
            return True
        return secrets.compare_digest(value.encode(), self.token.encode())

    def expire_tokens(self) -> None:
        """Expires every OAuth token."""
        self.granted.clear()

    def grant(self, request: Request) -> Response:
        """Answers the token endpoint: client id and secret by HTTP basic or in the form (RFC 6749 section 2.3.1)."""
        form = request.form()
        if request.method != "POST" or "grant_type" not in form:
            return as_json(400, {"error": "invalid_request", "error_description": "POST a form with grant_type"})
        if form["grant_type"] != "client_credentials":
            return as_json(400, {"error": "unsupported_grant_type"})
        if not _same(_client(request, form), self.client):
            return as_json(401, {"error": "invalid_client"}, ("www-authenticate", 'Basic realm="SCIM"'))
        token = secrets.token_urlsafe(32)
        self.granted[token] = time.monotonic() + TOKEN_SECONDS
        return as_json(200, {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS}, _NO_STORE)


def _client(request: Request, form: dict[str, str]) -> tuple[str, str]:
    kind, _space, value = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "basic":
        user, password = _basic(value)
        return unquote_plus(user), unquote_plus(password)
    return form.get("client_id", ""), form.get("client_secret", "")


def _basic(value: str) -> tuple[str, str]:
    try:
        user, _colon, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return user, password


def _same(given: tuple[str, str], wanted: tuple[str, str]) -> bool:
    return secrets.compare_digest("\n".join(given).encode(), "\n".join(wanted).encode())
