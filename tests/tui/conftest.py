"""Textual's pilot waits until the process is idle, the sandbox's threads included; here its own thread is enough."""

import asyncio
import time

import pytest

WINDOW = 0.004  # seconds
BUSY = 0.0004


async def thread_idle(min_sleep=0.0, max_sleep=1.0):
    """Until this thread has had nothing to do for a moment; a thread that was kept from working is not idle."""
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
        patch.setattr("alleo_onboard.tui.bursts._TYPING", 0)  # a pilot types faster than anybody
        yield
