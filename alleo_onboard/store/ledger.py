"""The ledger of one profile: links, runs, every change with its state, and one-off budgets already sent.

The ledger is correct however the process ends: each method commits before it returns, so a change is in the state
`sent` from before its request until its answer is known. A power cut may undo the last commits (WAL with
synchronous=NORMAL, which does not wait for the disk), except where money could be paid twice: the start of a run and a
change with a one-off amount are on the disk when the method returns.

Use it from one thread. Every method raises Usage, with the file name, when the file cannot be read or written.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from alleo_onboard.domain.change import Change, Kind
from alleo_onboard.domain.delivery import Outcome
from alleo_onboard.domain.drift import Drift
from alleo_onboard.domain.oneoff import Waiting
from alleo_onboard.store import chain, rows, sql
from alleo_onboard.store.births import Births
from alleo_onboard.store.chain import What
from alleo_onboard.store.database import Database
from alleo_onboard.store.paths import Home, file_stem, is_there
from alleo_onboard.store.publications import PublicationReading
from alleo_onboard.store.rows import Purpose, Row, Run, RunState, State

__all__ = ["Ledger", "Purpose", "Row", "Run", "RunState", "State", "Why", "has_ledger", "ledger_path"]


@dataclass(frozen=True, slots=True)
class Why:
    """Why a run is made."""

    purpose: Purpose = Purpose.SYNC
    of: str = ""  # id of the run that this one resumes or undoes, else ""
    policy: str = ""  # JSON
    plan: str = ""  # id of the saved plan that is applied, else ""
    # Personio's attribute key by budget field name; one-off amounts are stored by key
    keys: Mapping[str, str] = field(default_factory=dict)


_JUST_SYNC = Why()


class Ledger(PublicationReading):
    """Writes the ledger; a context manager. Creates the file and its folder when missing."""

    def __init__(self, path: Path) -> None:
        super().__init__(Database(path))
        self.births = Births(path.with_suffix(".key"))

    @classmethod
    def of(cls, home: Home, profile: str) -> Ledger:
        """Opens the ledger of a profile. Raises Usage for an invalid name, a damaged or a foreign file."""
        return cls(ledger_path(home, profile))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def begin(
        self,
        *,
        digest: str,
        version: str,
        host: str,
        user: str,
        planned: Sequence[Change],
        why: Why = _JUST_SYNC,
    ) -> str:
        """Stores a run with all its planned changes and returns its id; ids sort by time.

        Hold the run's lock: a run that is still open then belongs to a dead process and is marked as interrupted.
        Raises sqlite3.IntegrityError when the saved plan was applied before.
        """
        now = datetime.now(UTC)
        run = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        intents = [
            (run, c.personio_id, c.kind, c.account_id, c.name, c.reason, rows.written(c.fields)) for c in planned
        ]
        with self._db.transaction(to_disk=True) as connection:
            connection.execute(sql.INTERRUPT)
            keys = json.dumps(dict(why.keys), sort_keys=True)
            told = (run, _text(now), digest, version, host, user, why.purpose, why.of, why.policy, keys)
            connection.execute(sql.NEW_RUN, told)
            connection.executemany(sql.NEW_CHANGE, intents)
            if why.plan:
                connection.execute(sql.USE_PLAN, (why.plan, run))
            journal = chain.Writer(connection)
            journal.add(_text(now), run, What.BEGUN)
            for (number,) in connection.execute(sql.NUMBERS, (run,)).fetchall():
                journal.add(_text(now), run, What.PLANNED, number)
            journal.everybody(_text(now), run)
            journal.known(_text(now), run, _rekeyed(connection, why.keys))
        return run

    def sent(self, run: str, *changes: Change) -> None:
        """Marks changes as sent.

        Call it before the request, also before a failed change is tried again in the same run.

        Several changes share one commit, all or none; this saves time for one-off amounts, whose commit waits for the
        disk. Raises LookupError for a change that the run did not plan or that is confirmed.
        """
        pays = any(rows.oneoffs_of(change.fields) for change in changes)
        now = _now()
        with self._db.transaction(to_disk=pays) as connection:
            for change in changes:
                which = (run, *_identity(change))
                failed = connection.execute(sql.FAILED, which).fetchone()
                _must_be_one(connection.execute(sql.SENT, (now, *which)), run, change)
                if failed:
                    chain.Writer(connection).add(now, run, What.SETTLED, failed[0])

    def settled(self, run: str, outcome: Outcome) -> None:
        """Stores how a change ended.

        Call it when the answer is there; `run` may be an earlier one that was interrupted.

        Without an error the change is confirmed, with its link and one-off amounts. With an error it has failed; when
        it is not known whether Alleo made it (`known` false), it stays `sent` with the error, for the next run to find
        out. Raises LookupError unless the change is in the state `sent`.
        """
        change = outcome.change
        state = State.CONFIRMED if not outcome.error else State.FAILED if outcome.known else State.SENT
        settled = None if state is State.SENT else _now()
        account = outcome.account_id or change.account_id
        error = rows.without_birthdays(outcome.error, change)
        which = (run, *_identity(change))
        with self._db.transaction() as connection:
            done = connection.execute(sql.SETTLED, (state, settled, account, outcome.status, error, *which))
            _must_be_one(done, run, change)
            (number,) = connection.execute(sql.NUMBER, which).fetchone()
            touched = _remember(connection, run, number, change, account) if state is State.CONFIRMED else ()
            journal, now = chain.Writer(connection), settled or _now()
            journal.add(now, run, What.SETTLED, number)
            journal.known(now, run, touched)

    def disproved(self, run: str, outcome: Outcome) -> None:
        """Marks a confirmed change as not stored at Alleo after all.

        The change becomes `sent` again, with the error, for the next run to find out. For an account that was never
        made, link and one-off amounts are removed too; those of an existing account stay. Raises LookupError unless the
        change is in the state `confirmed`.
        """
        change = outcome.change
        which = (run, *_identity(change))
        with self._db.transaction() as connection:
            _must_be_one(connection.execute(sql.DISPROVED, (outcome.status, outcome.error, *which)), run, change)
            (number,) = connection.execute(sql.NUMBER, which).fetchone()
            if change.kind is Kind.ONBOARD:
                connection.execute(sql.UNLINK, (change.personio_id,))
                connection.execute(sql.UNGRANT, (number,))
            journal, now = chain.Writer(connection), _now()
            journal.add(now, run, What.SETTLED, number)
            journal.known(now, run, [change.personio_id])

    def observed(self, run: str, links: Mapping[int, str]) -> None:
        """Stores links seen at Alleo: account id by Personio id."""
        with self._db.transaction() as connection:
            touched = {one for number, account in links.items() for one in _link(connection, number, account)}
            chain.Writer(connection).known(_now(), run, touched)

    def decided(self, run: str, waiting: Iterable[Waiting], dropped: Iterable[Waiting]) -> None:
        """Stores which one-off amounts wait for a decision, and which a person declared as already granted."""
        with self._db.transaction(to_disk=True) as connection:
            touched = set()
            for one in waiting:
                connection.execute(sql.WAIT, (one.personio_id, one.key, one.field, str(one.amount)))
                touched.add(one.personio_id)
            for one in dropped:
                _grant(connection, one.personio_id, one.key, one.field, str(one.amount), None)
                touched.add(one.personio_id)
            chain.Writer(connection).known(_now(), run, touched)

    def finish(self, run: str, state: RunState) -> None:
        """Ends a run. Raises LookupError when there is no such run."""
        now = _now()
        with self._db.transaction() as connection:
            if connection.execute(sql.FINISH, (state, now, run)).rowcount != 1:
                raise LookupError(run)
            chain.Writer(connection).add(now, run, What.ENDED)

    def drifted(self, run: str, found: Sequence[Drift], ceased: Iterable[tuple[int, str]] = ()) -> None:
        """Stores fields that Alleo holds differently from what the run sent, and removes those in `ceased`.

        `ceased` are (Personio id, field name) pairs.
        """
        before = {(number, name): (sent, times) for number, name, sent, _, times in self._db.read(sql.DRIFTS)}
        ends = [which for which in ceased if which in before]
        with self._db.transaction() as connection:
            connection.executemany(sql.CEASED, ends)
            for one in found:
                sent, held = (json.dumps(rows.kept(one.field, value)) for value in (one.sent, one.found))
                known, times = before.get((one.personio_id, one.field), ("", 0))
                again = times + 1 if known == sent else 1
                connection.execute(sql.DRIFTED, (one.personio_id, one.field, sent, held, again, run))
            touched = {number for number, _field in ends} | {one.personio_id for one in found}
            chain.Writer(connection).known(_now(), run, touched)


def has_ledger(home: Home, profile: str) -> bool:
    """Returns whether a set-up has a ledger. Raises Usage when its folder cannot be read."""
    return is_there(ledger_path(home, profile))


def ledger_path(home: Home, profile: str) -> Path:
    """Returns the ledger's file. SQLite puts two files beside it, with -wal and -shm added to the name."""
    return home.data / "ledgers" / f"{file_stem(profile)}.sqlite"


def _remember(connection: sqlite3.Connection, run: str, number: int, change: Change, account: str | None) -> set[int]:
    """Stores the effects of a confirmed change: link and one-off amounts. Returns the Personio ids affected."""
    touched: set[int] = set()
    if "external_id" in change.new and not change.new["external_id"]:
        connection.execute(sql.UNLINK, (change.personio_id,))
        touched.add(change.personio_id)
    elif account and change.kind is not Kind.OFFBOARD:
        touched |= _link(connection, change.personio_id, account)
    amounts = rows.oneoffs_of(change.fields)
    keys = rows.keys_of(connection.execute(sql.KEYS_OF, (run,)).fetchone()[0]) if amounts else {}
    for name, euros in amounts.items():
        _grant(connection, change.personio_id, keys.get(name, name), name, str(euros), number)
        touched.add(change.personio_id)
    return touched


def _grant(connection: sqlite3.Connection, person: int, key: str, name: str, euros: str, change: int | None) -> None:
    """Stores a granted amount. A field has one row, under its key, with the last amount."""
    if key != name:
        connection.execute(sql.GRANT_ELSE, (person, name))
    connection.execute(sql.GRANT, (person, key, name, euros, change))
    connection.execute(sql.DECIDED, (person, key))


def _rekeyed(connection: sqlite3.Connection, keys: Mapping[str, str]) -> set[int]:
    """Moves rows stored under a field's name to its key. Returns the Personio ids affected."""
    touched: set[int] = set()
    for name, key in keys.items():
        touched |= {number for (number,) in connection.execute(sql.BY_NAME, (name,)).fetchall()}
        connection.execute(sql.REKEY, (key, name))
    return touched


def _link(connection: sqlite3.Connection, number: int, account: str) -> set[int]:
    """Links a person. Returns the Personio ids affected: theirs, and of people who had that account before."""
    others = [one for (one,) in connection.execute(sql.LINKED_OTHERS, (account, number)).fetchall()]
    connection.executemany(sql.UNLINK, [(one,) for one in others])
    connection.execute(sql.LINK, (number, account))
    return {number, *others}


def _identity(change: Change) -> tuple[int, Kind]:
    """Returns what identifies a change within its run."""
    return change.personio_id, change.kind


def _must_be_one(done: sqlite3.Cursor, run: str, change: Change) -> None:
    """Raises LookupError unless exactly one change was updated."""
    if done.rowcount != 1:
        raise LookupError(run, *_identity(change))


def _now() -> str:
    """Returns the current time in UTC as text."""
    return _text(datetime.now(UTC))


def _text(instant: datetime) -> str:
    """Returns a time as ISO 8601 with microseconds."""
    return instant.isoformat(timespec="microseconds")
