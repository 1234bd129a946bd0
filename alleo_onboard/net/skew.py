"""Measures how far this machine's clock is from a server's, by the Date header (RFC 9110, section 6.6.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

from alleo_onboard.net.clock import Clock


class Skew:
    """The difference between two clocks.

    `ahead` is in seconds: negative when this machine is behind, None before an answer.

    The header has whole seconds and takes time to arrive, so a few seconds mean nothing.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = ""
        self.ahead: float | None = None

    def saw(self, headers: Mapping[str, str]) -> None:
        """Reads the headers of an answer, names in lower case."""
        written = headers.get("date", "")
        if written == self._last:  # many answers arrive within one second
            return
        self._last = written
        moment = _seconds(written)
        if moment is not None:
            # A cache gives an old answer, and states its age in seconds.
            age = headers.get("age", "")
            kept = int(age) if age.isascii() and age.isdigit() and len(age) < 10 else 0
            self.ahead = self._clock.wall() - (moment + kept)


def _seconds(written: str) -> float | None:
    """Returns an HTTP date as seconds since the epoch, or None."""
    try:
        moment = parsedate_to_datetime(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
