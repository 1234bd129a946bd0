"""Decodes what a one-time-secret service of any version says about a link (facts/deliveries.md, A2, A5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from alleo_onboard.domain.handover import State

_STATES = {
    "new": State.WAITING,
    "shared": State.WAITING,
    "previewed": State.FETCHED,
    "viewed": State.FETCHED,
    "revealed": State.OPENED,
    "received": State.OPENED,
    "burned": State.WITHDRAWN,
    "expired": State.EXPIRED,
    "orphaned": State.GONE,
}
_FLAGS = (
    ("is_burned", State.WITHDRAWN),
    ("is_revealed", State.OPENED),
    ("is_received", State.OPENED),
    ("is_expired", State.EXPIRED),
    ("is_orphaned", State.GONE),
)


@dataclass(frozen=True, slots=True)
class Look:
    """What the service says about a link now. `at` is when it was opened or withdrawn, if known."""

    state: State
    at: datetime | None = None


def of_receipt(record: Mapping[str, Any], details: Mapping[str, Any] | None = None) -> Look:
    """Returns the state in a receipt of API v2, or in a flat answer of v1, which uses the same names."""
    state = next((state for flag, state in _FLAGS if yes(record.get(flag))), None)
    state = state or _STATES.get(str(record.get("state", "")), State.UNKNOWN)
    seen = (
        yes(record.get("is_previewed"))
        or yes(record.get("is_viewed"))
        or (number((details or {}).get("view_count")) or 0) > 0
    )
    if state is State.WAITING and seen:
        state = State.FETCHED
    times = {State.OPENED: ("revealed", "received"), State.WITHDRAWN: ("burned",)}.get(state, ())
    return Look(state, next((at for name in times if (at := instant(record.get(name)))), None))


def number(value: Any) -> float | None:
    """Returns a number, also one written as text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return found if abs(found) < 1e15 else None


def instant(value: Any) -> datetime | None:
    """Returns seconds since the epoch as a time in UTC, or None."""
    found = number(value)
    try:
        return datetime.fromtimestamp(found, UTC) if found and found > 1 else None
    except (OverflowError, OSError, ValueError):
        return None


def yes(value: Any) -> bool:
    """Returns whether a value is true, or text "true"."""
    return value is True or (isinstance(value, str) and value.casefold() == "true")


def part(body: Any, *path: str) -> Mapping[str, Any]:
    """Returns the object at `path` in a decoded body, or an empty one."""
    found = body
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}
