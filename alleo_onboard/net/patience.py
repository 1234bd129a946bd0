"""Retry delays, and the limits after which a client gives up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

from alleo_onboard.net.clock import SYSTEM, Clock

_JITTER = 0.25  # share of the wait, random, so that many clients do not return at the same moment


@dataclass(frozen=True, slots=True)
class Patience:
    """A retry policy. All times are in seconds."""

    attempts: int = 5  # attempts for one request, at most
    base: float = 1.0  # first wait; it doubles each time
    cap: float = 60.0  # longest single wait, even when the server asks for more
    total: float = 180.0  # longest total wait for one request
    # limit for one attempt up to its last byte: ten times the read time-out, enough for 100 MB at 4 Mbit/s
    answer: float = 300.0
    clock: Clock = SYSTEM

    def next_wait(
        self, attempt: int, retry_after: str | None, now: float, random: float, waited: float = 0.0
    ) -> float | None:
        """Returns the seconds to wait after a failed attempt, or None to give up.

        `attempt` counts from 1. `retry_after` is the header's value, `now` seconds since the epoch, `random` in [0, 1),
        `waited` the seconds this request has waited already. The wait is never shorter than the server asks, except for
        `cap`.
        """
        if attempt >= self.attempts:
            return None
        asked = parse_retry_after(retry_after, now)
        wait = self.base * 2.0 ** min(attempt - 1, 30) if asked is None else max(asked, self.base)
        wait = min(wait * (1 + _JITTER * random), self.cap)
        return wait if waited + wait <= self.total else None

    def wait_for(self, attempt: int, retry_after: str | None = None, waited: float = 0.0) -> float | None:
        """Returns `next_wait` with time and random number from `clock`."""
        return self.next_wait(attempt, retry_after, self.clock.wall(), self.clock.random(), waited)


DEFAULT_PATIENCE = Patience()


def parse_retry_after(value: str | None, now: float) -> float | None:
    """Returns the seconds that a Retry-After header asks for from `now`, or None when it is invalid.

    The header holds seconds or a date (RFC 9110, section 10.2.3).
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, aware.timestamp() - now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
