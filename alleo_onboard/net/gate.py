"""A gate before all requests of a client: one 429 answer makes all of them wait."""

from __future__ import annotations

from alleo_onboard.net.clock import Clock


class Gate:
    """A gate that is open until `hold` closes it for some seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._opens = 0.0

    def hold(self, seconds: float) -> None:
        """Closes the gate for `seconds` from now, unless it is already closed for longer."""
        self._opens = max(self._opens, self._clock.monotonic() + seconds)

    async def passed(self) -> None:
        """Waits until the gate is open."""
        while (left := self._opens - self._clock.monotonic()) > 0:
            await self._clock.sleep(left)
