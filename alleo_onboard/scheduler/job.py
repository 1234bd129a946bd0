"""The job that a scheduler runs every day, and the interface of a scheduler."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from alleo_onboard.domain.cadence import Cadence
from alleo_onboard.domain.errors import NotReady
from alleo_onboard.domain.schedule import Using, Way
from alleo_onboard.locale import _
from alleo_onboard.locale.system import system_reason


@dataclass(frozen=True, slots=True)
class Job:
    """The daily run of one profile."""

    id: str  # valid as file name, label and Kubernetes name; different for every set-up
    profile: str
    command: tuple[str, ...]  # begins with the absolute path of the Python interpreter
    environment: tuple[tuple[str, str], ...]  # all variables that the run needs besides the scheduler's own
    cadence: Cadence
    way: Way
    folders: tuple[str, ...]  # our own folders that the run writes to
    credentials: tuple[tuple[str, str], ...] = ()  # (name, encrypted file) pairs for systemd-creds
    # variables that can give the run its secrets, Personio's first
    secrets: tuple[str, ...] = ("PERSONIO_CLIENT_SECRET",)
    publishes: tuple[str, ...] = ()  # folders of others that the run writes files into

    @property
    def title(self) -> str:
        """Returns the title shown in the scheduler."""
        return f"alleo-onboard: sync of {self.profile}"


@dataclass(frozen=True, slots=True)
class File:
    """A complete file. `place` is its path, or a word when it is no file of its own (a crontab)."""

    place: str
    content: bytes
    mode: int = 0o600

    @property
    def text(self) -> str:
        """Returns the content as text."""
        return self.content.decode("utf-16" if self.content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")


class Mechanism(Protocol):
    """A scheduler. Every method that acts raises NotReady with what the machine said."""

    using: Using
    knows_zones: bool  # false when it uses system time

    def obstacle(self) -> str:
        """Returns a sentence why it cannot be used on this machine, or ""."""
        ...

    def files(self, job: Job) -> tuple[File, ...]:
        """Returns everything that `install` would write."""
        ...

    def install(self, job: Job) -> bool:
        """Installs the job. Returns whether anything changed."""
        ...

    def present(self, job_id: str) -> bool:
        """Returns whether anything of this job is installed."""
        ...

    def remove(self, job_id: str) -> tuple[str, ...]:
        """Removes the job. Returns what was removed; empty when there was nothing."""
        ...

    def start(self, job: Job) -> bool:
        """Runs the job now and waits for its end. Returns false when the scheduler cannot do that."""
        ...

    def notes(self, job: Job) -> tuple[str, ...]:
        """Returns sentences about this scheduler on this machine that the admin should know."""
        ...


def same(file: File) -> bool:
    """Returns whether the file exists with exactly this content."""
    try:
        return Path(file.place).read_bytes() == file.content
    except OSError:
        return False


def put(file: File) -> None:
    """Writes the file atomically. Raises NotReady when it cannot be written, or when it is a symbolic link."""
    path = Path(file.place)
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            raise NotReady(_("{path} is a link to another file; it is not written to.").format(path=path))
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, file.mode)
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(file.content)
            temporary.chmod(file.mode)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        sentence = _("{path} cannot be written: {reason}.")
        raise NotReady(sentence.format(path=path, reason=system_reason(error))) from error


def on_disk(path: Path) -> bool:
    """Returns whether a file exists. Raises NotReady when its folder may not be read."""
    try:
        return path.exists()
    except OSError as error:
        sentence = _("{path} cannot be read: {reason}. Check its permissions.")
        raise NotReady(sentence.format(path=path, reason=system_reason(error))) from error


def take_away(paths: tuple[Path, ...]) -> tuple[str, ...]:
    """Deletes the files that exist and returns their paths. Raises NotReady when one cannot be deleted."""
    gone: list[str] = []
    for path in paths:
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            sentence = _("{path} cannot be deleted: {reason}.")
            raise NotReady(sentence.format(path=path, reason=system_reason(error))) from error
        gone.append(str(path))
    return tuple(gone)
