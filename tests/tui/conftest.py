"""Makes Textual's pilot wait for its own thread only, not for the sandbox's threads too."""

import asyncio
import time

import pytest

WINDOW = 0.004  # seconds
BUSY = 0.0004


async def thread_idle(min_sleep=0.0, max_sleep=1.0):
    """Returns when this thread was idle for a moment. A thread that could not run because of others is not idle."""
    began = time.monotonic()
    while True:
        worked, slept = time.thread_time(), time.monotonic()
        await asyncio.sleep(WINDOW)
        now = time.monotonic()
        idle = time.thread_time() - worked < BUSY and now - slept < 2 * WINDOW
        if now - began >= max_sleep or (now - began >= min_sleep and idle):
            return


@pytest.fixture(autouse=True)
def _quick_pilot():
    with pytest.MonkeyPatch.context() as patch:
        for module in ("textual.app", "textual.pilot"):
            patch.setattr(f"{module}.wait_for_idle", thread_idle)
        patch.setattr("alleo_onboard.tui.bursts._TYPING", 0)  # a pilot types faster than a person
        yield
