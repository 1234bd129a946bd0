"""The task's XML: order and values follow the schema of Task Scheduler."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from jobs import job

from alleo_onboard.domain.cadence import cadence
from alleo_onboard.domain.schedule import Way
from alleo_onboard.scheduler.task_scheduler import NAMESPACE, TaskScheduler, command_line, task_xml

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
T = f"{{{NAMESPACE}}}"
# Order of the children in the schema ([MS-TSCH] section 2.5), for elements with a fixed order.
ORDER = {
    "CalendarTrigger": [
        "Enabled",
        "StartBoundary",
        "EndBoundary",
        "Repetition",
        "ExecutionTimeLimit",
        "RandomDelay",
        "ScheduleByDay",
    ],
    "Exec": ["Command", "Arguments", "WorkingDirectory"],
    "Task": ["RegistrationInfo", "Triggers", "Principals", "Settings", "Data", "Actions"],
}
VALUES = {
    "LogonType": {"S4U", "Password", "InteractiveToken", "InteractiveTokenOrPassword"},
    "RunLevel": {"LeastPrivilege", "HighestAvailable"},
    "MultipleInstancesPolicy": {"Parallel", "Queue", "IgnoreNew", "StopExisting"},
}
BOOLEANS = {
    "DisallowStartIfOnBatteries",
    "StopIfGoingOnBatteries",
    "StartWhenAvailable",
    "RunOnlyIfNetworkAvailable",
    "Hidden",
}


@pytest.mark.parametrize("way", [Way.KEYRING, Way.ENV_FILE, Way.COMMAND])
def test_the_schema_is_kept(way):
    text = task_xml(job(way=way, cadence=cadence("06:30,20:30", "UTC")), NOW)
    assert text[:2] in (b"\xff\xfe", b"\xfe\xff")  # schtasks reads UTF-16
    task = ET.fromstring(text)
    assert (task.tag, task.get("version")) == (f"{T}Task", "1.4")
    for element in task.iter():
        name = element.tag.removeprefix(T)
        children = [child.tag.removeprefix(T) for child in element]
        if name in ORDER:
            assert children == sorted(children, key=ORDER[name].index)
        if name in VALUES:
            assert element.text in VALUES[name]
        if name in BOOLEANS:
            assert element.text in ("true", "false")
        if name in ("RandomDelay", "ExecutionTimeLimit"):
            assert re.fullmatch(r"PT\d+[HM]", element.text or "")
        if name == "StartBoundary":
            assert datetime.fromisoformat(element.text or "").tzinfo is None
    assert len(task.findall(f".//{T}CalendarTrigger")) == 2
    (principal,) = task.iter(f"{T}Principal")
    assert task.find(f"{T}Actions").get("Context") == principal.get("id")


def test_the_credential_manager_needs_somebody_signed_in():
    kinds = {way: next(ET.fromstring(task_xml(job(way=way), NOW)).iter(f"{T}LogonType")).text for way in Way}
    assert kinds[Way.KEYRING] == "InteractiveToken"
    assert kinds[Way.COMMAND] == "S4U"
    assert TaskScheduler().notes(job(way=Way.KEYRING))


def test_the_command_is_whole():
    assert command_line(job(environment=(), command=("C:\\Program Files\\py.exe", "-m", "a b"))) == (
        "C:\\Program Files\\py.exe",
        '-m "a b"',
    )
    program, arguments = command_line(job(environment=(("A", "b c"),), command=("C:\\py.exe", "sync")))
    assert program == "cmd.exe"
    assert arguments == '/d /s /c "set "A=b c"&& C:\\py.exe sync"'
