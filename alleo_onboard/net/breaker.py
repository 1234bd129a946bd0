"""A circuit breaker: stops all requests when a server does not answer any more."""

from __future__ import annotations

from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.locale import _
from alleo_onboard.net.clock import Clock

# Number of failed requests in a row that break it: MOST (for writes MOST_WRITES), or FEW when they span SECONDS. MOST
# is more than run in parallel, so that one bad record cannot stop all others. A new account takes several requests.
MOST, MOST_WRITES = 10, 30
FEW, SECONDS = 3, 120.0


class Down(Unreachable):
    """The server did not answer any of the last requests. No more are sent."""


class Breaker:
    """Counts failed requests since the last usable answer. Once broken, it stays broken.

    Reads and writes are counted separately, because a server may answer only one of them.
    """

    def __init__(self, host: str, clock: Clock) -> None:
        self._host = host
        self._reads, self._writes = _Count(MOST, clock), _Count(MOST_WRITES, clock)

    def answered(self, *, write: bool) -> None:
        """Records a usable answer; a refusal counts as one."""
        self._reads.given_up = 0
        if write:
            self._writes.given_up = 0

    def gave_up(self, *, write: bool) -> None:
        """Records a request that failed after all its retries."""
        (self._writes if write else self._reads).add()

    def check(self) -> None:
        """Raises Down when the server counts as not answering."""
        for count in (self._reads, self._writes):
            if count.broken:
                said = _(
                    "{host} has not answered any of the last {n} requests in a usable way, so no more are sent. "
                    "Try again later; what was done is kept."
                )
                raise Down(said.format(host=self._host, n=count.broken))


class _Count:
    """Counts failures in a row. `broken` is the count at which it broke, 0 before."""

    def __init__(self, most: int, clock: Clock) -> None:
        self._most, self._clock = most, clock
        self._since = 0.0
        self.given_up = 0
        self.broken = 0

    def add(self) -> None:
        """Adds one failure."""
        now = self._clock.monotonic()
        self._since = now if self.given_up == 0 else self._since
        self.given_up += 1
        if self.given_up >= (FEW if now - self._since >= SECONDS else self._most):
            self.broken = self.broken or self.given_up
