"""The journal of the ledger: an append-only hash chain of entries.

An entry records what happened to a run, a change or a person. It does not repeat the data: `content` is a hash of the
rows in the tables `runs` and `changes` at that moment, or of what is known of the person (link, one-off amounts granted
and waiting, drift). Editing an entry breaks the chain after it; editing a row no longer fits its entry. Somebody who
can write the file can build a whole new chain; only a head hash noted elsewhere proves that nobody did.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from alleo_onboard.store.database import Database

START = "0" * 64  # the hash before the first entry


class What(StrEnum):
    """What an entry is about."""

    BEGUN = "begun"  # a run, when it began
    PLANNED = "planned"  # a change, when it was planned
    SETTLED = "settled"  # how a change ended, or that a failed one is tried again
    ENDED = "ended"  # how a run ended
    KNOWN = "known"  # a person's link, one-off amounts and drift
    PUBLISHED = "published"  # a file and its state


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that was edited: an entry of the journal (`seq`), or a run or change that no longer fits its entry."""

    run: str
    what: What | None = None
    seq: int = 0
    personio_id: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """The result of a verification."""

    entries: int  # number of entries
    head: str  # hash of the last entry
    faults: tuple[Fault, ...]
    unchained: int = 0  # changes from before the journal existed


_LAST = "SELECT hash FROM journal ORDER BY seq DESC LIMIT 1"
_ADD = "INSERT INTO journal (at, run, change, what, content, person, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
_ENTRIES = "SELECT seq, at, run, change, what, content, person, hash FROM journal ORDER BY seq"
_RUN = """
    SELECT id, started, digest, version, host, user, purpose, of, policy, keys,
        (SELECT plans.id FROM plans WHERE plans.run = runs.id)
    FROM runs WHERE id = ?
"""
_BEFORE_KEYS = 9  # runs without `keys` are hashed over this many columns
_RUN_END = "SELECT id, state, ended FROM runs WHERE id = ?"
_PLANNED = """
    SELECT run, personio_id, kind, CASE kind WHEN 'onboard' THEN NULL ELSE account_id END, name, reason, fields
    FROM changes WHERE id = ?
"""
_SETTLED = "SELECT id, state, sent, settled, account_id, status, error FROM changes WHERE id = ?"
_KNOWN = """
    SELECT 'link', account_id, '', '', 0 FROM links WHERE personio_id = ?1
    UNION ALL SELECT 'oneoff', key, field, amount, change FROM oneoffs WHERE personio_id = ?1
    UNION ALL SELECT 'waiting', key, field, amount, 0 FROM waiting WHERE personio_id = ?1
    UNION ALL SELECT 'drift', field, sent, found, times FROM drifts WHERE personio_id = ?1
    ORDER BY 1, 2
"""
_KNOWN_PEOPLE = """
    SELECT personio_id FROM links UNION SELECT personio_id FROM oneoffs
    UNION SELECT personio_id FROM waiting UNION SELECT personio_id FROM drifts
"""
_KEEPING = "SELECT count(*) FROM runs WHERE keys IS NOT NULL"  # number of runs since entries about people exist
_ENTERED = "SELECT DISTINCT person FROM journal WHERE person IS NOT NULL"
_LAST_NAME = "SELECT name FROM changes WHERE personio_id = ? ORDER BY id DESC LIMIT 1"
_PUBLISHED = "SELECT run, name, sha256, state, digest FROM publications WHERE run = ?"
_CONTENT = {
    What.BEGUN: _RUN,
    What.ENDED: _RUN_END,
    What.PLANNED: _PLANNED,
    What.SETTLED: _SETTLED,
    What.PUBLISHED: _PUBLISHED,
}
_CHANGES = """
    SELECT c.run, c.personio_id, c.name, c.state IN ('confirmed', 'failed'),
        EXISTS (SELECT 1 FROM journal j WHERE j.change = c.id AND j.what = 'planned'),
        EXISTS (SELECT 1 FROM journal j WHERE j.change = c.id AND j.what = 'settled')
    FROM changes c JOIN runs r ON r.id = c.run WHERE r.rowid >= ? ORDER BY c.id
"""
_RUNS = """
    SELECT id, EXISTS (SELECT 1 FROM journal j WHERE j.run = runs.id AND j.change IS NULL
        AND j.what = CASE WHEN ended IS NULL THEN 'begun' ELSE 'ended' END)
    FROM runs WHERE rowid >= ? ORDER BY rowid
"""
_FIRST_RUN = "SELECT rowid FROM runs WHERE id = (SELECT run FROM journal ORDER BY seq LIMIT 1)"
_OLDER = "SELECT count(*) FROM changes WHERE run IN (SELECT id FROM runs WHERE rowid < ?)"
_NAMED = "SELECT personio_id, name FROM changes WHERE id = ?"


class Writer:
    """Appends entries within one transaction of the ledger."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        found = connection.execute(_LAST).fetchone()
        self._head = found[0] if found else START

    def add(self, at: str, run: str, what: What, change: int | None = None) -> None:
        """Appends an entry about a run, or about its change with this number, with the hash of the current rows."""
        content = _digest(self._connection, what, run if change is None else change)
        self._enter(at, run, change, what, content, None)

    def known(self, at: str, run: str, people: Iterable[int]) -> None:
        """Appends an entry about each of these people (Personio ids)."""
        for person in sorted(set(people)):
            self._enter(at, run, None, What.KNOWN, _digest_known(self._connection, person), person)

    def everybody(self, at: str, run: str) -> None:
        """Appends entries about people known before such entries existed. Call it when a run has begun."""
        if self._connection.execute(_KEEPING).fetchone()[0] == 1:
            entered = {number for (number,) in self._connection.execute(_ENTERED).fetchall()}
            everybody = {number for (number,) in self._connection.execute(_KNOWN_PEOPLE).fetchall()}
            self.known(at, run, everybody - entered)

    def _enter(self, at: str, run: str, change: int | None, what: What, content: str, person: int | None) -> None:
        """Appends one entry."""
        self._head = _hash(self._head, at, run, change, what, content, *_named(person))
        self._connection.execute(_ADD, (at, run, change, what, content, person, self._head))


def head(db: Database) -> str:
    """Returns the hash of the last entry. It changes with everything that the ledger records."""
    found = db.read(_LAST)
    return str(found[0][0]) if found else START


def hashes(db: Database) -> dict[int, tuple[str, str]]:
    """Returns, by number of change, the hash of its last entry and of the entry before that one."""
    found, before = {}, START
    for _seq, _at, _run, change, _what, _content, _person, own in db.read(_ENTRIES):
        if change is not None:
            found[int(change)] = (str(own), before)
        before = str(own)
    return found


def verify(db: Database, noted: str = "") -> Proof:
    """Recomputes the whole chain and compares it with the tables.

    `noted` is a head hash from earlier; it must be part of the chain.
    """
    faults: list[Fault] = []
    before, seen = START, 0
    last: dict[tuple[str, int | None, What], str] = {}
    people: dict[int, tuple[str, str]] = {}
    known = not noted or noted == START
    for seq, at, run, change, what, content, person, own in db.read(_ENTRIES):
        if _hash(before, at, run, change, what, content, *_named(person)) != own:
            faults.append(Fault(run, What(what) if what in set(What) else None, seq))
        if person is None:
            last[run, change, what] = content
        else:
            people[person] = (run, content)
        before, seen = own, seen + 1
        known = known or own == noted
    with db.transaction() as connection:
        faults += _edited(connection, last)
        faults += _misknown(connection, people)
        found = connection.execute(_FIRST_RUN).fetchone()
        older = connection.execute(_OLDER, (found[0],)).fetchone()[0] if found else 0
        faults += _unentered(connection, found[0] if found else None)
    if not known:
        faults.append(Fault(""))
    return Proof(seen, before, tuple(faults), int(older))


def _edited(connection: sqlite3.Connection, last: dict[tuple[str, int | None, What], str]) -> Iterator[Fault]:
    """Yields runs and changes that differ from their last entry."""
    for (run, change, what), content in last.items():
        if what not in _CONTENT or _digest(connection, what, run if change is None else change) == content:
            continue
        named = connection.execute(_NAMED, (change,)).fetchone() if change is not None else None
        yield Fault(run, What(what), 0, named[0] if named else None, named[1] if named else "")


def _misknown(connection: sqlite3.Connection, entered: dict[int, tuple[str, str]]) -> Iterator[Fault]:
    """Yields people whose data differs from their last entry, or has no entry."""
    everybody = set(entered)
    if connection.execute(_KEEPING).fetchone()[0]:
        everybody |= {number for (number,) in connection.execute(_KNOWN_PEOPLE).fetchall()}
    for person in sorted(everybody):
        run, content = entered.get(person, ("", ""))
        if _digest_known(connection, person) != content:
            named = connection.execute(_LAST_NAME, (person,)).fetchone()
            yield Fault(run, What.KNOWN, 0, person, named[0] if named else "")


def _unentered(connection: sqlite3.Connection, first: int | None) -> Iterator[Fault]:
    """Yields runs and changes that were added or ended without an entry, except those from before the journal."""
    if first is None:
        return
    for run, entered in connection.execute(_RUNS, (first,)):
        if not entered:
            yield Fault(run, What.ENDED)
    for run, number, name, ended, planned, settled in connection.execute(_CHANGES, (first,)):
        if not (planned and (settled or not ended)):
            yield Fault(run, What.SETTLED if planned else What.PLANNED, 0, number, name)


def _digest(connection: sqlite3.Connection, what: str, which: str | int) -> str:
    """Returns the hash of a run's, change's or file's current row."""
    found = connection.execute(_CONTENT[What(what)], (which,)).fetchone()
    if what == What.BEGUN and found and found[_BEFORE_KEYS] is None:
        found = found[:_BEFORE_KEYS]
    return hashlib.sha256(json.dumps(found, ensure_ascii=True, default=repr).encode()).hexdigest()


def _digest_known(connection: sqlite3.Connection, person: int) -> str:
    """Returns the hash of what is known of a person."""
    found = connection.execute(_KNOWN, (person,)).fetchall()
    return hashlib.sha256(json.dumps(found, ensure_ascii=True, default=repr).encode()).hexdigest()


def _named(person: int | None) -> tuple[int, ...]:
    """Returns the part of an entry's hash that names a person; empty for runs and changes."""
    return () if person is None else (person,)


def _hash(before: str, *entry: str | int | None) -> str:
    """Returns the hash of an entry, chained to the one before."""
    return hashlib.sha256(json.dumps([before, *entry], ensure_ascii=True, default=repr).encode()).hexdigest()
