"""Keeps requests within Personio's documented limits (15 per second, 300 per minute)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from alleo_onboard.domain.progress import Notify, System, Waiting, Why
from alleo_onboard.net.clock import SYSTEM, Clock

_NOTICEABLE = 0.5  # seconds; a longer wait is reported
# Network delays vary, so requests sent one second apart may arrive closer together.
_MARGIN = 1.05


@dataclass(frozen=True, slots=True)
class Pace:
    """How many requests may start within one second and one minute. None is no limit.

    The defaults are Personio's limits for `GET /v1/company/employees` (its changelog of 6 May 2024).
    """

    per_second: int | None = 15
    per_minute: int | None = 300

    @property
    def windows(self) -> tuple[tuple[int, float], ...]:
        """Returns each limit as (requests, seconds)."""
        limits = ((self.per_second, 1.0), (self.per_minute, 60.0))
        return tuple((most, seconds * _MARGIN) for most, seconds in limits if most is not None)


DOCUMENTED = Pace()
UNLIMITED = Pace(None, None)


class Pacer:
    """Delays the requests of one client to keep the pace, in the order in which they ask."""

    def __init__(self, pace: Pace, clock: Clock = SYSTEM) -> None:
        self._windows = pace.windows
        self._clock = clock
        self._turns: deque[float] = deque(maxlen=max((most for most, _ in self._windows), default=0))

    async def turn(self, notify: Notify) -> None:
        """Returns when the next request may start. Reports a wait of more than half a second."""
        if not self._windows:
            return
        now = self._clock.monotonic()
        earliest = [self._turns[-most] + seconds for most, seconds in self._windows if len(self._turns) >= most]
        at = max(now, *earliest) if earliest else now
        self._turns.append(at)
        wait = at - now
        if wait > _NOTICEABLE:
            notify(Waiting(System.PERSONIO, Why.PACE, wait, 1))
        if wait > 0:
            await self._clock.sleep(wait)
