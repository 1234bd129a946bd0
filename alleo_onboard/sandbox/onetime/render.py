"""The JSON of the service's answers: v2 of current and of old servers, and v1."""

from __future__ import annotations

from math import ceil
from typing import Any

from alleo_onboard.sandbox.onetime.vault import Dialect, Item, State, Vault

_OLD_NAMES = {State.REVEALED: "received"}


def concealed(vault: Vault, item: Item) -> Any:
    """Returns the answer to a new secret."""
    receipt = _receipt(vault, item)
    parts = {"metadata": receipt} if _old(vault) else {"receipt": receipt, "metadata": receipt}
    record = {**parts, "secret": secret(vault, item), "share_domain": vault.manners.domain or None}
    details = {"kind": "conceal", "recipient": [], "recipient_safe": []}
    return _spoken(vault, {"success": True, "record": record, "details": details})


def receipt(vault: Vault, item: Item, root: str, **more: Any) -> Any:
    """Returns the answer about a receipt, with the URLs for a browser."""
    left = max(0, ceil(item.expires - vault.now()))
    there = item.state is State.NEW
    record = {
        **_receipt(vault, item),
        "secret_state": _state(vault, item) if there else None,
        "natural_expiration": f"{left // 3600} hours",
        "expiration": int(item.expires),
        "expiration_in_seconds": left,
        "share_path": f"/secret/{item.secret}",
        "share_url": f"{root}/secret/{item.secret}",
        "receipt_path": f"/receipt/{item.receipt}",
        "receipt_url": f"{root}/receipt/{item.receipt}",
        "burn_path": f"/receipt/{item.receipt}/burn",
        "burn_url": f"{root}/receipt/{item.receipt}/burn",
    }
    details = {
        "type": "record",
        "secret_realttl": left if there else None,
        "view_count": item.views,
        "first_access": None,
        "last_access": None,
        "has_passphrase": item.passphrase is not None,
    }
    return _spoken(vault, {**more, "record": record, "details": details})


def secret(vault: Vault, item: Item, value: str | None = None) -> dict[str, Any]:
    """Returns the public data of a secret. `value` is set only in the one answer that reveals it."""
    shown = {
        "identifier": item.secret,
        "key": item.secret,
        "shortid": item.secret[:8],
        "state": _state(vault, item),
        "lifespan": item.ttl,
        "secret_ttl": item.ttl,
        "has_passphrase": item.passphrase is not None,
        "verification": False,
        "created": item.created,
        "updated": item.changed,
        **_flags(item),
    }
    return shown if value is None else {**shown, "secret_value": value}


def revealed(vault: Vault, item: Item, value: str | None, *, right: bool) -> Any:
    """Returns the answer to an attempt to open a secret."""
    details = {"continue": value is not None, "show_secret": value is not None, "correct_passphrase": right}
    return _spoken(vault, {"record": secret(vault, item, value), "details": details})


def first(vault: Vault, item: Item, root: str) -> dict[str, Any]:
    """Returns v1's flat answer. After reading, it no longer has the key of the secret."""
    there = item.state is State.NEW
    left = max(0, ceil(item.expires - vault.now()))
    flat: dict[str, Any] = {
        "custid": item.owner or "anon",
        "metadata_key": item.receipt,
        "ttl": item.ttl,
        "metadata_ttl": 2 * item.ttl,
        "metadata_url": f"{root}/private/{item.receipt}",
        "state": _OLD_NAMES.get(item.state, str(item.state)),
        "created": int(item.created),
        "updated": int(item.changed),
        "recipient": [],
        "share_domain": "",
        "passphrase_required": item.passphrase is not None,
    }
    if there:
        flat |= {"secret_key": item.secret, "secret_ttl": left}
    if item.state is State.REVEALED:
        flat["received"] = int(item.changed)
    return flat


def _receipt(vault: Vault, item: Item) -> dict[str, Any]:
    at = {state: int(item.changed) if item.state is state else None for state in State}
    return {
        "identifier": item.receipt,
        "key": item.receipt,
        "shortid": item.receipt[:8],
        "custid": None,
        "owner_id": item.owner,
        "state": _state(vault, item),
        "secret_identifier": item.secret,
        "secret_shortid": item.secret[:8],
        "secret_ttl": item.ttl,
        "receipt_ttl": 2 * item.ttl,
        "metadata_ttl": 2 * item.ttl,
        "lifespan": 2 * item.ttl,
        "share_domain": vault.manners.domain or None,
        "created": item.created,
        "updated": item.changed,
        "shared": None,
        "recipients": "",
        "recipient_name": None,
        "memo": None,
        "show_recipients": False,
        "previewed": None,
        "viewed": None,
        "revealed": at[State.REVEALED],
        "received": at[State.REVEALED],
        "burned": at[State.BURNED],
        **_flags(item),
        "has_passphrase": item.passphrase is not None,
        "kind": "conceal",
        "source": "api",
    }


def _flags(item: Item) -> dict[str, bool]:
    return {
        "is_previewed": item.views > 0,
        "is_viewed": item.views > 0,
        "is_revealed": item.state is State.REVEALED,
        "is_received": item.state is State.REVEALED,
        "is_burned": item.state is State.BURNED,
        "is_expired": item.state is State.EXPIRED,
        "is_orphaned": item.state is State.ORPHANED,
        "is_destroyed": item.state is not State.NEW,
    }


def _state(vault: Vault, item: Item) -> str:
    """Returns the state. Since 0.26 fetching is no state; older servers say viewed and received."""
    if not _old(vault):
        return str(item.state)
    if item.state is State.NEW and item.views:
        return "viewed"
    return _OLD_NAMES.get(item.state, str(item.state))


def _old(vault: Vault) -> bool:
    return vault.manners.dialect is Dialect.OLD


def _spoken(vault: Vault, value: Any) -> Any:
    """Returns numbers and booleans as text, for servers that do so."""
    if not (vault.manners.strings or _old(vault)):
        return value
    if isinstance(value, dict):
        return {name: _spoken(vault, one) for name, one in value.items()}
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value
