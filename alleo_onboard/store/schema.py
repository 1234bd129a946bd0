"""The SQLite schema of the ledger, as ordered migration steps. A released step is never edited.

`PRAGMA user_version` counts the steps a file has seen. Instants are UTC in ISO 8601 with microseconds, so that they
sort as text; amounts are decimals as text; `fields` is JSON: [[name, before, after], ...].
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

APPLICATION = 0x416C6C65  # "Alle", by which the file can be told from other SQLite files
Step = Sequence[str]


class NewerSchemaError(Exception):
    """The file was written by a later version of this program."""


class ForeignFileError(Exception):
    """A SQLite file, but not a ledger."""


_FIRST: Step = (
    f"PRAGMA application_id = {APPLICATION}",
    """CREATE TABLE runs (
        id TEXT PRIMARY KEY,
        started TEXT NOT NULL,
        ended TEXT,
        state TEXT NOT NULL,
        digest TEXT NOT NULL,
        version TEXT NOT NULL,
        host TEXT NOT NULL,
        user TEXT NOT NULL
    )""",
    """CREATE TABLE changes (
        id INTEGER PRIMARY KEY,
        run TEXT NOT NULL REFERENCES runs (id),
        personio_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        account_id TEXT,
        name TEXT NOT NULL,
        reason TEXT NOT NULL,
        fields TEXT NOT NULL,
        state TEXT NOT NULL,
        sent TEXT,
        settled TEXT,
        status INTEGER NOT NULL DEFAULT 0,
        error TEXT NOT NULL DEFAULT '',
        UNIQUE (run, personio_id, kind)
    )""",
    "CREATE INDEX changes_of_person ON changes (personio_id)",
    "CREATE INDEX changes_sent ON changes (id) WHERE state = 'sent'",
    """CREATE TABLE links (
        personio_id INTEGER PRIMARY KEY,
        account_id TEXT NOT NULL,
        change INTEGER NOT NULL REFERENCES changes (id)
    )""",
    "CREATE INDEX links_of_account ON links (account_id)",
    """CREATE TABLE oneoffs (
        personio_id INTEGER NOT NULL,
        field TEXT NOT NULL,
        amount TEXT NOT NULL,
        change INTEGER NOT NULL REFERENCES changes (id),
        PRIMARY KEY (personio_id, field)
    )""",
)

_SECOND: Step = (
    # Why a run was made: `purpose` is sync, resume or undo, `of` the run it resumes or undoes; `policy` is JSON.
    "ALTER TABLE runs ADD COLUMN purpose TEXT NOT NULL DEFAULT 'sync'",
    "ALTER TABLE runs ADD COLUMN of TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE runs ADD COLUMN policy TEXT NOT NULL DEFAULT ''",
    # What happened, in order and only ever added to: each entry is hashed together with the one before (chain.py).
    """CREATE TABLE journal (
        seq INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        run TEXT NOT NULL,
        change INTEGER,
        what TEXT NOT NULL,
        content TEXT NOT NULL,
        hash TEXT NOT NULL
    )""",
    "CREATE INDEX journal_of_change ON journal (change)",
    # Fields that Alleo holds otherwise than they were sent; `sent` and `found` are JSON.
    """CREATE TABLE drifts (
        personio_id INTEGER NOT NULL,
        field TEXT NOT NULL,
        sent TEXT NOT NULL,
        found TEXT NOT NULL,
        run TEXT NOT NULL REFERENCES runs (id),
        PRIMARY KEY (personio_id, field)
    )""",
    # Saved plans that were applied, so that none is applied twice.
    "CREATE TABLE plans (id TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES runs (id))",
)

_THIRD: Step = (
    # A link may also have been seen at Alleo, without a change that made it.
    "CREATE TABLE links_seen (personio_id INTEGER PRIMARY KEY, account_id TEXT NOT NULL)",
    "INSERT INTO links_seen SELECT personio_id, account_id FROM links",
    "DROP TABLE links",
    "ALTER TABLE links_seen RENAME TO links",
    "CREATE INDEX links_of_account ON links (account_id)",
)

_PUBLICATIONS: Step = (
    # Files for Alleo: `sha256` is that of the file, `digest` that of `rows`, the state it tells, as JSON without dates
    # of birth. `state` is pending, waiting, published or dropped.
    """CREATE TABLE publications (
        run TEXT PRIMARY KEY REFERENCES runs (id),
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        state TEXT NOT NULL,
        digest TEXT NOT NULL,
        rows TEXT NOT NULL
    )""",
)

_KEYS: Step = (
    # The budget fields a run knew, as JSON from name to Personio key; NULL from before that was kept.
    "ALTER TABLE runs ADD COLUMN keys TEXT",
    # One-off amounts by Personio's key. Rows from before keys were kept stand under the field's name until they are
    # found by it; `change` is NULL for an amount that a person said was granted already.
    """CREATE TABLE oneoffs_by_key (
        personio_id INTEGER NOT NULL,
        key TEXT NOT NULL,
        field TEXT NOT NULL,
        amount TEXT NOT NULL,
        change INTEGER REFERENCES changes (id),
        PRIMARY KEY (personio_id, key)
    )""",
    "INSERT INTO oneoffs_by_key SELECT personio_id, field, field, amount, change FROM oneoffs",
    "DROP TABLE oneoffs",
    "ALTER TABLE oneoffs_by_key RENAME TO oneoffs",
    # One-off amounts that wait for a person's decision.
    """CREATE TABLE waiting (
        personio_id INTEGER NOT NULL,
        key TEXT NOT NULL,
        field TEXT NOT NULL,
        amount TEXT NOT NULL,
        PRIMARY KEY (personio_id, key)
    )""",
    # In how many runs, one after the other, the value was sent in vain.
    "ALTER TABLE drifts ADD COLUMN times INTEGER NOT NULL DEFAULT 1",
    # Entries about what is known of one person: link, one-off amounts and drift.
    "ALTER TABLE journal ADD COLUMN person INTEGER",
    "CREATE INDEX journal_of_person ON journal (person)",
)

STEPS: tuple[Step, ...] = (_FIRST, _SECOND, _THIRD, _PUBLICATIONS, _KEYS)


def migrate(connection: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> None:
    """Brings a file up to date, each step whole or not at all. Needs a connection in autocommit mode.

    Raises NewerSchemaError and ForeignFileError, with the file untouched, and sqlite3.Error.
    """
    if _number(connection, "SELECT count(*) FROM sqlite_master") and not _is_ledger(connection):
        raise ForeignFileError
    while (version := _version(connection)) < len(steps):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _version(connection) == version:  # else another process was faster
                for statement in steps[version]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # SQLite rolls back by itself where there is no room
                connection.execute("ROLLBACK")
            raise
    if version > len(steps):
        raise NewerSchemaError


def current(connection: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> bool:
    """Whether a file needs no step more. Raises NewerSchemaError and ForeignFileError."""
    if not _is_ledger(connection):
        raise ForeignFileError
    if _version(connection) > len(steps):
        raise NewerSchemaError
    return _version(connection) == len(steps)


def _version(connection: sqlite3.Connection) -> int:
    return _number(connection, "PRAGMA user_version")


def _is_ledger(connection: sqlite3.Connection) -> bool:
    return _number(connection, "PRAGMA application_id") == APPLICATION


def _number(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])
