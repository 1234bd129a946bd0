"""Faults that the sandbox injects, on request of a test or in the scenario `flaky`.

The order depends only on how many requests came before, never on people or time. No two requests in a row fail, so
every read succeeds on retry.
"""

from __future__ import annotations

from collections import deque
from enum import Enum
from typing import Literal

Kind = Literal["auth", "data"]


class Fault(Enum):
    """One way in which an answer goes wrong."""

    UNAVAILABLE = "503"
    TRUNCATED = "the body ends half-way"
    DROPPED = "the connection is lost without an answer"
    THROTTLED_SECONDS = "429 with Retry-After in seconds"
    THROTTLED_DATE = "429 with Retry-After as a date"
    THROTTLED = "429 without Retry-After"
    MOVED_TOTAL = "total_elements is one too high, as when a hire is added while paging"
    SUCCESS_FALSE = "200 with success false"


_TRANSPORT = (
    Fault.UNAVAILABLE,
    Fault.TRUNCATED,
    Fault.THROTTLED_SECONDS,
    Fault.DROPPED,
    Fault.THROTTLED,
    Fault.THROTTLED_DATE,
)
_MOVED_LIST = 3  # the list answer whose total has moved; the page after it is right again


class Faults:
    """Decides for each request whether and how it fails."""

    def __init__(self, *, flaky: bool = False) -> None:
        self._flaky = flaky
        self._waiting: dict[Kind, deque[Fault]] = {"auth": deque(), "data": deque()}
        self._seen: dict[Kind, int] = {"auth": 0, "data": 0}
        self._lists = 0

    def inject(self, *faults: Fault, on: Kind = "data") -> None:
        """Let the next requests fail like this, one fault each. `auth` is sign-in, `data` everything else."""
        self._waiting[on].extend(faults)

    def next(self, kind: Kind) -> Fault | None:
        """The fault of this request, if any."""
        self._seen[kind] += 1
        if self._waiting[kind]:
            return self._waiting[kind].popleft()
        if not self._flaky:
            return None
        number = self._seen[kind]
        if kind == "auth":
            return Fault.UNAVAILABLE if number % 4 == 1 else None
        if number <= 2 * len(_TRANSPORT):  # at first every other request fails, so that even a short visit meets some
            return _TRANSPORT[number // 2] if number % 2 else None
        return _TRANSPORT[number // 8 % len(_TRANSPORT)] if number % 8 == 0 else None

    def moved(self, fault: Fault | None) -> int:
        """By how much the total of this list answer is off; answers that get lost do not count."""
        if fault in {Fault.TRUNCATED, Fault.DROPPED}:
            return 0
        self._lists += 1
        return int(fault is Fault.MOVED_TOTAL or (self._flaky and self._lists == _MOVED_LIST))
