"""Stores a profile's schedule: what was installed, and how its last run ended.

Everything is in one folder, `<data folder>/schedules/<profile>/`: `installed.json`, `last.json`, `result.json` (the
document of `sync --json`) and `run.log` with its older parts.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from alleo_onboard.domain.cadence import Cadence, cadence
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.schedule import Using, Way
from alleo_onboard.store import json_file
from alleo_onboard.store.paths import Home, file_stem, private_dir, unwritable, write_private
from alleo_onboard.usecases.schedule.attention import ByCode


@dataclass(frozen=True, slots=True)
class Installed:
    """What `schedule install` made: enough to show it, run it by hand, and remove it."""

    id: str
    using: Using
    way: Way
    at: str  # times of day, "06:30,20:30"
    zone: str  # IANA time zone
    since: datetime  # when it was installed, or its times were last changed
    command: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]
    credentials: tuple[tuple[str, str], ...] = ()  # (name, encrypted file) pairs for systemd-creds
    made: tuple[str, ...] = ()  # files besides the scheduler's own, such as credentials

    @property
    def cadence(self) -> Cadence:
        """Returns the times as a cadence."""
        return cadence(self.at, self.zone)


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last scheduled run."""

    started: datetime
    ended: datetime | None = None  # None while it runs, or when it was killed
    exit: int | None = None  # exit code; None as for `ended`
    message: str = ""  # a sentence
    run: str = ""  # id of the run, or ""
    last_success: datetime | None = None
    failures: int = 0  # failed runs in a row
    rejected: int = 0  # runs in a row whose sign-in was refused
    attention: ByCode = field(default_factory=dict)  # Personio ids of people who need a person, by code
    new: ByCode = field(default_factory=dict)  # the ids that the run before did not have


def folder(home: Home, profile: str) -> Path:
    """Returns the folder of a profile."""
    return home.data / "schedules" / file_stem(profile)


def installed(home: Home, profile: str) -> Installed | None:
    """Returns what is installed, or None when nothing is or the record is damaged."""
    found = _read(folder(home, profile) / "installed.json")
    try:
        return Installed(
            id=str(found["id"]),
            using=Using(found["using"]),
            way=Way(found["way"]),
            at=str(found["at"]),
            zone=cadence(str(found["at"]), str(found["zone"])).zone,
            since=json_file.instant(found["since"]),
            command=tuple(found["command"]),
            environment=_pairs(found["environment"]),
            credentials=_pairs(found["credentials"]),
            made=tuple(found["made"]),
        )
    except (KeyError, ValueError, TypeError, OverflowError):
        return None


def last_run(home: Home, profile: str) -> LastRun | None:
    """Returns the last scheduled run, or None."""
    found = _read(folder(home, profile) / "last.json")
    try:
        return LastRun(
            started=json_file.instant(found["started"]),
            ended=_instant(found["ended"]),
            exit=None if found["exit"] is None else int(found["exit"]),
            message=str(found["message"]),
            run=str(found["run"]),
            last_success=_instant(found["last_success"]),
            failures=int(found["failures"]),
            rejected=int(found["rejected"]),
            attention=_by_code(found.get("attention")),
            new=_by_code(found.get("new")),
        )
    except (KeyError, ValueError, TypeError, OverflowError):
        return None


def damaged(home: Home, profile: str) -> bool:
    """Returns whether a record exists but cannot be read."""
    at, readers = folder(home, profile), {"installed.json": installed, "last.json": last_run}
    return any((at / name).exists() and read(home, profile) is None for name, read in readers.items())


def _by_code(found: Any) -> ByCode:
    """Returns ids by code. Raises ValueError or TypeError for invalid JSON values."""
    return {str(code): tuple(int(number) for number in ids) for code, ids in dict(found or {}).items()}


def keep(home: Home, profile: str, record: Installed | LastRun) -> None:
    """Stores a record. Raises Usage."""
    name = "installed.json" if isinstance(record, Installed) else "last.json"
    write(home, profile, name, json.dumps(asdict(record), default=_plain, indent=2, ensure_ascii=False) + "\n")


def write(home: Home, profile: str, name: str, text: str) -> Path:
    """Writes a private file in the profile's folder and returns its path. Raises Usage."""
    path = private_dir(folder(home, profile)) / name
    write_private(path, text.encode())
    return path


def forget(home: Home, profile: str) -> tuple[str, ...]:
    """Deletes the folder and returns its path; the ledger keeps the history of runs. Raises Usage."""
    path = folder(home, profile)
    if not path.is_dir():
        return ()
    try:
        shutil.rmtree(path)
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    except OSError as error:
        raise unwritable(path, error) from error
    return (str(path),)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json_file.read(path)
    except (OSError, ValueError, Usage):
        return {}
    return found if isinstance(found, dict) else {}


def _pairs(found: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in found)


def _instant(text: str | None) -> datetime | None:
    return json_file.instant(text) if text else None


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
