"""cron: lines in the user's own crontab, each marked with the job's id. All other lines stay unchanged."""

from __future__ import annotations

import os
import shlex
from datetime import UTC, datetime
from pathlib import Path

from alleo_onboard.domain.cadence import system_times
from alleo_onboard.domain.errors import NotReady
from alleo_onboard.domain.schedule import Using
from alleo_onboard.locale import _
from alleo_onboard.scheduler.job import File, Job
from alleo_onboard.scheduler.tools import call, on_system_clock, there, works

_DAEMONS = frozenset({"cron", "crond", "fcron", "dcron"})


class Cron:
    """The crontab of this user. Uses system time, because not every cron understands `CRON_TZ`."""

    using = Using.CRON
    knows_zones = False

    def obstacle(self) -> str:
        return "" if there("crontab") else _("There is no cron on this machine: the program crontab is not installed.")

    def files(self, job: Job) -> tuple[File, ...]:
        return (File("crontab", "".join(f"{line}\n" for line in lines(job)).encode()),)

    def install(self, job: Job) -> bool:
        before = _text()
        if [line for line in _lines(before) if _is_ours(line, job.id)] == list(lines(job)):
            return False
        _write(_changed(before, job.id, lines(job)))
        return True

    def present(self, job_id: str) -> bool:
        return not self.obstacle() and any(_is_ours(line, job_id) for line in _lines(_text()))

    def remove(self, job_id: str) -> tuple[str, ...]:
        if not self.present(job_id):
            return ()
        before = _text()
        _write(_changed(before, job_id, ()))
        ours = [line for line in _lines(before) if _is_ours(line, job_id)]
        return tuple(f"crontab: {' '.join(line.split()[:5])} … # {job_id}" for line in ours)

    def start(self, job: Job) -> bool:  # noqa: ARG002 - cron cannot be told to run something now
        return False

    def notes(self, job: Job) -> tuple[str, ...]:  # noqa: ARG002 - the same for every job
        asleep = () if awake() else (_("cron is not running on this machine, and nothing starts until it does."),)
        return (*asleep, _("cron does not make up for runs that were missed while the machine was off or asleep."))


def awake() -> bool:
    """Returns whether a cron daemon runs; True when that cannot be seen."""
    first = Path("/proc/1/comm")
    if not os.access(first, os.R_OK):
        return True
    return any(_name(path) in _DAEMONS for path in Path("/proc").glob("[0-9]*/comm"))


def _name(path: Path) -> str:
    try:
        return path.read_text(errors="replace").strip()
    except OSError:  # the process has ended
        return ""


def lines(job: Job) -> tuple[str, ...]:
    """Returns the job's lines of a crontab.

    Raises NotReady when cron would not pass the words to the shell unchanged.
    """
    from crontab import CronTab

    times, _cautions = system_times(job.cadence, datetime.now(UTC), on_system_clock)
    words = [*(f"{name}={value}" for name, value in job.environment), *job.command]
    assigned = [f"{name}={shlex.quote(value)}" for name, value in job.environment]
    table = CronTab(tab="")
    for at in times:
        item = table.new(command=" ".join([*assigned, shlex.join(job.command)]), comment=job.id)
        item.setall(f"{at.minute} {at.hour} * * *")
    found = tuple(item.render() for item in table)
    if any(as_cron_reads(line) != words for line in found):
        raise NotReady(_("The path or the name of this set-up has characters that a crontab cannot hold."))
    return found


def as_cron_reads(line: str) -> list[str]:
    r"""Returns the words that the shell gets from a line (crontab(5), sh), or [] when that is not certain.

    The command starts after five fields; a bare % ends it and "\\%" is a percent sign. Crons treat other backslashes
    differently, so a line with one is not certain.
    """
    command = line.split(maxsplit=5)[-1].replace("\\%", "\0")
    if "%" in command or "\\" in command or not line.isprintable():
        return []
    try:
        return shlex.split(command.replace("\0", "%"), comments=True)
    except ValueError:
        return []


def _changed(before: str, job_id: str, wanted: tuple[str, ...]) -> str:
    """Returns the crontab with our lines replaced by `wanted`, at its end.

    Other lines keep every byte; python-crontab would rewrite them, and drop those it does not understand.
    """
    others = [line for line in _lines(before) if not _is_ours(line, job_id)]
    return "".join(f"{line}\n" for line in [*others, *wanted])


def _lines(text: str) -> list[str]:
    """Returns the lines as cron reads them: only a newline ends a line, while Python knows ten such characters."""
    return text.removesuffix("\n").split("\n") if text else []


def _text() -> str:
    """Returns the crontab of this user, "" when there is none; crontab(1) treats that as an error."""
    return call("crontab", "-l").decode(errors="surrogateescape") if works("crontab", "-l") else ""


def _write(text: str) -> None:
    """Writes the crontab with crontab(1), which checks every line. An empty crontab is removed."""
    if text:
        call("crontab", "-", stdin=text.encode(errors="surrogateescape"))
    elif works("crontab", "-l"):
        call("crontab", "-r")


def _is_ours(line: str, job_id: str) -> bool:
    return line.endswith(f" # {job_id}") and not line.lstrip(" \t").startswith("#")
