"""Personio's documented request limits, as counters over fixed windows.

Employees: 300 per minute and 15 per second (changelog 2024-05-06). Sign-in: 60 per minute (v1 reference). All of v1:
2,000 per minute and source address (changelog 2024-07-08). How windows start is not documented; here each starts with
its first request. The 429 answer is not documented either; here it has the error format of v1, and `Retry-After` is in
turn seconds, a date, or missing, so that a client must handle all.
"""

from __future__ import annotations

import math
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import cycle
from typing import TYPE_CHECKING

from alleo_onboard.sandbox.answers import failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from alleo_onboard.sandbox.asgi import Response


class Window:
    """At most `limit` requests within `seconds` of the first."""

    def __init__(self, limit: int, seconds: float, clock: Callable[[], float]) -> None:
        self.limit = limit
        self.seconds = seconds
        self._clock = clock
        self._start = -math.inf
        self._count = 0

    def wait(self) -> float:
        """Returns the seconds until a request may pass; 0 when it may now."""
        now = self._clock()
        if now - self._start >= self.seconds:
            self._start, self._count = now, 0
        return self._start + self.seconds - now if self._count >= self.limit else 0.0

    def count(self) -> None:
        """Counts a request that passed."""
        self._count += 1


class Limits:
    """All windows of one credential."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        everything = Window(2_000, 60, clock)
        self._windows = {
            "auth": (Window(60, 60, clock), everything),
            "employees": (Window(15, 1, clock), Window(300, 60, clock), everything),
            "other": (everything,),
        }
        self._forms = cycle(("seconds", "date", "none"))

    def check(self, kind: str) -> Response | None:
        """Returns the 429 answer to a request of this kind (`auth`, `employees`, `other`), or None when it may pass.

        A refused request is not counted, so that waiting the stated time is enough.
        """
        windows = self._windows[kind]
        wait = max(window.wait() for window in windows)
        if wait > 0:
            return throttled(next(self._forms), wait)
        for window in windows:
            window.count()
        return None


def throttled(form: str, wait: float) -> Response:
    """Returns 429 with `Retry-After` as `seconds`, as a `date`, or with `none`. `wait` is in seconds."""
    seconds = max(1, math.ceil(wait))
    headers: tuple[tuple[str, str], ...] = ()
    if form == "seconds":
        headers = (("retry-after", str(seconds)),)
    elif form == "date":
        moment = datetime.now(UTC) + timedelta(seconds=seconds)
        headers = (("retry-after", format_datetime(moment, usegmt=True)),)
    return failure(429, 429, "Too many requests. Please try again later.", *headers)
