"""Builds SCIM request bodies for new accounts and changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from alleo_onboard.alleo.scim.features import USER, Form, Place
from alleo_onboard.domain.account import Value
from alleo_onboard.domain.budget import Period, period_of
from alleo_onboard.domain.change import Change, Field

encode = msgspec.json.Encoder(decimal_format="number").encode

PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
_PATHS = {
    "first_name": "name.givenName",
    "last_name": "name.familyName",
    "external_id": "externalId",
    "active": "active",
}


def new_account(change: Change, places: Mapping[str, Place]) -> dict[str, Any]:
    """Returns the body of the POST for an onboard, without fields that the server cannot store."""
    new = change.new
    email = str(new.get("email") or "")
    body: dict[str, Any] = {
        "schemas": [USER],
        "externalId": str(change.personio_id),
        "userName": email,
        "name": {"givenName": new.get("first_name") or "", "familyName": new.get("last_name") or ""},
        "emails": _emails(email),
        "active": True,
    }
    extensions: dict[str, dict[str, Any]] = {}
    for name, place in places.items():
        if value := new.get(name):
            extensions.setdefault(place.urn, {})[place.name] = _formed(value, place.form)
    body["schemas"] += extensions
    return body | extensions


def patch(change: Change, places: Mapping[str, Place], *, whole_emails: bool = False) -> dict[str, Any]:
    """Returns the body of a PATCH with one operation for each field, each with a path.

    Without a path some servers fail, and others delete neighbouring values. `whole_emails` replaces the list of
    addresses, for servers that accept no filter in a path and for accounts without a work address.
    """
    operations = [op for f in change.fields for op in _operations(f, places, whole_emails=whole_emails)]
    return {"schemas": [PATCH], "Operations": operations}


def sent(change: Change, places: Mapping[str, Place]) -> Iterator[Field]:
    """Yields the fields of a change that the server can store."""
    return (f for f in change.fields if f.name == "email" or f.name in _PATHS or f.name in places)


def pays(change: Change, places: Mapping[str, Place]) -> bool:
    """Returns whether a change sends a one-off budget, which a server may pay each time it is set."""
    return any(oneoffs(change, places))


def oneoffs(change: Change, places: Mapping[str, Place]) -> list[Field]:
    """Returns the one-off budgets that a change sends."""
    return [f for f in sent(change, places) if f.new and _is_oneoff(f.name)]


def _is_oneoff(name: str) -> bool:
    return name.startswith("alleo_") and period_of(name) is Period.ONEOFF


def _operations(changed: Field, places: Mapping[str, Place], *, whole_emails: bool) -> Iterator[dict[str, Any]]:
    name, value = changed.name, changed.new
    if name == "email":
        yield _replace("userName", value)
        yield _replace("emails", _emails(value)) if whole_emails else _replace('emails[type eq "work"].value', value)
    elif name in _PATHS:
        yield _set(_PATHS[name], value)
    elif place := places.get(name):
        yield _set(place.path, _formed(value, place.form) if value else None)


def _set(path: str, value: Any) -> dict[str, Any]:
    return {"op": "remove", "path": path} if value in (None, "") else _replace(path, value)


def _replace(path: str, value: Any) -> dict[str, Any]:
    return {"op": "replace", "path": path, "value": value}


def _emails(address: Value) -> list[dict[str, Any]]:
    return [{"value": address, "type": "work", "primary": True}]


def _formed(value: Value, form: Form) -> Any:
    """Returns a value in the attribute's form.

    Amounts become JSON numbers from their exact text, never from a float.
    """
    if form is Form.AMOUNT:
        return Decimal(str(value))
    return f"{value}T00:00:00Z" if form is Form.INSTANT else value
