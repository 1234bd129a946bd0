"""The daily run of the session's set-up on this machine: state, proposal, installation, start, removal."""

from __future__ import annotations

import asyncio
import os

from alleo_onboard.usecases.schedule import install as schedule
from alleo_onboard.usecases.schedule.health import Health, health
from alleo_onboard.usecases.schedule.record import LastRun
from alleo_onboard.usecases.sitting.sitting import Sitting

AT = "06:30"  # proposed when nothing is installed yet


class Daily:
    """The daily run. `health` is its state, `prepared` the proposal; both are None until known.

    `lacking` says why this machine can start nothing every day; "" if it can.
    """

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self.health: Health | None = None
        self.prepared: schedule.Prepared | None = None
        self.lacking = ""

    @property
    def installed(self) -> bool:
        """Returns whether a daily run is installed."""
        return self.health is not None and self.health.installed is not None

    @property
    def installable(self) -> bool:
        """Returns whether the proposal can be installed. In the sandbox nothing is, because the sandbox ends."""
        return self.prepared is not None and not self.prepared.obstacle and not self._sitting.sandbox

    async def look(self) -> Health:
        """Reads what is installed."""
        setup = self._sitting.setup
        self.health = await asyncio.to_thread(health, setup.home, setup.profile.name)
        return self.health

    async def think(self, wish: schedule.Wish) -> None:
        """Makes the proposal. Raises Usage for invalid times or an unknown zone."""
        self.prepared = None
        thought = await asyncio.to_thread(schedule.prepare_somewhere, self._sitting.setup, wish, os.environ)
        self.prepared, self.lacking = thought

    async def install(self) -> schedule.Done:
        """Installs the proposal. Raises as `schedule.install`."""
        assert self.prepared is not None  # noqa: S101 - offered only then
        done = await asyncio.to_thread(schedule.install, self.prepared)
        await self.look()
        return done

    async def run(self) -> LastRun:
        """Runs what is installed. Raises as `schedule.run_now`."""
        last = await asyncio.to_thread(schedule.run_now, self._sitting.setups, self._sitting.setup.profile.name)
        await self.look()
        return last

    async def remove(self) -> bool:
        """Removes the schedule. Returns whether there was one. Raises as `schedule.remove`."""
        gone = await asyncio.to_thread(schedule.remove, self._sitting.setups, self._sitting.setup.profile.name)
        await self.look()
        return bool(gone)
