"""Reads accounts as SCIM servers send them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote, unquote

from alleo_onboard.alleo.scim.features import ENTERPRISE, Form, Place
from alleo_onboard.alleo.scim.lenient import flag, pick, text
from alleo_onboard.domain.account import Account
from alleo_onboard.domain.eligibility import email_key

_LONGEST_ID = 2_000  # characters of a quoted id in a URL; servers accept 4 to 8 kB for the whole URL
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def account_of(resource: Any, places: Mapping[str, Place]) -> Account | None:
    """Returns the account in a resource, or None when it has no id."""
    identity = text(pick(resource, "id"))
    if not identity:
        return None
    name, active = pick(resource, "name"), pick(resource, "active")
    return Account(
        id=identity,
        external_id=text(pick(resource, "externalId")),
        email=_email(resource),
        first_name=text(pick(name, "givenName")),
        last_name=text(pick(name, "familyName")),
        active=flag(active, default=True),
        active_known=active not in (None, ""),
        department=text(pick(pick(resource, ENTERPRISE), "department")),
        extras=_extras(resource, places),
    )


def usable(identity: str) -> bool:
    """Returns whether an id can be part of a URL: not only dots, and not too long."""
    try:
        return bool(identity.strip(".")) and len(quote(identity, safe="")) <= _LONGEST_ID
    except UnicodeEncodeError:  # a lone surrogate
        return False


def named(resource: Any, email: str) -> bool:
    """Returns whether a resource has this address as user name or e-mail."""
    key = email_key(email)
    return email_key(text(pick(resource, "userName"))) == key or email_key(_email(resource)) == key


def id_in(location: str) -> str:
    """Returns the id at the end of a new resource's URL."""
    return unquote(location.partition("?")[0].rstrip("/").rpartition("/")[2])


def _email(resource: Any) -> str:
    """Returns the work address, else the user name if it is an address, else the first address."""
    listed = pick(resource, "emails")
    emails = [e for e in listed if text(pick(e, "value"))] if isinstance(listed, list) else []
    work = [e for e in emails if text(pick(e, "type")).casefold() == "work"]
    user_name = text(pick(resource, "userName"))
    first = _primary(work) or (user_name if "@" in user_name else "") or _primary(emails)
    return first or user_name


def _primary(emails: Iterable[Any]) -> str:
    ordered = sorted(emails, key=lambda e: not flag(pick(e, "primary"), default=False))
    return text(pick(ordered[0], "value")) if ordered else ""


def _extras(resource: Any, places: Mapping[str, Place]) -> dict[str, str]:
    held = {}
    for name, place in places.items():
        if name != "department" and (value := _shown(pick(pick(resource, place.urn), place.name), place.form)):
            held[name] = value
    return held


def _shown(value: Any, form: Form) -> str:
    held = text(value)
    if form in (Form.DAY, Form.INSTANT):
        return held[:10] if _DAY.match(held) else held
    return _amount(held) if form in (Form.AMOUNT, Form.AMOUNT_TEXT) else held


def _amount(written: str) -> str:
    """Returns an amount with two decimals, or unchanged when it has more digits than that."""
    try:
        number = Decimal(written)
    except InvalidOperation:
        return written
    if not number.is_finite() or number.adjusted() > 15 or number != round(number, 2):
        return written
    return f"{number:.2f}"
