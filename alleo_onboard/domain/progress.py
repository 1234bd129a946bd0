"""Progress events that use cases report; faces turn them into a bar, a line or JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class System(StrEnum):
    """Whose answer is being waited for."""

    PERSONIO = "personio"
    ALLEO = "alleo"


class Why(StrEnum):
    """Why nothing is being sent just now."""

    PACE = "pace"  # our own keeping to the documented limits
    THROTTLED = "throttled"  # the server answered 429
    SERVER_ERROR = "server_error"  # 5xx, or a body cut short
    CONNECTION = "connection"  # no connection, or it was lost
    PICKUP = "pickup"  # Alleo is about to collect the file


@dataclass(frozen=True, slots=True)
class SignedIn:
    system: System


@dataclass(frozen=True, slots=True)
class EmployeesRead:
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Rereading:
    """The number of people moved while they were being read; `attempt` counts from 2."""

    attempt: int


@dataclass(frozen=True, slots=True)
class AccountsRead:
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Waiting:
    system: System
    why: Why
    seconds: float
    attempt: int  # 1 for the first wait of a request


@dataclass(frozen=True, slots=True)
class Applied:
    """One change was settled at Alleo. `error` is empty when it worked."""

    personio_id: int
    name: str
    change: str
    error: str
    done: int
    total: int


Event = SignedIn | EmployeesRead | Rereading | AccountsRead | Waiting | Applied
Notify = Callable[[Event], None]


def silent(event: Event) -> None:
    """For callers that do not watch."""
