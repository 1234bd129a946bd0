"""Data classes for rows of the ledger, and their encoding."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from alleo_onboard.domain.account import Value
from alleo_onboard.domain.budget import amount, is_oneoff
from alleo_onboard.domain.change import Change, Field

# Stands for a date of birth, which is never kept: not even as a hash, for there are few enough dates to try them all.
HIDDEN = "(set)"
_NEVER_KEPT = frozenset({"birthday"})


class RunState(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"
    FINISHED_WITH_FAILURES = "finished_with_failures"
    STOPPED = "stopped"  # on request, after the requests in flight were settled
    WAITING = "waiting"  # for a person to say that its file was uploaded
    INTERRUPTED = "interrupted"  # its process ended without a word; noticed when the next run began


class Purpose(StrEnum):
    """Why a run was made."""

    SYNC = "sync"
    RESUME = "resume"
    UNDO = "undo"


class State(StrEnum):
    """How far one change got."""

    INTENT = "intent"  # planned; no request was made
    SENT = "sent"  # a request may have gone out; what it did is not known
    CONFIRMED = "confirmed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Run:
    """One run with the number of its changes in each state. `ended` is None while it runs, and if it was killed.

    `of` is the run that this one resumes or undoes, else "". `policy` is JSON, "" from before that was kept.
    """

    id: str
    started: datetime
    ended: datetime | None
    state: RunState
    digest: str
    version: str
    host: str
    user: str
    counts: Mapping[State, int]
    purpose: Purpose = Purpose.SYNC
    of: str = ""
    policy: str = ""

    @property
    def planned(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Row:
    """One change of a run. Its birthdays read "(set)" or None; `account_id` is the one it ended with, if any."""

    run: str
    change: Change
    state: State
    sent: datetime | None = None
    settled: datetime | None = None
    account_id: str | None = None
    status: int = 0  # the last HTTP status, 0 for none
    error: str = ""
    number: int = 0  # the place among all changes of the ledger


def written(fields: Iterable[Field]) -> str:
    """The fields as JSON, without dates of birth."""
    return json.dumps([[f.name, kept(f.name, f.old), kept(f.name, f.new)] for f in fields], ensure_ascii=False)


def fields_of(text: str) -> tuple[Field, ...]:
    """The reverse of `written`."""
    return tuple(Field(name, old, new) for name, old, new in json.loads(text))


def oneoffs_of(fields: Iterable[Field]) -> dict[str, Decimal]:
    """The one-off amounts that these fields grant, by field name; an amount of zero grants nothing."""
    found: dict[str, Decimal] = {}
    for field in fields:
        if is_oneoff(field.name) and isinstance(field.new, str):
            granted = amount(field.new)
            if granted:
                found[field.name] = granted
    return found


def keys_of(text: str | None) -> dict[str, str]:
    """Personio keys by the names of budget fields, as a run keeps them; none from before that was kept."""
    found = json.loads(text or "{}")
    if not isinstance(found, dict):
        raise ValueError  # noqa: TRY004 - what the ledger holds is not what was written to it
    return {str(name): str(key) for name, key in found.items()}


def without_birthdays(text: str, change: Change) -> str:
    """`text`, a server's words, without the dates of birth that the change sent it."""
    for field in change.fields:
        if field.name in _NEVER_KEPT:
            for value in (field.old, field.new):
                text = text.replace(value, HIDDEN) if isinstance(value, str) and value else text
    return text


def kept(name: str, value: Value) -> Value:
    """What may be at rest of a field's value."""
    return (HIDDEN if value else None) if name in _NEVER_KEPT else value
