"""Ends a run on a server that has stopped answering, instead of trying every single request to its end."""

from __future__ import annotations

from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.locale import _
from alleo_onboard.net.clock import SYSTEM, Clock

# Requests in a row that were given up, and how many of them are enough when they span some seconds.
# More than a run has at once: one poisonous record makes its own request fail, not those of everybody.
MOST = 10
FEW, SECONDS = 3, 120.0


class Down(Unreachable):
    """A server has not answered any of the last requests; no more are sent."""


class Breaker:
    """Counts requests given up since the last usable answer. Once broken it stays so for its client's life."""

    def __init__(self, host: str, clock: Clock = SYSTEM) -> None:
        self._host, self._clock = host, clock
        self._given_up = 0
        self._since = 0.0
        self._broken = False

    def answered(self) -> None:
        """A usable answer came, a refusal included."""
        self._given_up = 0

    def gave_up(self) -> None:
        """A request came to nothing although it was tried as often as patience allows."""
        now = self._clock.monotonic()
        self._since = now if self._given_up == 0 else self._since
        self._given_up += 1
        long = now - self._since >= SECONDS
        self._broken = self._broken or self._given_up >= (FEW if long else MOST)

    def check(self) -> None:
        """Raises Down once the server counts as not answering."""
        if self._broken:
            said = _(
                "{host} has not answered any of the last {n} requests in a usable way, so no more are sent. "
                "Try again later; what was done is kept."
            )
            raise Down(said.format(host=self._host, n=self._given_up))
