"""How far this machine's clock is from a server's, by the Date header of its answers (RFC 9110, 6.6.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

from alleo_onboard.net.clock import SYSTEM, Clock


class Skew:
    """`ahead` is in seconds, negative where this machine is behind, None before a Date header came.

    The header counts in whole seconds and took a moment to arrive: a few seconds mean nothing.
    """

    def __init__(self, clock: Clock = SYSTEM) -> None:
        self._clock = clock
        self._last = ""
        self.ahead: float | None = None

    def saw(self, headers: Mapping[str, str]) -> None:
        """Takes in an answer's headers, names in lower case."""
        written = headers.get("date", "")
        if written == self._last:  # many answers a second
            return
        self._last = written
        moment = _seconds(written)
        if moment is not None:
            # A cache on the way gives an old answer, and says how old.
            age = headers.get("age", "")
            kept = int(age) if age.isascii() and age.isdigit() and len(age) < 10 else 0
            self.ahead = self._clock.wall() - (moment + kept)


def _seconds(written: str) -> float | None:
    try:
        moment = parsedate_to_datetime(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
