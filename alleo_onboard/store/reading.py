"""Read access to the ledger: links, one-off amounts, drift, runs and changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from alleo_onboard.domain.change import Change, Kind
from alleo_onboard.domain.drift import Known
from alleo_onboard.store import chain, json_file, rows, sql
from alleo_onboard.store.chain import Proof
from alleo_onboard.store.database import Database
from alleo_onboard.store.rows import Purpose, Row, Run, RunState, State


class Reading:
    """Reads the ledger. Every method raises Usage, with the file name, when it cannot be read."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def links(self) -> Mapping[int, str]:
        """Returns account ids by Personio id.

        Offboarding keeps the link, so that a re-hired person gets the same account.
        """
        return dict(self._db.read(sql.LINKS))

    def granted(self) -> Mapping[tuple[int, str], Decimal]:
        """Returns granted one-off amounts in euros by (Personio id, attribute key, in old rows the field name)."""
        found = self._db.read(sql.ONEOFFS)
        with self._db.sound():
            return {(number, name): Decimal(text) for number, name, text in found}

    def oneoffs(self) -> Mapping[tuple[int, str], Decimal]:
        """Returns the amounts of `granted` and those that may have been granted: sent, but without a known result."""
        found = dict(self.granted())
        for row in self.unsettled():
            for key, granted in self.oneoffs_by_key(row.run, row.change).items():
                found[row.change.personio_id, key] = granted
        return found

    def oneoffs_by_key(self, run: str, change: Change) -> Mapping[str, Decimal]:
        """Returns the one-off amounts in euros that a change grants, by attribute key."""
        amounts = rows.oneoffs_of(change.fields)
        found = self._db.read(sql.KEYS_OF, run) if amounts else []
        with self._db.sound():
            keys = rows.keys_of(found[0][0]) if found else {}
        return {keys.get(name, name): granted for name, granted in amounts.items()}

    def undecided(self) -> frozenset[tuple[int, str]]:
        """Returns the one-off amounts that wait for a decision, as (Personio id, attribute key)."""
        return frozenset((number, key) for number, key in self._db.read(sql.WAITING))

    def drifts(self, run: str = "") -> Mapping[tuple[int, str], Known]:
        """Returns fields that Alleo stored differently from what was sent, by (Personio id, field name).

        With `run`, only those of that run.
        """
        found = self._db.read(sql.DRIFTS_OF, run) if run else self._db.read(sql.DRIFTS)
        with self._db.sound():
            return {
                (number, name): Known(json.loads(sent), json.loads(held), int(times))
                for number, name, sent, held, times in found
            }

    def runs(self, limit: int = 50) -> tuple[Run, ...]:
        """Returns the latest runs, newest first, in the order in which they began."""
        return tuple(self._run(*found) for found in self._db.read(sql.RUNS, "", limit))

    def run(self, run: str) -> Run | None:
        """Returns the run with this id, or None."""
        if not run or not run.isascii():
            return None
        return next((self._run(*found) for found in self._db.read(sql.RUNS, run, 1)), None)

    def changes(self, run: str) -> tuple[Row, ...]:
        """Returns the changes of a run in the order of the plan."""
        return self._rows(sql.CHANGES, run)

    def every_change(self) -> tuple[Row, ...]:
        """Returns the changes of all runs, oldest first."""
        return self._rows(sql.EVERY_CHANGE)

    def runs_of(self, changes: Iterable[Row]) -> Mapping[str, Run]:
        """Returns the runs that made these changes, by id."""
        found = {number: self.run(number) for number in {row.run for row in changes}}
        with self._db.sound():
            if None in found.values():
                raise ValueError("a change of no run")
        return {number: run for number, run in found.items() if run}

    def of_person(self, personio_id: int) -> tuple[Row, ...]:
        """Returns every change of one person, oldest first."""
        return self._rows(sql.OF_PERSON, personio_id)

    def unsettled(self) -> tuple[Row, ...]:
        """Returns changes that were sent and whose result is unknown, oldest first. Read Alleo to find out."""
        return self._rows(sql.UNSETTLED)

    def access(self) -> Mapping[str, bool]:
        """Returns, by account id, whether the account was active after the last confirmed change that says so."""
        found: dict[str, bool] = {}
        for account, kind, fields in self._db.read(sql.ACCESS):
            with self._db.sound():
                told = {name: new for name, _old, new in json.loads(fields)}.get("active")
            if isinstance(told, bool) or kind in (Kind.ONBOARD, Kind.LINK):
                found[account] = told is not False
        return found

    def addresses(self, numbers: Iterable[int]) -> Mapping[int, str]:
        """Returns the e-mail address of these people's accounts after the last confirmed change that set one."""
        found: dict[int, str] = {}
        for number in numbers:
            for row in self.of_person(number):
                told = row.change.new.get("email")
                if row.state is State.CONFIRMED and isinstance(told, str):
                    found[number] = told
        return found

    def switched_off(self, since: datetime) -> frozenset[int]:
        """Returns the Personio ids of people offboarded since then. Some may have Alleo again."""
        return frozenset(number for (number,) in self._db.read(sql.SWITCHED_OFF, since.isoformat()))

    def last_policy(self) -> str | None:
        """Returns the policy (JSON) of the last finished run that was no undo; "" if not stored, None without a run."""
        found = self._db.read(sql.FINISHED)
        return str(found[0][0]) if found else None

    def last_keys(self) -> Mapping[str, str]:
        """Returns the attribute keys of the budget fields in the last finished run, by field name."""
        found = self._db.read(sql.FINISHED)
        with self._db.sound():
            return rows.keys_of(found[0][1]) if found else {}

    def used_by(self, plan: str) -> str:
        """Returns the run that applied this saved plan, or ""."""
        found = self._db.read(sql.USED_BY, plan)
        return str(found[0][0]) if found else ""

    def head(self) -> str:
        """Returns the hash of the journal's last entry. It changes with everything that is stored."""
        return chain.head(self._db)

    def hashes(self) -> Mapping[int, tuple[str, str]]:
        """Returns, by number of change, the hash of its last journal entry and of the entry before that one."""
        with self._db.sound():
            return chain.hashes(self._db)

    def verify(self, noted: str = "") -> Proof:
        """Returns whether anything was edited. `noted` is a head hash from earlier that must be part of the chain."""
        return chain.verify(self._db, noted)

    def _rows(self, query: str, *values: int | str) -> tuple[Row, ...]:
        """Returns the rows of a query as changes."""
        found = self._db.read(query, *values)
        with self._db.sound():
            return tuple(_row(*one) for one in found)

    def _run(
        self, run: str, started: str, ended: str | None, state: str, digest: str, version: str, host: str, *more: str
    ) -> Run:
        """Returns a run, with its changes counted by state."""
        user, purpose, of, policy = more
        counted = dict(self._db.read(sql.COUNTS, run))
        counts = {one: int(counted.get(one, 0)) for one in State}
        with self._db.sound():
            begun, done = json_file.instant(started), instant(ended)
            why, how = Purpose(purpose), RunState(state)
            _must_be_text(digest, version, host, user, of, policy)
        return Run(run, begun, done, how, digest, version, host, user, counts, why, of, policy)


def _row(number: int, run: str, kind: str, person: int, account: str | None, name: str, reason: str, *rest: Any) -> Row:
    """Returns a change from a row of the table."""
    fields, state, sent, settled, status, error = rest
    _must_be_text(run, name, reason, error)
    before = None if kind == Kind.ONBOARD else account
    change = Change(Kind(kind), person, before, name, rows.fields_of(fields), reason)
    return Row(run, change, State(state), instant(sent), instant(settled), account, status, error, number)


def _must_be_text(*values: object) -> None:
    """Raises TypeError for a value that is no text: a column of SQLite takes any."""
    if not all(isinstance(value, str) for value in values):
        raise TypeError("text")


def instant(text: str | None) -> datetime | None:
    """Returns an ISO time as datetime; None for None or ""."""
    return json_file.instant(text) if text else None
