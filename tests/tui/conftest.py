"""Makes Textual's pilot quick: it waits for its own thread only, draws what tests look at, and parses styles once."""

import asyncio
import time

import pytest
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.css.stylesheet import Stylesheet

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


def undrawn(self, full=False, screen_stack=None, simplify=False):
    """Draws nothing, because there is no terminal. `Driver.settled` draws the whole screen after each key."""
    visible_screen_stack.set(screen_stack or [])
    self._dirty_regions.clear()


DRAWN = Compositor.render_update


@pytest.fixture
def every_frame_drawn(monkeypatch):
    """Draws each change at once, as a terminal does. For tests of what is drawn."""
    monkeypatch.setattr(Compositor, "render_update", DRAWN)


def parsed_once(parse, known):
    """Keeps parsed rules for all apps of this process, by their text and the colours in them."""

    def rules(self, css, read_from, is_default_rules=False, tie_breaker=0, scope=""):
        what = css, read_from, is_default_rules, tie_breaker, scope
        key = frozenset(self._variables.items()), what
        if key not in known:
            known[key] = parse(self, *what)
        return known[key]

    return rules


@pytest.fixture(scope="session", autouse=True)
def _quick_pilot():
    with pytest.MonkeyPatch.context() as patch:
        for module in ("textual.app", "textual.pilot"):
            patch.setattr(f"{module}.wait_for_idle", thread_idle)
        patch.setattr("alleo_onboard.tui.bursts._TYPING", 0)  # a pilot types faster than a person
        patch.setattr(Compositor, "render_update", undrawn)
        patch.setattr(Stylesheet, "_parse_rules", parsed_once(Stylesheet._parse_rules, {}))
        yield
