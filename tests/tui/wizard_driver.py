"""Drives the wizard on the sandbox as a person does: keys, clicks and pastes, and text as shown."""

import os
import re
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from textual import events
from textual.widgets import Input
from textual.worker import WorkerCancelled

from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.sandbox.server import Sandbox
from alleo_onboard.tui.app import OnboardApp
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.setups.resolve import Setups
from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import Step

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECRETS = ("PERSONIO_CLIENT_ID", "PERSONIO_CLIENT_SECRET", "ALLEO_SCIM_URL", "ALLEO_SCIM_TOKEN")


def sandbox(scenario="selective", people=34):
    return Sandbox(scenario, people, limits=False, today=NOW.date())


def environment(box, home, *, bare=False):
    """Returns the environment for the sandbox.

    With `bare` only Personio's address is set, and all else must be typed.
    """
    given = {**box.addresses.environment(), "ALLEO_ONBOARD_HOME": str(home), "PYTHON_KEYRING_BACKEND": ""}
    return {name: value for name, value in given.items() if not (bare and name in SECRETS)}


def wizard(environ, name=None, *, live=False, from_start=False):
    """Returns the app. `live` treats the set-up as one with the real Personio; `from_start` opens the start page."""
    setups = Setups(environ)
    setup = setups.find(name)
    one = replace(setup.profile, delivery=DeliveryChoice("scim", setup.profile.delivery.values).having(concurrency=1))
    setups.is_sandbox = lambda _setup: not live
    app = OnboardApp(setups, replace(setup, profile=one, limits=False), from_start=from_start, offers_demo=from_start)
    app.sitting.session = Session(app.sitting.setup, now=lambda: NOW)
    return app


def at_run(environ, *, live=False):
    """Returns the app at the last step, with all others passed in an earlier session."""
    app = wizard(environ, live=live)
    app.sitting.state = State(Step.RUN, {}, frozenset(Step) - {Step.RUN})
    return app


class Driver:
    """Sends keys and reads the screen."""

    def __init__(self, app, pilot):
        self.app, self.pilot = app, pilot

    async def settled(self):
        """Waits until no work is running and everything is drawn."""
        while True:
            await self.pilot.pause()
            if all(worker.is_finished for worker in self.app.workers):
                break
            with suppress(WorkerCancelled):  # a job that another one took the place of
                await self.app.workers.wait_for_complete([w for w in self.app.workers if not w.is_finished])
        await self.pilot.pause()
        if self.app.is_running:
            self.app.screen._compositor.render_strips()

    async def keys(self, *keys):
        """Presses keys, and waits after each."""
        for key in keys:
            await self.pilot.press(key)
            await self.settled()

    async def click(self, selector, **options):
        assert await self.pilot.click(selector, **options), f"{selector} is not where it could be clicked"
        await self.settled()

    async def paste(self, text):
        assert isinstance(self.app.focused, Input)
        self.app.focused.post_message(events.Paste(text))
        await self.pilot.pause()

    @property
    def text(self):
        """Returns the text on the screen."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    @property
    def words(self):
        """Returns the text on the screen as one line, so that sentences are found across line ends."""
        return " ".join(self.text.split())

    def said(self, selector):
        """Returns the text of one visible widget."""
        widget = self.app.screen.query_one(selector)
        assert widget.region, f"{selector} is not on the screen"
        return str(widget.render())

    def golden(self, name):
        """Compares the screen with the file kept beside the tests. ALLEO_GOLDEN=1 writes new files."""
        size = self.app.size
        path = GOLDEN / f"{name}-{size.width}x{size.height}.txt"
        seen = re.sub(r"127\.0\.0\.1:\d{5}", "127.0.0.1:00000", self.text) + "\n"
        if os.environ.get("ALLEO_GOLDEN"):
            path.write_text(seen, encoding="utf-8", newline="\n")
        assert seen == path.read_text(encoding="utf-8")


@asynccontextmanager
async def driving(app, size=(80, 24)):
    """Runs the app with a driver."""
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot)
        await driver.settled()
        yield driver
