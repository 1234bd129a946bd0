"""Chooses the scheduler for this machine."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from alleo_onboard.domain.schedule import Using
from alleo_onboard.locale import _
from alleo_onboard.scheduler.job import Mechanism


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposed scheduler, or None when this machine has none; `why` is a sentence in either case."""

    using: Using | None
    why: str


def mechanism(using: Using) -> Mechanism:
    """Returns the scheduler of that name."""
    if using is Using.SYSTEMD:
        from alleo_onboard.scheduler.systemd import Systemd

        return Systemd()
    if using is Using.CRON:
        from alleo_onboard.scheduler.cron import Cron

        return Cron()
    if using is Using.LAUNCHD:
        from alleo_onboard.scheduler.launchd import Launchd

        return Launchd()
    if using is Using.TASK_SCHEDULER:
        from alleo_onboard.scheduler.task_scheduler import TaskScheduler

        return TaskScheduler()
    from alleo_onboard.scheduler.kubernetes import Kubernetes

    return Kubernetes()


def propose() -> Proposal:
    """Returns the best scheduler of this machine, and why."""
    if "KUBERNETES_SERVICE_HOST" in os.environ:
        return Proposal(Using.KUBERNETES, _("This is a container in Kubernetes, which starts its own jobs."))
    macos = _("macOS runs its daily jobs with launchd, and makes up for those missed in sleep.")
    windows = _("Windows runs its daily jobs with Task Scheduler, and makes up for missed ones.")
    own = {"darwin": Proposal(Using.LAUNCHD, macos), "win32": Proposal(Using.TASK_SCHEDULER, windows)}
    return own.get(sys.platform) or _of_linux()


def _of_linux() -> Proposal:
    obstacle = mechanism(Using.SYSTEMD).obstacle()
    if not obstacle:
        return Proposal(
            Using.SYSTEMD,
            _("systemd knows time zones, makes up for missed runs, and gives the run only the rights it needs."),
        )
    if not mechanism(Using.CRON).obstacle():
        return Proposal(Using.CRON, obstacle)
    return Proposal(None, obstacle + " " + mechanism(Using.CRON).obstacle())
