"""What is written down about a profile's schedule: what was installed, and how its last run went.

Everything lies in one folder of the profile, `<data folder>/schedules/<profile>/`: `installed.json`, `last.json`,
`result.json` (the document of `sync --json`) and `run.log` with its older parts.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from alleo_onboard.domain.cadence import Cadence, cadence
from alleo_onboard.domain.schedule import Using, Way
from alleo_onboard.store.paths import Home, file_stem, private_dir, unwritable, write_private
from alleo_onboard.usecases.schedule.attention import ByCode


@dataclass(frozen=True, slots=True)
class Installed:
    """What `schedule install` made: enough to show it, run it by hand, and take it away again.

    `made` are files besides the mechanism's own, such as credentials.
    """

    id: str
    using: Using
    way: Way
    at: str
    zone: str
    since: datetime
    command: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]
    credentials: tuple[tuple[str, str], ...] = ()
    made: tuple[str, ...] = ()

    @property
    def cadence(self) -> Cadence:
        return cadence(self.at, self.zone)


@dataclass(frozen=True, slots=True)
class LastRun:
    """The latest scheduled run. `ended` and `exit` are None while it runs, and when it was killed.

    `attention` holds the ids of people who need a person, by code, and `new` those of them that the run before did
    not see. `message` is a sentence; `rejected` counts the latest runs, one after the other, whose sign-in was refused.
    """

    started: datetime
    ended: datetime | None = None
    exit: int | None = None
    message: str = ""
    run: str = ""
    last_success: datetime | None = None
    failures: int = 0
    rejected: int = 0
    attention: ByCode = field(default_factory=dict)
    new: ByCode = field(default_factory=dict)


def folder(home: Home, profile: str) -> Path:
    return home.data / "schedules" / file_stem(profile)


def installed(home: Home, profile: str) -> Installed | None:
    """What is installed, None when nothing is, or its record is damaged."""
    found = _read(folder(home, profile) / "installed.json")
    try:
        return Installed(
            id=str(found["id"]),
            using=Using(found["using"]),
            way=Way(found["way"]),
            at=str(found["at"]),
            zone=cadence(str(found["at"]), str(found["zone"])).zone,
            since=datetime.fromisoformat(found["since"]),
            command=tuple(found["command"]),
            environment=_pairs(found["environment"]),
            credentials=_pairs(found["credentials"]),
            made=tuple(found["made"]),
        )
    except (KeyError, ValueError, TypeError):
        return None


def last_run(home: Home, profile: str) -> LastRun | None:
    found = _read(folder(home, profile) / "last.json")
    try:
        return LastRun(
            started=datetime.fromisoformat(found["started"]),
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
    except (KeyError, ValueError, TypeError):
        return None


def _by_code(found: Any) -> ByCode:
    """Raises ValueError or TypeError for what is none."""
    return {str(code): tuple(int(number) for number in ids) for code, ids in dict(found or {}).items()}


def keep(home: Home, profile: str, record: Installed | LastRun) -> None:
    """Writes it down. Raises Usage when it cannot be."""
    name = "installed.json" if isinstance(record, Installed) else "last.json"
    write(home, profile, name, json.dumps(asdict(record), default=_plain, indent=2, ensure_ascii=False) + "\n")


def write(home: Home, profile: str, name: str, text: str) -> Path:
    """A private file in the profile's folder."""
    path = private_dir(folder(home, profile)) / name
    write_private(path, text.encode())
    return path


def forget(home: Home, profile: str) -> tuple[str, ...]:
    """Deletes the folder with all that is in it; the ledger keeps the history of runs. Raises Usage."""
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
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _pairs(found: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in found)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
