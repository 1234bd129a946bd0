"""launchd of macOS: an agent of the user, or a daemon when root installs it (launchd.plist(5), launchctl(1))."""

from __future__ import annotations

import os
import plistlib
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alleo_onboard.domain.cadence import system_times
from alleo_onboard.domain.schedule import Using
from alleo_onboard.locale import _
from alleo_onboard.scheduler.job import File, Job, on_disk, put, same, take_away
from alleo_onboard.scheduler.tools import call, is_root, on_system_clock, user_home, works


class Launchd:
    """launchd. Uses system time. Runs missed during sleep are made up for on waking, several as one."""

    using = Using.LAUNCHD
    knows_zones = False

    def obstacle(self) -> str:
        return "" if sys.platform == "darwin" else _("launchd is part of macOS only.")

    def files(self, job: Job) -> tuple[File, ...]:
        return (File(str(_path(job.id)), plistlib.dumps(agent(job)), 0o644),)

    def install(self, job: Job) -> bool:
        (file,) = self.files(job)
        loaded = works("launchctl", "print", f"{_domain()}/{job.id}")
        if same(file) and loaded:
            return False
        put(file)
        if loaded:
            call("launchctl", "bootout", f"{_domain()}/{job.id}")
        call("launchctl", "bootstrap", _domain(), file.place)
        return True

    def present(self, job_id: str) -> bool:
        return on_disk(_path(job_id))

    def remove(self, job_id: str) -> tuple[str, ...]:
        if not self.obstacle() and works("launchctl", "print", f"{_domain()}/{job_id}"):
            call("launchctl", "bootout", f"{_domain()}/{job_id}")
        return take_away((_path(job_id),))

    def start(self, job: Job) -> bool:  # noqa: ARG002 - launchctl kickstart does not wait for the end
        return False

    def notes(self, job: Job) -> tuple[str, ...]:  # noqa: ARG002 - the same for every job
        return () if is_root() else (_("An agent of yours runs only while you are signed in to this Mac."),)


def agent(job: Job) -> dict[str, Any]:
    """Returns the property list."""
    times, _cautions = system_times(job.cadence, datetime.now(UTC), on_system_clock)
    return {
        "Label": job.id,
        "ProgramArguments": list(job.command),
        "EnvironmentVariables": dict(job.environment),
        "StartCalendarInterval": [{"Hour": at.hour, "Minute": at.minute} for at in times],
        "ProcessType": "Background",
        "RunAtLoad": False,
        "Umask": 0o077,
    }


def _path(job_id: str) -> Path:
    folder = Path("/Library/LaunchDaemons") if is_root() else user_home() / "Library" / "LaunchAgents"
    return folder / f"{job_id}.plist"


def _domain() -> str:
    if sys.platform != "win32" and not is_root():
        return f"gui/{os.getuid()}"
    return "system"
