"""The ledger of one profile: links, runs, every change with how far it got, and one-off budgets already sent.

It is true after any end of the process: each method commits before it returns, so a change reads `sent` from before its
request until its answer is known. A power cut may undo the last commits (WAL with synchronous=NORMAL, which costs no
wait for the disk) except where that could pay money twice: the start of a run and a change that grants a one-off amount
are on the disk when the method returns.

Used from one thread. Every method raises Usage, naming the file, when it cannot be read or written.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from alleo_onboard.domain.change import Change, Kind
from alleo_onboard.domain.door import Outcome
from alleo_onboard.store import rows, sql
from alleo_onboard.store.database import Database
from alleo_onboard.store.paths import Home, file_stem
from alleo_onboard.store.rows import Row, Run, RunState, State

__all__ = ["Ledger", "Row", "Run", "RunState", "State"]


class Ledger:
    """A context manager; the file and its folder are made when they are missing."""

    def __init__(self, path: Path) -> None:
        self._db = Database(path)

    @classmethod
    def of(cls, home: Home, profile: str) -> Ledger:
        """The ledger of a profile. Raises Usage for a bad name, and for a file that is damaged or not ours."""
        return cls(ledger_path(home, profile))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    def links(self) -> Mapping[int, str]:
        """Account ids at Alleo by Personio id. Offboarding keeps the link, so that a re-hire finds the account."""
        return dict(self._db.read(sql.LINKS))

    def oneoffs(self) -> Mapping[tuple[int, str], Decimal]:
        """One-off amounts in euros by Personio id and field name: those confirmed, and those that may have arrived."""
        found = {(number, name): Decimal(text) for number, name, text in self._db.read(sql.ONEOFFS)}
        for row in self.unsettled():
            for name, granted in rows.oneoffs_of(row.change.fields).items():
                found[row.change.personio_id, name] = granted
        return found

    def begin(self, *, digest: str, version: str, host: str, user: str, planned: Sequence[Change]) -> str:
        """Writes down a run and all it means to do, and returns its id, which sorts by time.

        Needs the run's lock: a run that is still open belongs to a process that is gone, and is marked so.
        """
        now = datetime.now(UTC)
        run = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        intents = [
            (run, c.personio_id, c.kind, c.account_id, c.name, c.reason, rows.written(c.fields)) for c in planned
        ]
        with self._db.transaction(to_disk=True) as connection:
            connection.execute(sql.INTERRUPT)
            connection.execute(sql.NEW_RUN, (run, _text(now), digest, version, host, user))
            connection.executemany(sql.NEW_CHANGE, intents)
        return run

    def sent(self, run: str, *changes: Change) -> None:
        """Call before the request goes out; also before a failed change is tried again in the same run.

        Several at once share one commit, all or none: worth it where they grant one-off amounts, for which a commit
        waits for the disk. Raises LookupError for a change that the run did not plan, or that is confirmed.
        """
        pays = any(rows.oneoffs_of(change.fields) for change in changes)
        now = _now()
        with self._db.transaction(to_disk=pays) as connection:
            for change in changes:
                _must_be_one(connection.execute(sql.SENT, (now, run, *_identity(change))), run, change)

    def settled(self, run: str, outcome: Outcome, *, known: bool = True) -> None:
        """Call when the answer is there; `run` may be an earlier one that was interrupted.

        An outcome without an error confirms the change, and with it the link and the one-off amounts. With an error
        it failed; when the answer does not say whether it was done (`known` false: no answer, or a server error), it
        stays `sent` with the error noted, for the next run to find out. Raises LookupError unless it reads `sent`.
        """
        change = outcome.change
        state = State.CONFIRMED if not outcome.error else State.FAILED if known else State.SENT
        settled = None if state is State.SENT else _now()
        account = outcome.account_id or change.account_id
        error = rows.without_birthdays(outcome.error, change)
        which = (run, *_identity(change))
        with self._db.transaction() as connection:
            done = connection.execute(sql.SETTLED, (state, settled, account, outcome.status, error, *which))
            _must_be_one(done, run, change)
            if state is State.CONFIRMED:
                _remember(connection, run, change, account)

    def finish(self, run: str, state: RunState) -> None:
        """Ends a run. Raises LookupError when there is no such run."""
        with self._db.transaction() as connection:
            if connection.execute(sql.FINISH, (state, _now(), run)).rowcount != 1:
                raise LookupError(run)

    def runs(self, limit: int = 50) -> tuple[Run, ...]:
        """The latest runs, newest first."""
        return tuple(self._run(*found) for found in self._db.read(sql.RUNS, "", limit))

    def run(self, run: str) -> Run | None:
        """The run of that id, None when there is none."""
        return next((self._run(*found) for found in self._db.read(sql.RUNS, run, 1) if run), None)

    def changes(self, run: str) -> tuple[Row, ...]:
        """The changes of a run in the order they were planned."""
        return tuple(_row(*found) for found in self._db.read(sql.CHANGES, run))

    def unsettled(self) -> tuple[Row, ...]:
        """Changes of any run that were sent and never settled, oldest first: what they did is to be read at Alleo."""
        return tuple(_row(*found) for found in self._db.read(sql.UNSETTLED))

    def _run(
        self, run: str, started: str, ended: str | None, state: str, digest: str, version: str, host: str, user: str
    ) -> Run:
        counted = dict(self._db.read(sql.COUNTS, run))
        counts = {one: int(counted.get(one, 0)) for one in State}
        begun = datetime.fromisoformat(started)
        return Run(run, begun, _instant(ended), RunState(state), digest, version, host, user, counts)


def ledger_path(home: Home, profile: str) -> Path:
    """The ledger's file; SQLite keeps two more beside it, with -wal and -shm at the end of the name."""
    return home.data / "ledgers" / f"{file_stem(profile)}.sqlite"


def _remember(connection: sqlite3.Connection, run: str, change: Change, account: str | None) -> None:
    """What a confirmed change makes true: whose account it is, and which one-off amounts were granted."""
    (number,) = connection.execute(sql.NUMBER, (run, *_identity(change))).fetchone()
    if account and change.kind is not Kind.OFFBOARD:
        connection.execute(sql.UNLINK_OTHERS, (account, change.personio_id))
        connection.execute(sql.LINK, (change.personio_id, account, number))
    amounts = rows.oneoffs_of(change.fields)
    connection.executemany(
        sql.GRANT, [(change.personio_id, name, str(euros), number) for name, euros in amounts.items()]
    )


def _row(
    run: str, kind: str, number: int, account: str | None, name: str, reason: str, fields: str, state: str, *rest: Any
) -> Row:
    sent, settled, status, error = rest
    before = None if kind == Kind.ONBOARD else account
    change = Change(Kind(kind), number, before, name, rows.fields_of(fields), reason)
    return Row(run, change, State(state), _instant(sent), _instant(settled), account, status, error)


def _identity(change: Change) -> tuple[int, Kind]:
    """What tells a change from the others of its run."""
    return change.personio_id, change.kind


def _must_be_one(done: sqlite3.Cursor, run: str, change: Change) -> None:
    if done.rowcount != 1:
        raise LookupError(run, *_identity(change))


def _now() -> str:
    return _text(datetime.now(UTC))


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="microseconds")


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
