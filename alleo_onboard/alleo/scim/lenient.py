"""Reads values from JSON that only roughly follows the standard."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def pick(resource: Any, name: str) -> Any:
    """Returns an attribute, or None. Names and schemas may be in any case (RFC 7643, 2.1)."""
    if not isinstance(resource, Mapping):
        return None
    if name in resource:
        return resource[name]
    wanted = name.casefold()
    return next((value for key, value in resource.items() if key.casefold() == wanted), None)


def rows(body: Any) -> list[Any]:
    """Returns the resources of a list answer. `Resources` may be missing when there are none (RFC 7644, 3.4.2)."""
    listed = body if isinstance(body, list) else pick(body, "Resources")
    return listed if isinstance(listed, list) else []


def text(value: Any) -> str:
    """Returns text, or a number as text; "" for anything else. Some servers send ids as numbers."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else ""


def flag(value: Any, *, default: bool) -> bool:
    """Returns a boolean, also one sent as text; `default` when there is none."""
    if isinstance(value, str):
        return value.strip().casefold() in ("true", "1", "yes") if value.strip() else default
    return default if value is None else bool(value)


def number(value: Any) -> int | None:
    """Returns a count, also one sent as text; None when there is none."""
    written = text(value).strip()
    return int(written[:12]) if written.isascii() and written.isdigit() else None
