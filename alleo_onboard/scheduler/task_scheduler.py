"""Windows Task Scheduler: a task of the user from an XML file ([MS-TSCH] section 2.5)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

from alleo_onboard.domain.cadence import system_times
from alleo_onboard.domain.schedule import Using, Way
from alleo_onboard.locale import _
from alleo_onboard.scheduler.job import File, Job
from alleo_onboard.scheduler.tools import call, on_system_clock, works

NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_FOLDER = "\\alleo-onboard"


class TaskScheduler:
    """Windows Task Scheduler. Uses system time. A missed run starts as soon as the machine is on."""

    using = Using.TASK_SCHEDULER
    knows_zones = False

    def obstacle(self) -> str:
        return "" if sys.platform == "win32" else _("Task Scheduler is part of Windows only.")

    def files(self, job: Job) -> tuple[File, ...]:
        return (File(f"{job.id}.xml", task_xml(job, datetime.now(UTC))),)

    def install(self, job: Job) -> bool:
        (file,) = self.files(job)
        if works("schtasks", "/Query", "/TN", _name(job.id)) and _same(job.id, file.content):
            return False
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "task.xml"
            path.write_bytes(file.content)
            call("schtasks", "/Create", "/TN", _name(job.id), "/XML", str(path), "/F")
        return True

    def present(self, job_id: str) -> bool:
        return not self.obstacle() and works("schtasks", "/Query", "/TN", _name(job_id))

    def remove(self, job_id: str) -> tuple[str, ...]:
        if not self.present(job_id):
            return ()
        call("schtasks", "/Delete", "/TN", _name(job_id), "/F")
        return (_name(job_id),)

    def start(self, job: Job) -> bool:  # noqa: ARG002 - schtasks /Run does not wait for the end
        return False

    def notes(self, job: Job) -> tuple[str, ...]:
        if job.way is Way.KEYRING:
            return (_("This task runs only while you are signed in: Windows opens its Credential Manager only then."),)
        return ()


def task_xml(job: Job, now: datetime) -> bytes:
    """Returns the task as XML.

    With the Credential Manager it runs only while the user is signed in, else always (S4U).
    """
    ET.register_namespace("", NAMESPACE)
    task = ET.Element(_tag("Task"), version="1.4")
    about = _in(task, "RegistrationInfo")
    _in(about, "Author", "alleo-onboard")
    _in(about, "Description", job.title)
    triggers = _in(task, "Triggers")
    times, _cautions = system_times(job.cadence, now, on_system_clock)
    # With a start in the past, StartWhenAvailable looks for missed runs from the first day on.
    first = on_system_clock(now).date() - timedelta(days=1)
    for at in times:
        trigger = _in(triggers, "CalendarTrigger")
        _in(trigger, "StartBoundary", datetime.combine(first, at).isoformat())
        _in(trigger, "RandomDelay", "PT5M")
        _in(_in(trigger, "ScheduleByDay"), "DaysInterval", "1")
    principal = _in(_in(task, "Principals"), "Principal")
    principal.set("id", "Author")
    _in(principal, "LogonType", "InteractiveToken" if job.way is Way.KEYRING else "S4U")
    _in(principal, "RunLevel", "LeastPrivilege")
    settings = _in(task, "Settings")
    for name, value in _SETTINGS:
        _in(settings, name, value)
    actions = _in(task, "Actions")
    actions.set("Context", "Author")
    run = _in(actions, "Exec")
    command, arguments = command_line(job)
    _in(run, "Command", command)
    _in(run, "Arguments", arguments)
    ET.indent(task)
    text: bytes = ET.tostring(task, encoding="utf-16", xml_declaration=True)
    return text


_SETTINGS = (
    ("MultipleInstancesPolicy", "IgnoreNew"),
    ("DisallowStartIfOnBatteries", "false"),
    ("StopIfGoingOnBatteries", "false"),
    ("StartWhenAvailable", "true"),
    ("RunOnlyIfNetworkAvailable", "true"),
    ("Hidden", "true"),
    ("ExecutionTimeLimit", "PT4H"),
)


def command_line(job: Job) -> tuple[str, str]:
    """Returns program and arguments. A task has no environment, so cmd.exe sets the variables first."""
    program = subprocess.list2cmdline(job.command)
    if not job.environment:
        return job.command[0], subprocess.list2cmdline(job.command[1:])
    sets = "&& ".join(f'set "{name}={value}"' for name, value in job.environment)
    return "cmd.exe", f'/d /s /c "{sets}&& {program}"'


def _same(job_id: str, content: bytes) -> bool:
    """Returns whether the installed task does the same at the same times. Windows adds and reorders other elements."""
    try:
        there = ET.fromstring(call("schtasks", "/Query", "/TN", _name(job_id), "/XML").decode(errors="replace"))  # noqa: S314
    except ET.ParseError:
        return False
    return _gist(there) == _gist(ET.fromstring(content))  # noqa: S314 - our own


def _gist(task: ET.Element) -> tuple[list[str], list[str]]:
    starts = [(found.text or "")[11:16] for found in task.iter(_tag("StartBoundary"))]
    runs = [(found.text or "") for name in ("Command", "Arguments", "LogonType") for found in task.iter(_tag(name))]
    return sorted(starts), runs


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _in(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, _tag(name))
    child.text = text
    return child


def _name(job_id: str) -> str:
    return f"{_FOLDER}\\{job_id}"
