"""The property list, read back with plistlib."""

from __future__ import annotations

import plistlib
import shutil
import subprocess

import pytest
from jobs import job

from alleo_onboard.domain.cadence import cadence
from alleo_onboard.scheduler.launchd import Launchd


def test_it_says_what_was_meant():
    one = job(cadence=cadence("06:30,20:15", "UTC"))
    (file,) = Launchd().files(one)
    found = plistlib.loads(file.content)
    assert found["Label"] == one.id
    assert found["ProgramArguments"] == list(one.command)
    assert found["EnvironmentVariables"] == dict(one.environment)
    assert len(found["StartCalendarInterval"]) == 2
    assert all(set(when) == {"Hour", "Minute"} for when in found["StartCalendarInterval"])
    assert found["RunAtLoad"] is False
    assert file.place.endswith(f"/{one.id}.plist")
    assert "Library/Launch" in file.place


def test_times_are_on_the_clock_of_the_machine():
    """Uses two zones without clock changes that are always nine hours apart."""
    utc, tokyo = (
        plistlib.loads(Launchd().files(job(cadence=cadence("10:20", z)))[0].content) for z in ("UTC", "Asia/Tokyo")
    )
    hours = [found["StartCalendarInterval"][0]["Hour"] for found in (utc, tokyo)]
    assert (hours[0] - hours[1]) % 24 == 9


@pytest.mark.skipif(not shutil.which("plutil"), reason="needs plutil of macOS")
def test_macos_accepts_it(tmp_path):
    path = tmp_path / "job.plist"
    path.write_bytes(Launchd().files(job())[0].content)
    assert subprocess.run(["plutil", "-lint", path], check=False).returncode == 0
