"""A circuit breaker: ends a run when a server has stopped answering."""

from __future__ import annotations

from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.locale import _
from alleo_onboard.net.clock import SYSTEM, Clock

# Requests in a row that were given up, and how many of them are enough when they span some seconds. More than a run has
# at once: one poisonous record makes its own request fail, not those of everybody. A new account is several requests.
MOST, MOST_WRITES = 10, 30
FEW, SECONDS = 3, 120.0


class Down(Unreachable):
    """A server has not answered any of the last requests; no more are sent."""


class Breaker:
    """Counts requests given up since the last usable answer. Once broken it stays so for its client's life.

    Reads and writes are counted apart, as a server may answer the ones and none of the others.
    """

    def __init__(self, host: str, clock: Clock = SYSTEM) -> None:
        self._host = host
        self._reads, self._writes = _Count(MOST, clock), _Count(MOST_WRITES, clock)

    def answered(self, *, write: bool) -> None:
        """A usable answer came, a refusal included."""
        self._reads.given_up = 0
        if write:
            self._writes.given_up = 0

    def gave_up(self, *, write: bool) -> None:
        """A request came to nothing although it was tried as often as may be."""
        (self._writes if write else self._reads).add()

    def check(self) -> None:
        """Raises Down once the server counts as not answering."""
        for count in (self._reads, self._writes):
            if count.broken:
                said = _(
                    "{host} has not answered any of the last {n} requests in a usable way, so no more are sent. "
                    "Try again later; what was done is kept."
                )
                raise Down(said.format(host=self._host, n=count.broken))


class _Count:
    """`broken` is how many requests in a row it took, 0 while it is whole."""

    def __init__(self, most: int, clock: Clock) -> None:
        self._most, self._clock = most, clock
        self._since = 0.0
        self.given_up = 0
        self.broken = 0

    def add(self) -> None:
        now = self._clock.monotonic()
        self._since = now if self.given_up == 0 else self._since
        self.given_up += 1
        if self.given_up >= (FEW if now - self._since >= SECONDS else self._most):
            self.broken = self.broken or self.given_up
