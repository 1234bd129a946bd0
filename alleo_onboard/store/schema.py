"""The SQLite schema of the ledger, as ordered migration steps. A released step is never edited.

`PRAGMA user_version` counts the steps that a file has. Times are UTC in ISO 8601 with microseconds, so that they sort
as text; amounts are decimals as text; `fields` is JSON: [[name, before, after], ...].
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

APPLICATION = 0x416C6C65  # "Alle" in ASCII; identifies our files among SQLite files
Step = Sequence[str]


class NewerSchemaError(Exception):
    """The file was written by a newer version of this program."""


class ForeignFileError(Exception):
    """The file is SQLite, but not a ledger."""


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
    # What happened, in order, only appended: each entry is hashed together with the one before (chain.py).
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
    # Fields that Alleo stores differently from what was sent; `sent` and `found` are JSON.
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
    # Files for Alleo. `sha256` is the file's hash; `rows` are its accounts as JSON without dates of birth, `digest` is
    # the hash of `rows`. `state` is pending, waiting, published or dropped.
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
    # The budget fields of a run, as JSON: name to Personio key. NULL for older runs.
    "ALTER TABLE runs ADD COLUMN keys TEXT",
    # One-off amounts by Personio's attribute key. Older rows have the field's name as key until a run knows the key.
    # `change` is NULL for an amount that a person declared as granted.
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
    # Number of consecutive runs that sent the value without effect.
    "ALTER TABLE drifts ADD COLUMN times INTEGER NOT NULL DEFAULT 1",
    # Journal entries about a person: link, one-off amounts and drift.
    "ALTER TABLE journal ADD COLUMN person INTEGER",
    "CREATE INDEX journal_of_person ON journal (person)",
)

STEPS: tuple[Step, ...] = (_FIRST, _SECOND, _THIRD, _PUBLICATIONS, _KEYS)


def migrate(connection: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> None:
    """Migrates a file to the newest schema, each step completely or not at all. Needs a connection in autocommit mode.

    Raises NewerSchemaError and ForeignFileError without changing the file, and sqlite3.Error.
    """
    if _number(connection, "SELECT count(*) FROM sqlite_master") and not _is_ledger(connection):
        raise ForeignFileError
    while (version := _version(connection)) < len(steps):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _version(connection) == version:  # else another process migrated it meanwhile
                for statement in steps[version]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # SQLite has already rolled back when the disk is full
                connection.execute("ROLLBACK")
            raise
    if version > len(steps):
        raise NewerSchemaError


def current(connection: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> bool:
    """Returns whether a file has the newest schema. Raises NewerSchemaError and ForeignFileError."""
    if not _is_ledger(connection):
        raise ForeignFileError
    if _version(connection) > len(steps):
        raise NewerSchemaError
    return _version(connection) == len(steps)


def _version(connection: sqlite3.Connection) -> int:
    """Returns the number of migration steps that the file has."""
    return _number(connection, "PRAGMA user_version")


def _is_ledger(connection: sqlite3.Connection) -> bool:
    """Returns whether the file is marked as a ledger."""
    return _number(connection, "PRAGMA application_id") == APPLICATION


def _number(connection: sqlite3.Connection, query: str) -> int:
    """Returns the single number that a query gives."""
    return int(connection.execute(query).fetchone()[0])
