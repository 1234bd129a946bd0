"""Faults that the sandbox injects, requested by a test or in the scenario `flaky`.

The order depends only on the number of earlier requests, never on people or time. No two requests in a row fail, so
every read succeeds on retry.
"""

from __future__ import annotations

from collections import deque
from enum import Enum
from typing import Literal

Kind = Literal["auth", "data"]


class Fault(Enum):
    """A way in which an answer fails."""

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
_MOVED_LIST = 3  # number of the list answer whose total is wrong; the next one is right again


class Faults:
    """Decides for each request whether and how it fails."""

    def __init__(self, *, flaky: bool) -> None:
        self._flaky = flaky
        self._waiting: dict[Kind, deque[Fault]] = {"auth": deque(), "data": deque()}
        self._seen: dict[Kind, int] = {"auth": 0, "data": 0}
        self._lists = 0

    def inject(self, *faults: Fault, on: Kind = "data") -> None:
        """Makes the next requests fail, one for each fault. `auth` is the sign-in, `data` everything else."""
        self._waiting[on].extend(faults)

    def next(self, kind: Kind) -> Fault | None:
        """Returns the fault for this request, or None."""
        self._seen[kind] += 1
        if self._waiting[kind]:
            return self._waiting[kind].popleft()
        if not self._flaky:
            return None
        number = self._seen[kind]
        if kind == "auth":
            return Fault.UNAVAILABLE if number % 4 == 1 else None
        if number <= 2 * len(_TRANSPORT):  # first every other request fails, so that a short session meets some faults
            return _TRANSPORT[number // 2] if number % 2 else None
        return _TRANSPORT[number // 8 % len(_TRANSPORT)] if number % 8 == 0 else None

    def moved(self, fault: Fault | None) -> int:
        """Returns by how much the total of this list answer is wrong. Answers that get lost do not count."""
        if fault in {Fault.TRUNCATED, Fault.DROPPED}:
            return 0
        self._lists += 1
        return int(fault is Fault.MOVED_TOTAL or (self._flaky and self._lists == _MOVED_LIST))
