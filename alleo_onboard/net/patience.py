"""Retry delays, and the limits after which a client gives up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

from alleo_onboard.net.clock import SYSTEM, Clock

_JITTER = 0.25  # a share of the wait, so that many clients do not come back at the same moment


@dataclass(frozen=True, slots=True)
class Patience:
    """A retry policy; all times in seconds.

    `attempts` is how often one request is sent at most, `base` the first wait (it doubles), `cap` the longest single
    wait, a server's wish included, `total` the most that one request waits altogether. `answer` is how long one try
    may take to its last byte: ten times what a server may be silent, enough for 100 MB at a slow office's 4 Mbit/s.
    """

    attempts: int = 5
    base: float = 1.0
    cap: float = 60.0
    total: float = 180.0
    answer: float = 300.0
    clock: Clock = SYSTEM

    def next_wait(
        self, attempt: int, retry_after: str | None, now: float, random: float, waited: float = 0.0
    ) -> float | None:
        """Seconds to wait after the `attempt`-th try (from 1) failed, or None to give up.

        `retry_after` is the header's value, `now` seconds since the epoch, `random` in [0, 1), `waited` what this
        request has waited before. A server's wish is never undercut, except by the cap.
        """
        if attempt >= self.attempts:
            return None
        asked = parse_retry_after(retry_after, now)
        wait = self.base * 2.0 ** min(attempt - 1, 30) if asked is None else max(asked, self.base)
        wait = min(wait * (1 + _JITTER * random), self.cap)
        return wait if waited + wait <= self.total else None

    def wait_for(self, attempt: int, retry_after: str | None = None, waited: float = 0.0) -> float | None:
        """`next_wait` with the time and chance of `clock`."""
        return self.next_wait(attempt, retry_after, self.clock.wall(), self.clock.random(), waited)


DEFAULT_PATIENCE = Patience()


def parse_retry_after(value: str | None, now: float) -> float | None:
    """Seconds from `now` that a Retry-After header asks for: seconds or a date (RFC 9110, 10.2.3); None if neither."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, aware.timestamp() - now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
