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
    """What one file is made from: everybody's row after the run, and the changes that led there.

    `known` names the fields that can be told of everybody now; `today` is the date in the set-up's time zone.
    """

    accounts: tuple[Account, ...] = field(repr=False)
    changes: tuple[Change, ...] = field(repr=False)
    known: frozenset[str]
    today: date


class Way(StrEnum):
    """How a file took the place of the one before."""

    REPLACED = "replaced"  # in one step
    RENAMED = "renamed"  # there was none before
    REMOVED_FIRST = "removed_first"  # for a moment there was none
    OVERWRITTEN = "overwritten"  # for a moment it was half there
    SAVED = "saved"  # for a person to upload


@dataclass(frozen=True, slots=True)
class Published:
    """A file that is in place. `place` is where, for a person to read.

    `verified` is true where it was read back and is what was written. `listed` is false where it could not be seen
    whether other files lie beside it. `near` is a pickup within ten minutes, `collected` the next one, both in UTC.
    """

    place: str
    name: str
    size: int
    way: Way
    verified: bool = True
    listed: bool = True
    near: datetime | None = None
    collected: datetime | None = None


@runtime_checkable
class Publisher(Protocol):
    """What a delivery can do besides, whose run is one file. Its accounts are what was published last."""

    @property
    def file_name(self) -> str:
        """The name of the next file."""

    @property
    def awaits_upload(self) -> bool:
        """Whether a person carries the file on, and has to say so."""

    def report(self) -> DeliveryReport:
        """What the file can hold; looks at nothing outside its settings. Raises Usage where those cannot work."""

    def leaving(self, today: date) -> date:
        """The offboarding date of somebody who is to lose Alleo today."""

    def render(self, state: State) -> bytes:
        """The file. Raises Usage where it cannot be made, e.g. from a template that is none."""

    def births(self, content: bytes) -> Mapping[str, str]:
        """Dates of birth (YYYY-MM-DD) by e-mail address, of a file made before; none from one that tells none."""

    async def publish(self, name: str, content: bytes) -> Published:
        """Puts the file in place whole, or not at all. Raises DeliveryRefused, Unreachable, Usage."""

    async def in_place(self, name: str) -> bytes | None:
        """The file that is there, empty where there is none; None where it cannot be read."""


@dataclass(frozen=True, slots=True)
class HostKey:
    """A server's key by its type (`ssh-ed25519`) and fingerprint (`SHA256:...`, as ssh-keygen shows it)."""

    type: str
    fingerprint: str

    def __str__(self) -> str:
        return f"{self.type} {self.fingerprint}"


def pinned(text: str) -> tuple[HostKey, ...]:
    """The keys in `type SHA256:..., type SHA256:...`; what is not written so is left out."""
    pairs = [part.split() for part in text.replace(";", ",").replace("\n", ",").split(",")]
    return tuple(HostKey(*pair) for pair in pairs if len(pair) == 2 and pair[1].startswith("SHA256:"))


def pins(keys: Sequence[HostKey]) -> str:
    """The reverse of `pinned`."""
    return ", ".join(str(key) for key in keys)
