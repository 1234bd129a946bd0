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


@dataclass(frozen=True, slots=True)
class Job:
    """One profile's run. `id` is safe as a file name, a label and a Kubernetes name, and differs for every set-up.

    `secrets` are the variables that can give the run its secrets, Personio's first.

    `command` begins with the absolute path of the interpreter; `environment` is all that the run needs besides what
    the mechanism gives everybody. `folders` are our own that the run writes to, `publishes` those of others that
    it puts files into. `credentials` are names and encrypted files.
    """

    id: str
    profile: str
    command: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]
    cadence: Cadence
    way: Way
    folders: tuple[str, ...]
    credentials: tuple[tuple[str, str], ...] = ()
    secrets: tuple[str, ...] = ("PERSONIO_CLIENT_SECRET",)
    publishes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return f"alleo-onboard: sync of {self.profile}"


@dataclass(frozen=True, slots=True)
class File:
    """A file of ours, whole; `place` is its path, or a word where there is no file of its own (a crontab)."""

    place: str
    content: bytes
    mode: int = 0o600

    @property
    def text(self) -> str:
        return self.content.decode("utf-16" if self.content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")


class Mechanism(Protocol):
    """Has a job run every day. Every method that acts raises NotReady with what the machine said."""

    using: Using
    knows_zones: bool  # otherwise the times are put on the clock of the machine

    def obstacle(self) -> str:
        """Why it cannot be used on this machine, as a sentence; "" when it can."""
        ...

    def files(self, job: Job) -> tuple[File, ...]:
        """Everything that `install` would write."""
        ...

    def install(self, job: Job) -> bool:
        """Makes it so, and says whether anything had to change."""
        ...

    def present(self, job_id: str) -> bool:
        """Whether something of this job is installed."""
        ...

    def remove(self, job_id: str) -> tuple[str, ...]:
        """Takes away what is ours of this job, and says what that was; nothing when there was nothing."""
        ...

    def start(self, job: Job) -> bool:
        """Runs it now and waits for its end; false when the mechanism has no way to."""
        ...

    def notes(self, job: Job) -> tuple[str, ...]:
        """Sentences on what the admin should know about this mechanism on this machine."""
        ...


def same(file: File) -> bool:
    """Whether the file is there already, exactly so."""
    try:
        return Path(file.place).read_bytes() == file.content
    except OSError:
        return False


def put(file: File) -> None:
    """Writes the file whole, in one step. Raises NotReady when it cannot be written, or is not a file."""
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
        raise NotReady(sentence.format(path=path, reason=error.strerror or type(error).__name__)) from error


def take_away(paths: tuple[Path, ...]) -> tuple[str, ...]:
    """Deletes those that are there. Raises NotReady when one stays."""
    gone: list[str] = []
    for path in paths:
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            sentence = _("{path} cannot be deleted: {reason}.")
            raise NotReady(sentence.format(path=path, reason=error.strerror or type(error).__name__)) from error
        gone.append(str(path))
    return tuple(gone)
