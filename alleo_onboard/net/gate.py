"""A gate before all requests of a client: one 429 answer makes all of them wait."""

from __future__ import annotations

from alleo_onboard.net.clock import SYSTEM, Clock


class Gate:
    """Open until `hold` shuts it for some seconds; `passed` returns when it is open."""

    def __init__(self, clock: Clock = SYSTEM) -> None:
        self._clock = clock
        self._opens = 0.0

    def hold(self, seconds: float) -> None:
        """Shuts the gate for `seconds` from now; it never opens earlier than another hold wanted."""
        self._opens = max(self._opens, self._clock.monotonic() + seconds)

    async def passed(self) -> None:
        while (left := self._opens - self._clock.monotonic()) > 0:
            await self._clock.sleep(left)
