"""Values out of JSON that keeps only roughly to what was promised."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def pick(resource: Any, name: str) -> Any:
    """An attribute, whose name and schema may come in any case (RFC 7643, 2.1); None when absent."""
    if not isinstance(resource, Mapping):
        return None
    if name in resource:
        return resource[name]
    wanted = name.casefold()
    return next((value for key, value in resource.items() if key.casefold() == wanted), None)


def rows(body: Any) -> list[Any]:
    """The resources of a list answer: `Resources` may be left out when there are none (RFC 7644, 3.4.2)."""
    listed = body if isinstance(body, list) else pick(body, "Resources")
    return listed if isinstance(listed, list) else []


def text(value: Any) -> str:
    """Text and numbers as text, anything else as none; ids come as numbers now and then."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else ""


def flag(value: Any, *, default: bool) -> bool:
    """A boolean, also as the text that some servers write; `default` where there is none."""
    if isinstance(value, str):
        return value.strip().casefold() in ("true", "1", "yes") if value.strip() else default
    return default if value is None else bool(value)


def number(value: Any) -> int | None:
    """A count, also as text; None where there is none that makes sense."""
    written = text(value).strip()
    return int(written[:12]) if written.isascii() and written.isdigit() else None
