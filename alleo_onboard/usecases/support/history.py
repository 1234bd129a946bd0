"""History: what runs did and for whom, from the ledger. Creates no ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from alleo_onboard.domain.drift import Known
from alleo_onboard.domain.eligibility import email_key
from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _
from alleo_onboard.locale.system import system_reason
from alleo_onboard.store.chain import START, Fault, Proof
from alleo_onboard.store.ledger import Ledger, Row, Run, State, has_ledger
from alleo_onboard.store.paths import write_private
from alleo_onboard.usecases.setups.resolve import Setup

__all__ = [
    "Entry",
    "Fault",
    "Proof",
    "Row",
    "Run",
    "State",
    "Told",
    "everything",
    "numbered",
    "person",
    "run",
    "runs",
    "save",
    "verify",
]


LAST = "last"  # stands for the newest run
_HEAD = re.compile(r"[0-9a-f]{64}")
_LOOKED_AT = 1000  # number of runs


@dataclass(frozen=True, slots=True)
class Entry:
    """One change with its run. `hash` is that of its last journal entry, `previous` that of the entry before."""

    run: Run
    row: Row
    hash: str = ""
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One complete run: all changes, and what Alleo stored differently, by (Personio id, field name)."""

    run: Run
    entries: tuple[Entry, ...]
    drifts: Mapping[tuple[int, str], Known] = field(default_factory=dict)


@contextmanager
def _ledger(setup: Setup) -> Iterator[Ledger | None]:
    """Opens the ledger if there is one."""
    if not has_ledger(setup.home, setup.profile.name):
        yield None
        return
    with Ledger.of(setup.home, setup.profile.name) as ledger:
        yield ledger


def runs(setup: Setup, limit: int = 50) -> tuple[Run, ...]:
    """Returns the latest runs, newest first."""
    with _ledger(setup) as ledger:
        return ledger.runs(limit) if ledger else ()


def numbered(setup: Setup, word: str, *, changed: bool = False) -> str:
    """Returns the id of a run: for "last" the newest one (the newest that `changed` something), else `word` itself.

    Raises Usage when there is no run.
    """
    if word != LAST:
        return word
    with _ledger(setup) as ledger:
        every = ledger.runs(_LOOKED_AT) if ledger else ()
    found = next((one.id for one in every if not changed or one.counts[State.CONFIRMED]), None)
    if found is None:
        text = _("No run has changed anything yet.") if every else _("{name} has no runs yet.")
        raise Usage(text.format(name=setup.profile.name))
    return found


def run(setup: Setup, number: str) -> Told:
    """Returns one run. Raises Usage when there is none with this id."""
    with _ledger(setup) as ledger:
        found = ledger.run(number) if ledger else None
        if ledger is None or found is None:
            raise Usage(_("There is no run {run}. The runs there are: alleo-onboard runs list.").format(run=number))
        hashes = ledger.hashes()
        entries = tuple(_entry(found, row, hashes) for row in ledger.changes(number))
        return Told(found, entries, ledger.drifts(number))


def person(setup: Setup, who: str) -> tuple[Entry, ...]:
    """Returns every change of the people who match, oldest first.

    `who` is a Personio id, a present or earlier address, or a part of the name.
    """
    with _ledger(setup) as ledger:
        if ledger is None or not who.strip():
            return ()
        rows = ledger.every_change()
        wanted = {row.change.personio_id for row in rows if _fits(row, who)}
        wanted = wanted or {row.change.personio_id for row in rows if _named_so(row, who)}
        return _entries(ledger, [row for row in rows if row.change.personio_id in wanted])


def everything(setup: Setup) -> tuple[Entry, ...]:
    """Returns every change of every run, oldest first."""
    with _ledger(setup) as ledger:
        return _entries(ledger, ledger.every_change()) if ledger else ()


def verify(setup: Setup, noted: str = "") -> Proof:
    """Returns whether anybody edited the history. `noted` is a head hash that an earlier call returned.

    Raises Usage when `noted` is no such hash, which would look like an edited history.
    """
    if noted and not _HEAD.fullmatch(noted):
        text = _("{text} is no head: it has 64 characters from 0 to 9 and a to f, as runs verify shows it.")
        raise Usage(text.format(text=noted[:70]))
    with _ledger(setup) as ledger:
        if ledger is None:
            return Proof(0, START, (Fault(""),) if noted not in ("", START) else ())
        return ledger.verify(noted)


def save(path: str, text: str) -> None:
    """Writes an export that only its owner can read. Raises Usage."""
    try:
        write_private(Path(path), text.encode())
    except OSError as error:
        raise Usage(_("{file} cannot be written: {why}.").format(file=path, why=system_reason(error))) from None


def _entries(ledger: Ledger, rows: tuple[Row, ...] | list[Row]) -> tuple[Entry, ...]:
    hashes = ledger.hashes()
    known = ledger.runs_of(rows)
    return tuple(_entry(known[row.run], row, hashes) for row in rows)


def _entry(found: Run, row: Row, hashes: Mapping[int, tuple[str, str]]) -> Entry:
    own, before = hashes.get(row.number, ("", ""))
    return Entry(found, row, own, before)


def _named_so(row: Row, who: str) -> bool:
    """Returns whether an address consists of this person's name: maud.bos@... is Maud Bos."""
    own, at, _domain = who.strip().casefold().partition("@")
    parts = [part for part in re.split(r"[._-]+", own) if part]
    name = re.split(r"[\s.-]+", row.change.name.casefold())
    return bool(at) and len(parts) > 1 and all(part in name for part in parts)


def _fits(row: Row, who: str) -> bool:
    """Returns whether a change belongs to the person that `who` describes."""
    change, sought = row.change, email_key(who)
    if sought == str(change.personio_id) or (not sought.isdecimal() and sought in change.name.casefold()):
        return True
    emails = (value for f in change.fields if f.name == "email" for value in (f.old, f.new))
    return any(sought == email_key(str(value)) for value in emails if value)
