"""The clock and the random numbers that clients use; tests pass their own."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and random numbers.

    `wall`: seconds since the epoch. `monotonic`: seconds, never goes back. `random`: in [0, 1).
    """

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    random: Callable[[], float] = random.random


SYSTEM = Clock()
