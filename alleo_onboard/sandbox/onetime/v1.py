"""The calls of API v1, form-encoded. Every refusal is a 404; the real status is in a header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alleo_onboard.sandbox.asgi import as_json
from alleo_onboard.sandbox.onetime import render
from alleo_onboard.sandbox.onetime.vault import DEFAULT_TTL, MOST_BYTES, SHORTEST_TTL, State, Vault

if TYPE_CHECKING:
    from alleo_onboard.sandbox.asgi import Request, Response
    from alleo_onboard.sandbox.onetime.vault import Item

_RECEIPTS = frozenset({"private", "metadata", "receipt"})


class Api1:
    """Answers the paths after /api/v1."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def answer(self, request: Request, path: list[str], owner: str | None, root: str) -> Response:
        """Returns the answer to one call. `owner` is the account that signed in, None for a guest."""
        match request.method, path:
            case "POST", ["share"]:
                return self._share(request.form(), owner, root)
            case "POST", ["secret", key]:
                return self._reveal(key, request.form())
            case "GET" | "POST", [name, key] if name in _RECEIPTS:
                item = self._vault.by_receipt(key)
                return as_json(200, render.first(self._vault, item, root)) if item else refusal("Unknown secret")
            case "POST", [name, key, "burn"] if name in _RECEIPTS:
                return self._burn(key, request.form(), root)
        return refusal("Not Found")

    def _share(self, form: dict[str, str], owner: str | None, root: str) -> Response:
        text, passphrase = form.get("secret", ""), form.get("passphrase")
        if not text:
            return refusal("You did not provide anything to share", 422)
        if len(text.encode()) > MOST_BYTES:
            return refusal("Secret is too long", 422)
        asked = form.get("ttl", "")
        ttl = int(asked) if asked.isdecimal() else DEFAULT_TTL
        granted = min(max(ttl, SHORTEST_TTL), self._vault.manners.most_ttl)
        item = self._vault.keep(text, passphrase or None, granted, owner)
        return as_json(200, render.first(self._vault, item, root))

    def _reveal(self, key: str, form: dict[str, str]) -> Response:
        item = self._vault.by_secret(key)
        if item is None or self._barred(item, form):
            return refusal("Unknown secret")
        text = self._vault.end(item, State.REVEALED)
        return as_json(200, {"value": text, "secret_key": item.secret, "share_domain": ""})

    def _burn(self, key: str, form: dict[str, str], root: str) -> Response:
        item = self._vault.by_receipt(key)
        if item is None or item.state is not State.NEW or self._barred(item, form):
            return refusal("Unknown secret")
        self._vault.end(item, State.BURNED)
        return as_json(200, {"state": render.first(self._vault, item, root), "secret_shortkey": item.secret[:8]})

    def _barred(self, item: Item, form: dict[str, str]) -> bool:
        return bool(self._vault.locked(item)) or not self._vault.opens(item, form.get("passphrase"))


def refusal(sentence: str, intended: int = 404) -> Response:
    """Returns a refusal. `intended` is the real status."""
    return as_json(404, {"message": sentence}, ("x-ots-intended-status", str(intended)))
