"""The calls of API v2: conceal, receipt, burn, reveal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from alleo_onboard.sandbox.asgi import as_json
from alleo_onboard.sandbox.onetime import render
from alleo_onboard.sandbox.onetime.vault import (
    DEFAULT_TTL,
    MOST_BYTES,
    MOST_WRONG,
    SHORTEST_TTL,
    Dialect,
    Mishap,
    State,
    Vault,
)

if TYPE_CHECKING:
    from alleo_onboard.sandbox.asgi import Request, Response
    from alleo_onboard.sandbox.onetime.vault import Item

MOST_PASSPHRASE = 128


class Api2:
    """Answers the paths after /api/v2. `owner` is the account that signed in, None for a guest."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def answer(  # noqa: PLR0911 - one line for each call
        self, request: Request, path: list[str], owner: str | None, root: str, mishap: Mishap | None
    ) -> Response:
        """Returns the answer to one call. `path` is without /api/v2 and without `guest`."""
        receipts = {"private"} if self._vault.manners.dialect is Dialect.OLD else {"receipt", "private"}
        match request.method, path:
            case "POST", ["secret", "conceal"]:
                return self._conceal(_fields(request), owner)
            case "POST", ["secret", key, "reveal"]:
                return self._reveal(key, _fields(request))
            case "GET", ["secret", key] | ["secret", key, "status"]:
                return self._look(key)
            case "GET", [name, "recent"] if name in receipts:
                return self._recent(owner, root)
            case "GET", [name, key] if name in receipts:
                item = self._vault.by_receipt(key)
                return as_json(200, render.receipt(self._vault, item, root)) if item else self._unknown(key)
            case "POST", [name, key, "burn"] if name in receipts:
                return self._burn(key, _fields(request), root, mishap)
        return self.error(404, "Not Found", "NotFound")

    def error(self, status: int, sentence: str, kind: str, **more: Any) -> Response:
        """Returns an error. Older servers name it `message`, current ones `error`."""
        if self._vault.manners.dialect is Dialect.OLD:
            return as_json(status, {"message": sentence, "success": False})
        return as_json(status, {"error": sentence, "error_type": kind, "request_id": "r-1", **more})

    def _unknown(self, key: str) -> Response:
        return self.error(404, f"Unknown receipt or secret: {key}", "RecordNotFound")

    def _conceal(self, body: dict[str, Any], owner: str | None) -> Response:
        given, manners = body.get("secret"), self._vault.manners
        if not isinstance(given, dict):
            return self.error(422, "Incorrect payload format", "invalid")
        ttl = _whole(given.get("ttl"))
        if refused := self._unfit(given) or self._forbidden(given, ttl, owner):
            return refused
        most = manners.most_ttl if owner is None else manners.plan_ttl
        granted = min(max(DEFAULT_TTL if ttl is None else ttl, SHORTEST_TTL), most)
        passphrase = given.get("passphrase")
        item = self._vault.keep(given["secret"], None if passphrase is None else str(passphrase), granted, owner)
        return as_json(200, render.concealed(self._vault, item))

    def _unfit(self, given: dict[str, Any]) -> Response | None:
        text, shortest = given.get("secret"), self._vault.manners.shortest_passphrase
        if not isinstance(text, str) or not text:
            return self.error(422, "You did not provide anything to share", "missing", field="secret")
        if len(text.encode()) > MOST_BYTES:
            return self.error(422, f"Secret is longer than {MOST_BYTES} bytes", "too_long", field="secret")
        if "passphrase" in given and not shortest <= len(str(given["passphrase"])) <= MOST_PASSPHRASE:
            said = f"Passphrase must be at least {shortest} characters long"
            return self.error(422, said, "too_short", field="passphrase")
        return None

    def _forbidden(self, given: dict[str, Any], ttl: int | None, owner: str | None) -> Response | None:
        manners = self._vault.manners
        if given.get("recipient") and owner is None:
            return self.error(401, "An account is required to send emails", "Unauthorized")
        if given.get("share_domain") not in (None, "", manners.domain):
            return self.error(403, "You do not have permission to use this domain", "Forbidden")
        if owner is not None and ttl is not None and ttl > manners.plan_ttl:
            return self.error(403, "Upgrade your plan for a longer lifetime", "EntitlementRequired")
        return None

    def _look(self, key: str) -> Response:
        item = self._vault.by_secret(key)
        if item is None:
            return self._unknown(key)
        item.views += 1
        return as_json(200, {"record": render.secret(self._vault, item), "details": {"continue": False}})

    def _recent(self, owner: str | None, root: str) -> Response:
        if owner is None:
            return self.error(401, "Not authenticated", "Unauthorized")
        own = [render.receipt(self._vault, i, root)["record"] for i in self._vault.items if i.owner == owner]
        return as_json(200, {"records": own[::-1], "count": len(own)})

    def _burn(self, key: str, body: dict[str, Any], root: str, mishap: Mishap | None) -> Response:
        item = self._vault.by_receipt(key)
        if item is None:
            return self._unknown(key)
        if item.state is not State.NEW:
            return as_json(200, {})
        if body.get("continue") not in (True, "true"):
            return as_json(200, render.receipt(self._vault, item, root, success=False))
        if refused := self._barred(item, body):
            return refused
        if mishap is Mishap.RACE:
            self._vault.end(item, State.REVEALED)
            return as_json(200, render.receipt(self._vault, item, root, success=False))
        self._vault.end(item, State.BURNED)
        return as_json(200, render.receipt(self._vault, item, root, success=True))

    def _reveal(self, key: str, body: dict[str, Any]) -> Response:
        item = self._vault.by_secret(key)
        if item is None:
            return self._unknown(key)
        if refused := self._barred(item, body):
            if refused.status == 422 and self._vault.manners.wrong_is_200:
                return as_json(200, render.revealed(self._vault, item, None, right=False))
            return refused
        if body.get("continue") not in (True, "true"):
            return as_json(200, render.revealed(self._vault, item, None, right=True))
        text = self._vault.end(item, State.REVEALED)
        return as_json(200, render.revealed(self._vault, item, text, right=True))

    def _barred(self, item: Item, body: dict[str, Any]) -> Response | None:
        """Returns why this passphrase does not open the item (locked or wrong), or None."""
        if left := self._vault.locked(item):
            more = {"retry_after": left, "attempts": MOST_WRONG, "max_attempts": MOST_WRONG}
            return self.error(429, "Too many attempts", "LimitExceeded", **more)
        given = body.get("passphrase")
        if self._vault.opens(item, given if isinstance(given, str) else None):
            return None
        return self.error(422, "Incorrect passphrase", "incorrect_passphrase", field="passphrase")


def _fields(request: Request) -> dict[str, Any]:
    try:
        found = json.loads(request.body or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _whole(value: Any) -> int | None:
    """Returns a number, also one written as text, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return int(float(value))
    except ValueError:
        return None
