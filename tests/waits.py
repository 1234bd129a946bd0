"""Makes waits between retries take no time: the clients' clock moves by itself."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator

from alleo_onboard.net.clock import SYSTEM


@contextlib.contextmanager
def waits_at_once() -> Iterator[list[float]]:
    """Makes the clients' clock jump instead of waiting. Yields the list of waits in seconds."""
    sleep, monotonic, waited = SYSTEM.sleep, SYSTEM.monotonic, list[float]()

    async def jump(seconds: float) -> None:
        waited.append(seconds)
        await asyncio.sleep(0)

    object.__setattr__(SYSTEM, "sleep", jump)
    object.__setattr__(SYSTEM, "monotonic", lambda: monotonic() + sum(waited))
    try:
        yield waited
    finally:
        object.__setattr__(SYSTEM, "sleep", sleep)
        object.__setattr__(SYSTEM, "monotonic", monotonic)
