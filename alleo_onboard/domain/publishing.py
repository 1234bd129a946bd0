"""The interface of a delivery whose run writes one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Change
from alleo_onboard.domain.delivery import DeliveryReport


@dataclass(frozen=True, slots=True)
class State:
    """The content of one file."""

    accounts: tuple[Account, ...] = field(repr=False)  # all rows of the file, after the run
    changes: tuple[Change, ...] = field(repr=False)  # the changes that led there
    known: frozenset[str]  # fields that are known for everybody
    today: date  # the date in the set-up's time zone


class Way(StrEnum):
    """How a file replaced the previous one."""

    REPLACED = "replaced"  # in one step, never missing
    RENAMED = "renamed"  # there was no previous file
    REMOVED_FIRST = "removed_first"  # the previous file was removed first; for a moment there was none
    OVERWRITTEN = "overwritten"  # written over the previous file; for a moment it was incomplete
    SAVED = "saved"  # saved for a person to upload


@dataclass(frozen=True, slots=True)
class Published:
    """A file that was put in place."""

    place: str  # where, for a person to read
    name: str
    size: int
    way: Way
    verified: bool = True  # it was read back and is identical
    listed: bool = True  # the folder could be listed to look for other matching files
    near: datetime | None = None  # a pickup within ten minutes
    collected: datetime | None = None  # the next pickup


@runtime_checkable
class Publisher(Protocol):
    """A delivery whose run writes one file. Its accounts are those of the last published file."""

    @property
    def file_name(self) -> str:
        """Returns the name of the next file."""

    @property
    def awaits_upload(self) -> bool:
        """Returns whether a person uploads the file and must confirm it."""

    def report(self) -> DeliveryReport:
        """Returns what the file can hold, from the settings alone. Raises Usage when they cannot work."""

    def leaving(self, today: date) -> date:
        """Returns the offboarding date for somebody who loses Alleo today."""

    def render(self, state: State) -> bytes:
        """Returns the content of the file.

        Raises Usage when it cannot be made, for example from an invalid template.
        """

    def births(self, content: bytes) -> Mapping[str, str]:
        """Returns dates of birth (YYYY-MM-DD) by e-mail address, read from an earlier file. May be empty."""

    async def publish(self, name: str, content: bytes) -> Published:
        """Puts the whole file in place, or nothing. Raises DeliveryRefused, Unreachable, Usage."""

    async def in_place(self, name: str) -> bytes | None:
        """Returns the file that is in place, b"" when there is none, None when it cannot be read."""


@dataclass(frozen=True, slots=True)
class HostKey:
    """A server's host key: its type (`ssh-ed25519`) and fingerprint (`SHA256:...`, as ssh-keygen shows it)."""

    type: str
    fingerprint: str

    def __str__(self) -> str:
        return f"{self.type} {self.fingerprint}"


def pinned(text: str) -> tuple[HostKey, ...]:
    """Returns the keys written as `type SHA256:..., type SHA256:...`. Other text is ignored."""
    pairs = [part.split() for part in text.replace(";", ",").replace("\n", ",").split(",")]
    return tuple(HostKey(*pair) for pair in pairs if len(pair) == 2 and pair[1].startswith("SHA256:"))


def pins(keys: Sequence[HostKey]) -> str:
    """Returns the keys as text that `pinned` reads."""
    return ", ".join(str(key) for key in keys)
