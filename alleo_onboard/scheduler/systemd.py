"""systemd timers: of the system when root installs them, of the user otherwise (systemd.timer(5), systemd.exec(5))."""

from __future__ import annotations

import getpass
import os
from collections.abc import Sequence
from pathlib import Path

from alleo_onboard.domain.schedule import Using, Way
from alleo_onboard.locale import _
from alleo_onboard.scheduler.hardening import everywhere, system_only, walls
from alleo_onboard.scheduler.job import File, Job, on_disk, put, same, take_away
from alleo_onboard.scheduler.tools import call, is_root, there, user_home, works

_RUNNING = Path("/run/systemd/system")  # exists when systemd started this machine, sd_booted(3)
_LINGER = Path("/var/lib/systemd/linger")


class Systemd:
    """The timers of the user manager (`user`) or of the system."""

    using = Using.SYSTEMD
    knows_zones = True

    def __init__(self, *, user: bool | None = None) -> None:
        self.user = not is_root() if user is None else user
        self._folder = _user_folder() if self.user else Path("/etc/systemd/system")

    def obstacle(self) -> str:
        if not there("systemctl"):
            return _("There is no systemd on this machine.")
        if not _RUNNING.is_dir():
            return _("systemd is installed, but it did not start this machine, so it can run nothing here.")
        if self.user and not works("systemctl", "--user", "list-units", "--quiet"):
            return _(
                "Your systemd user manager does not answer. Sign in as yourself (not with su or sudo) and try again."
            )
        return ""

    def files(self, job: Job) -> tuple[File, ...]:
        service, timer = (str(path) for path in self._paths(job.id))
        return (
            File(service, service_text(job, user=self.user, walled=self._can_wall()).encode(), 0o644),
            File(timer, timer_text(job).encode(), 0o644),
        )

    def _can_wall(self) -> bool:
        """Returns whether services may use namespaces.

        On some systems users may not, and such a service does not start.
        """
        trial = ("systemd-run", "--user", "--wait", "--quiet", "--collect", "--property=ProtectSystem=strict", "true")
        return not self.user or works(*trial)

    def install(self, job: Job) -> bool:
        files, timer = self.files(job), f"{job.id}.timer"
        changed = [file for file in files if not same(file)]
        for file in changed:
            put(file)
        if not changed and works(*self._systemctl("is-enabled", timer)) and works(*self._systemctl("is-active", timer)):
            return False
        call(*self._systemctl("daemon-reload"))
        call(*self._systemctl("enable", timer))
        call(*self._systemctl("restart", timer))
        return True

    def present(self, job_id: str) -> bool:
        return any(on_disk(path) for path in self._paths(job_id))

    def remove(self, job_id: str) -> tuple[str, ...]:
        if not self.present(job_id):
            return ()
        manager = not self.obstacle()
        if manager:
            call(*self._systemctl("disable", "--now", f"{job_id}.timer"))
            # A run in progress ends its requests first.
            call(*self._systemctl("stop", f"{job_id}.service"), seconds=None)
        gone = take_away(self._paths(job_id))
        if manager:
            call(*self._systemctl("daemon-reload"))
            works(*self._systemctl("reset-failed", f"{job_id}.service"))
            # removes the time of the last run, stored for Persistent=
            works(*self._systemctl("clean", "--what=state", f"{job_id}.timer"))
        return gone

    def start(self, job: Job) -> bool:
        # systemctl waits for a oneshot service. Its result is in the run's own record.
        works(*self._systemctl("reset-failed", f"{job.id}.service"))
        call(
            "sh", "-c", 'systemctl "$@" || true', "sh", *self._systemctl("start", f"{job.id}.service")[1:], seconds=None
        )
        return True

    def notes(self, job: Job) -> tuple[str, ...]:  # noqa: ARG002 - the same for every job
        if not self.user or (_LINGER / getpass.getuser()).exists():
            return ()
        sentence = _(
            "Your timers run only while you are signed in. To have them run when you are not, switch on lingering "
            "once: loginctl enable-linger {user}"
        )
        return (sentence.format(user=getpass.getuser()),)

    def _paths(self, job_id: str) -> tuple[Path, Path]:
        return self._folder / f"{job_id}.service", self._folder / f"{job_id}.timer"

    def _systemctl(self, *words: str) -> tuple[str, ...]:
        return ("systemctl", "--user", *words) if self.user else ("systemctl", *words)


def service_text(job: Job, *, user: bool, walled: bool = True) -> str:
    """Returns the service unit: one run with the fewest rights that it needs."""
    environment = [f"Environment={quoted(f'{name}={value}')}" for name, value in job.environment]
    # The rest of the line is the path; quotes would become part of it.
    credentials = [f"LoadCredentialEncrypted={name}:{path.replace('%', '%%')}" for name, path in job.credentials]
    network = [] if user else ["Wants=network-online.target", "After=network-online.target"]
    lines = [
        "[Unit]",
        f"Description={job.title.replace('%', '%%')}",
        *network,
        "",
        "[Service]",
        "Type=oneshot",
        f"ExecStart={' '.join(quoted(word, command=True) for word in _startable(job.command))}",
        *environment,
        *credentials,
        "TimeoutStartSec=4h",
        *everywhere(runs_others=job.way is Way.COMMAND),
        *(walls(job) if walled else []),
        *([] if user else system_only(job)),
    ]
    return "\n".join(lines) + "\n"


def timer_text(job: Job) -> str:
    """Returns the timer unit: each time in its zone, made up for when missed, delayed by up to 5 minutes."""
    times = [f"OnCalendar=*-*-* {at:%H:%M}:00 {job.cadence.zone}" for at in job.cadence.times]
    lines = [
        "[Unit]",
        f"Description={job.title.replace('%', '%%')}",
        "",
        "[Timer]",
        *times,
        "Persistent=true",
        "RandomizedDelaySec=5min",
        "AccuracySec=1min",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]
    return "\n".join(lines) + "\n"


def quoted(text: str, *, command: bool = False) -> str:
    """Returns one word of a unit file, quoted (systemd.syntax(7)). In a command line a dollar is escaped too."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped.replace("$", "$$") if command else escaped}"'


def _startable(command: Sequence[str]) -> tuple[str, ...]:
    """Returns the command. A program path with a quote or backslash is started by env(1), as systemd refuses it."""
    return ("/usr/bin/env", *command) if set(command[0]) & set("'\"\\") else tuple(command)


def _user_folder() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(base) if base.startswith("/") else user_home() / ".config") / "systemd" / "user"
