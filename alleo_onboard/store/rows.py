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

# Stored instead of a date of birth. Not even a plain hash is stored: there are so few dates that all could be tried.
HIDDEN = "(set)"
_NEVER_KEPT = frozenset({"birthday"})


class RunState(StrEnum):
    """The state of a run."""

    RUNNING = "running"
    FINISHED = "finished"
    FINISHED_WITH_FAILURES = "finished_with_failures"
    STOPPED = "stopped"  # by a person, after the requests in progress had ended
    WAITING = "waiting"  # until a person confirms the upload of its file
    INTERRUPTED = "interrupted"  # its process died; noticed when the next run began


class Purpose(StrEnum):
    """Why a run was made."""

    SYNC = "sync"
    RESUME = "resume"
    UNDO = "undo"


class State(StrEnum):
    """The state of a change."""

    INTENT = "intent"  # planned, not sent
    SENT = "sent"  # sent; its result is not known
    CONFIRMED = "confirmed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Run:
    """One run, with the number of its changes in each state."""

    id: str
    started: datetime
    ended: datetime | None  # None while it runs, or when its process died
    state: RunState
    digest: str
    version: str
    host: str
    user: str
    counts: Mapping[State, int]
    purpose: Purpose = Purpose.SYNC
    of: str = ""  # id of the run that this one resumes or undoes, else ""
    policy: str = ""  # JSON; "" for old runs

    @property
    def planned(self) -> int:
        """Returns the number of planned changes."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Row:
    """One change of a run. Birthdays in it read "(set)" or None."""

    run: str
    change: Change
    state: State
    sent: datetime | None = None
    settled: datetime | None = None
    account_id: str | None = None  # the account after the change, if known
    status: int = 0  # the last HTTP status, 0 for none
    error: str = ""
    number: int = 0  # number of the change in the whole ledger


def written(fields: Iterable[Field]) -> str:
    """Returns the fields as JSON, without dates of birth."""
    return json.dumps([[f.name, kept(f.name, f.old), kept(f.name, f.new)] for f in fields], ensure_ascii=False)


def fields_of(text: str) -> tuple[Field, ...]:
    """Returns the fields of such JSON."""
    return tuple(Field(name, old, new) for name, old, new in json.loads(text))


def oneoffs_of(fields: Iterable[Field]) -> dict[str, Decimal]:
    """Returns the one-off amounts in euros that these fields grant, by field name. Zero grants nothing."""
    found: dict[str, Decimal] = {}
    for field in fields:
        if is_oneoff(field.name) and isinstance(field.new, str):
            granted = amount(field.new)
            if granted:
                found[field.name] = granted
    return found


def keys_of(text: str | None) -> dict[str, str]:
    """Returns Personio's attribute keys by budget field name, from a run's JSON; empty for old runs."""
    found = json.loads(text or "{}")
    if not isinstance(found, dict):
        raise ValueError  # noqa: TRY004 - what the ledger holds is not what was written to it
    return {str(name): str(key) for name, key in found.items()}


def without_birthdays(text: str, change: Change) -> str:
    """Returns a server's text without the dates of birth that the change sent."""
    for field in change.fields:
        if field.name in _NEVER_KEPT:
            for value in (field.old, field.new):
                text = text.replace(value, HIDDEN) if isinstance(value, str) and value else text
    return text


def kept(name: str, value: Value) -> Value:
    """Returns the value that may be stored for a field."""
    return (HIDDEN if value else None) if name in _NEVER_KEPT else value
