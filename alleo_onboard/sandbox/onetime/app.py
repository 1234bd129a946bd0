"""The one-time-secret service as an ASGI application: sign-in, API versions, faults, and the page of Customer Success.

`/api/...` and `/secret/ID` are the service's own paths. `/handover` is ours: the simulated Customer Success of Alleo
opens every waiting link there, by a click or by a POST to `/handover/open`.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import TYPE_CHECKING

from alleo_onboard.sandbox.asgi import Response, Seen, as_json, drop, read, write
from alleo_onboard.sandbox.onetime.page import link_page, success_page
from alleo_onboard.sandbox.onetime.v1 import Api1, refusal
from alleo_onboard.sandbox.onetime.v2 import Api2
from alleo_onboard.sandbox.onetime.vault import Dialect, Mishap, Vault

if TYPE_CHECKING:
    from alleo_onboard.sandbox.asgi import Receive, Request, Scope, Send

PATHS = ("/api/", "/secret/", "/handover")
_BLOCKED = b"<html><head><title>502 Bad Gateway</title></head><body>The proxy got no answer.</body></html>"


class OneTimeApp:
    """One service on one address."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._api1, self._api2 = Api1(vault), Api2(vault)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one HTTP request."""
        request = await read(scope, receive)
        with self._vault.lock:
            self._vault.requests.append(Seen.of(scope))
            api = request.path.startswith("/api/")
            mishap = self._vault.mishaps.popleft() if api and self._vault.mishaps else None
            if mishap is Mishap.LOST_BEFORE:
                return await drop(Response(200, b""), send)
            response = _spoiled(mishap) or self._answer(request, mishap)
        if mishap is Mishap.LOST_AFTER:
            return await drop(response, send)
        return await write(response, send)

    def _answer(self, request: Request, mishap: Mishap | None) -> Response:
        root = f"http://{request.headers.get('host', '')}"
        match [part for part in request.path.split("/") if part]:
            case ["handover"]:
                return success_page(self._vault, opened=None)
            case ["handover", "open"] if request.method == "POST":
                opened = self._vault.open_by_alleo()
                wants_page = "text/html" in request.headers.get("accept", "")
                return success_page(self._vault, opened=opened) if wants_page else as_json(200, {"opened": opened})
            case ["secret", key]:
                return link_page(self._vault, key)
            case ["api", version, *path] if self._vault.manners.api:
                return self._call(request, version, path, root, mishap)
        return as_json(404, {"error": "Not Found", "error_type": "NotFound"})

    def _call(self, request: Request, version: str, path: list[str], root: str, mishap: Mishap | None) -> Response:
        manners = self._vault.manners
        if version not in ("v1", "v2") or (version == "v2" and manners.dialect is Dialect.FIRST):
            return as_json(404, {"error": "Not Found", "error_type": "NotFound"})
        if path == ["status"]:
            return as_json(200, {"status": "nominal", "locale": "en"})
        guest = path[:1] == ["guest"]
        owner = None if guest else self._owner(request)
        if owner == "":
            return as_json(401, {"error": "Not authenticated"}) if version == "v2" else refusal("Not authorized", 401)
        if owner is None and not manners.guests:
            more = {"code": "GUEST_CONCEAL_DISABLED" if path[-1:] == ["conceal"] else "GUEST_ROUTES_DISABLED"}
            return self._api2.error(403, "Guest access is disabled", "GuestRoutesDisabled", **more)
        if version == "v1":
            return self._api1.answer(request, path, owner, root)
        return self._api2.answer(request, path[1:] if guest else path, owner, root, mishap)

    def _owner(self, request: Request) -> str | None:
        """Returns the account that signed in, None without a sign-in, "" for a wrong one."""
        header = request.headers.get("authorization", "")
        if not header:
            return None
        kind, _space, value = header.partition(" ")
        try:
            given = base64.b64decode(value, validate=True) if kind.casefold() == "basic" else b""
        except (binascii.Error, ValueError):
            given = b""
        right = secrets.compare_digest(given, ":".join(self._vault.manners.account).encode())
        return "ur1polderwerk" if right else ""


def _spoiled(mishap: Mishap | None) -> Response | None:
    """Returns the answer of a fault that replaces the normal one, or None."""
    if mishap is Mishap.HTML:
        return Response(502, _BLOCKED, (), "text/html")
    if mishap is Mishap.THROTTLED:
        body = {"error": "Too many requests", "error_type": "LimitExceeded", "retry_after": 1}
        return as_json(429, body, ("retry-after", "1"))
    if mishap is Mishap.BROKEN:
        return as_json(503, {"error": "Temporarily unavailable", "error_type": "ServiceUnavailable"})
    return None
