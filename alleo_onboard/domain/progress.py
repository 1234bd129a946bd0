"""Progress events of the use cases. Faces show them as a bar, a line or JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class System(StrEnum):
    """The system that was asked."""

    PERSONIO = "personio"
    ALLEO = "alleo"


class Why(StrEnum):
    """Why the program waits."""

    PACE = "pace"  # our own limit, to stay within the documented pace
    THROTTLED = "throttled"  # the server answered 429
    SERVER_ERROR = "server_error"  # 5xx, or a truncated body
    CONNECTION = "connection"  # no connection, or the connection was lost
    PICKUP = "pickup"  # Alleo will collect the file within minutes


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The sign-in to a system succeeded."""

    system: System


@dataclass(frozen=True, slots=True)
class EmployeesRead:
    """Number of employees read so far, and in total."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Rereading:
    """The list of employees changed while it was read, so it is read again. `attempt` counts from 2."""

    attempt: int


@dataclass(frozen=True, slots=True)
class AccountsRead:
    """Number of accounts read so far, and in total; 0 while the total is not known. Both are equal once, at the end."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """The program waits `seconds` before the next request."""

    system: System
    why: Why
    seconds: float
    attempt: int  # 1 for the first wait of one request


@dataclass(frozen=True, slots=True)
class Applied:
    """One change was made or has failed. `error` is "" when it succeeded."""

    personio_id: int
    name: str
    change: str
    error: str
    done: int
    total: int


Event = SignedIn | EmployeesRead | Rereading | AccountsRead | Waiting | Applied
Notify = Callable[[Event], None]


def silent(event: Event) -> None:
    """Ignores all events."""
