"""The journal of the ledger: an append-only hash chain of entries.

An entry says what became of a run, a change or a person without repeating it: `content` is a digest of what the tables
`runs` and `changes` then held, and of what is known of the person: link, one-off amounts granted and waiting, drift.
Editing an entry breaks the chain behind it; editing a row leaves it without its entry. Whoever can write the file can
also make a whole new chain, so a head that was noted elsewhere is what proves that nobody did.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from alleo_onboard.store.database import Database

START = "0" * 64  # what the first entry is chained to


class What(StrEnum):
    """What an entry is about."""

    BEGUN = "begun"  # a run, as it was begun
    PLANNED = "planned"  # a change, as it was planned
    SETTLED = "settled"  # how a change ended, or that one which had failed is tried again
    ENDED = "ended"  # how a run ended
    KNOWN = "known"  # what decides money and links of one person
    PUBLISHED = "published"  # a file, and how far it got


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that was edited: an entry of the journal itself (`seq`), or a run or change that no longer fits it."""

    run: str
    what: What | None = None
    seq: int = 0
    personio_id: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """The result of looking at everything. `head` is the hash of the last entry, `unchained` counts older changes."""

    entries: int
    head: str
    faults: tuple[Fault, ...]
    unchained: int = 0


_LAST = "SELECT hash FROM journal ORDER BY seq DESC LIMIT 1"
_ADD = "INSERT INTO journal (at, run, change, what, content, person, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
_ENTRIES = "SELECT seq, at, run, change, what, content, person, hash FROM journal ORDER BY seq"
_RUN = """
    SELECT id, started, digest, version, host, user, purpose, of, policy, keys,
        (SELECT plans.id FROM plans WHERE plans.run = runs.id)
    FROM runs WHERE id = ?
"""
_BEFORE_KEYS = 9  # the columns that an entry about a run is made of where the run kept no keys
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
_KEEPING = "SELECT count(*) FROM runs WHERE keys IS NOT NULL"  # runs since entries about people are made
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
    """Adds entries within one transaction of the ledger."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        found = connection.execute(_LAST).fetchone()
        self._head = found[0] if found else START

    def add(self, at: str, run: str, what: What, change: int | None = None) -> None:
        """Enters what the tables hold now about this run, or about the change of that number."""
        content = _digest(self._connection, what, run if change is None else change)
        self._enter(at, run, change, what, content, None)

    def known(self, at: str, run: str, people: Iterable[int]) -> None:
        """Enters what is known now of each of these people, by their Personio ids."""
        for person in sorted(set(people)):
            self._enter(at, run, None, What.KNOWN, _digest_known(self._connection, person), person)

    def everybody(self, at: str, run: str) -> None:
        """Enters whoever was known before entries about people were made; call when a run was begun."""
        if self._connection.execute(_KEEPING).fetchone()[0] == 1:
            entered = {number for (number,) in self._connection.execute(_ENTERED).fetchall()}
            everybody = {number for (number,) in self._connection.execute(_KNOWN_PEOPLE).fetchall()}
            self.known(at, run, everybody - entered)

    def _enter(self, at: str, run: str, change: int | None, what: What, content: str, person: int | None) -> None:
        self._head = _hash(self._head, at, run, change, what, content, *_named(person))
        self._connection.execute(_ADD, (at, run, change, what, content, person, self._head))


def head(db: Database) -> str:
    """The hash of the last entry; it changes with everything that is written down."""
    found = db.read(_LAST)
    return str(found[0][0]) if found else START


def hashes(db: Database) -> dict[int, tuple[str, str]]:
    """For each change, by its number, the hash of its last entry and of the entry before that one."""
    found, before = {}, START
    for _seq, _at, _run, change, _what, _content, _person, own in db.read(_ENTRIES):
        if change is not None:
            found[int(change)] = (str(own), before)
        before = str(own)
    return found


def verify(db: Database, noted: str = "") -> Proof:
    """Recomputes the whole chain and compares it with the tables. `noted` is a head that must be part of it."""
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
    """Runs and changes that are not what their last entry says."""
    for (run, change, what), content in last.items():
        if what not in _CONTENT or _digest(connection, what, run if change is None else change) == content:
            continue
        named = connection.execute(_NAMED, (change,)).fetchone() if change is not None else None
        yield Fault(run, What(what), 0, named[0] if named else None, named[1] if named else "")


def _misknown(connection: sqlite3.Connection, entered: dict[int, tuple[str, str]]) -> Iterator[Fault]:
    """People of whom another thing is known than their last entry says, or anything without an entry."""
    everybody = set(entered)
    if connection.execute(_KEEPING).fetchone()[0]:
        everybody |= {number for (number,) in connection.execute(_KNOWN_PEOPLE).fetchall()}
    for person in sorted(everybody):
        run, content = entered.get(person, ("", ""))
        if _digest_known(connection, person) != content:
            named = connection.execute(_LAST_NAME, (person,)).fetchone()
            yield Fault(run, What.KNOWN, 0, person, named[0] if named else "")


def _unentered(connection: sqlite3.Connection, first: int | None) -> Iterator[Fault]:
    """What was put in, or set to an end, without an entry; runs from before the journal have none."""
    if first is None:
        return
    for run, entered in connection.execute(_RUNS, (first,)):
        if not entered:
            yield Fault(run, What.ENDED)
    for run, number, name, ended, planned, settled in connection.execute(_CHANGES, (first,)):
        if not (planned and (settled or not ended)):
            yield Fault(run, What.SETTLED if planned else What.PLANNED, 0, number, name)


def _digest(connection: sqlite3.Connection, what: str, which: str | int) -> str:
    found = connection.execute(_CONTENT[What(what)], (which,)).fetchone()
    if what == What.BEGUN and found and found[_BEFORE_KEYS] is None:
        found = found[:_BEFORE_KEYS]
    return hashlib.sha256(json.dumps(found, ensure_ascii=True).encode()).hexdigest()


def _digest_known(connection: sqlite3.Connection, person: int) -> str:
    found = connection.execute(_KNOWN, (person,)).fetchall()
    return hashlib.sha256(json.dumps(found, ensure_ascii=True).encode()).hexdigest()


def _named(person: int | None) -> tuple[int, ...]:
    """What an entry's hash has of a person; nothing in entries about runs and changes."""
    return () if person is None else (person,)


def _hash(before: str, *entry: str | int | None) -> str:
    return hashlib.sha256(json.dumps([before, *entry], ensure_ascii=True).encode()).hexdigest()
