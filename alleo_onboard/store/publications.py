"""What was published in files, as the ledger keeps it: the last one is what Alleo knows of everybody.

Rows are JSON without dates of birth; in their place stand marks (births.py). Of a publication that another one
followed, the rows are not kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from alleo_onboard.domain.account import Account
from alleo_onboard.store import chain
from alleo_onboard.store.chain import What
from alleo_onboard.store.reading import Reading
from alleo_onboard.store.rows import HIDDEN

Mark = Callable[[int, str], str]

_NEW: Final = "INSERT INTO publications (run, name, sha256, state, digest, rows) VALUES (?, ?, ?, 'pending', ?, ?)"
_STATE: Final = "UPDATE publications SET state = ? WHERE run = ?"
_RUN_WAITS: Final = "UPDATE runs SET state = 'waiting' WHERE id = ?"
_FORGET: Final = (
    "UPDATE publications SET rows = '' WHERE run != ? AND rowid < (SELECT rowid FROM publications WHERE run = ?)"
)
_LAST: Final = """
    SELECT run, name, sha256, state, digest, rows FROM publications WHERE state = ?1 OR run = ?1
    ORDER BY rowid DESC LIMIT 1
"""
_LATEST: Final = "SELECT state FROM publications WHERE name = ? ORDER BY rowid DESC LIMIT 1"
_MADE: Final = "SELECT 1 FROM publications WHERE sha256 = ? LIMIT 1"
_UNKNOWN: Final = """
    SELECT run, name, sha256, state, digest, rows FROM publications WHERE state = 'pending'
        AND rowid > (SELECT coalesce(max(rowid), 0) FROM publications WHERE state = 'published')
    ORDER BY rowid DESC LIMIT 1
"""


class Stage(StrEnum):
    """How far a publication got."""

    PENDING = "pending"  # about to be put in place; whether it is there is to be looked at
    WAITING = "waiting"  # a person has it, and has not said yet that it was uploaded
    PUBLISHED = "published"
    DROPPED = "dropped"  # never reached Alleo


@dataclass(frozen=True, slots=True)
class Publication:
    """One file. `accounts` have no birthdays; `marks` stand for them, by Personio id."""

    run: str
    name: str
    sha256: str
    stage: Stage
    accounts: tuple[Account, ...] = field(repr=False)
    marks: Mapping[int, str] = field(repr=False)

    def known(self, births: Mapping[int, str], mark: Mark) -> tuple[Account, ...]:
        """The accounts with those birthdays that are what they were; any other reads "(set)"."""
        return tuple(self._born(account, births, mark) for account in self.accounts)

    def _born(self, account: Account, births: Mapping[int, str], mark: Mark) -> Account:
        number = int(account.external_id)
        kept = self.marks.get(number, "")
        if not kept:
            return account
        day = births.get(number, "")
        told = day if day and mark(number, day) == kept else HIDDEN
        return replace(account, extras={**account.extras, "birthday": told})


class PublicationReading(Reading):
    """What a ledger knows of publications. Every method raises Usage where it cannot be read."""

    def published(self) -> Publication | None:
        """The last file that Alleo has, None where there was none."""
        return self._publication(Stage.PUBLISHED)

    def pending(self) -> Publication | None:
        """A file whose run ended before it was known to be in place."""
        return self._found(self._db.read(_UNKNOWN))

    def waiting(self) -> Publication | None:
        """A file that a person has and that nobody said was uploaded."""
        return self._publication(Stage.WAITING)

    def publication(self, run: str) -> Publication | None:
        """The file of that run."""
        return self._publication(run)

    def may_be_ours(self, name: str, content: bytes) -> bool:
        """Whether a file of this name and content can come from a run of this ledger.

        After a run that did not get through, anything may be: half a file, or one that the server altered.
        """
        latest = self._db.read(_LATEST, name)
        if latest and latest[0][0] != Stage.PUBLISHED:
            return True
        return bool(self._db.read(_MADE, hashlib.sha256(content).hexdigest()))

    def _publication(self, which: str) -> Publication | None:
        return self._found(self._db.read(_LAST, which))

    def _found(self, found: list[tuple[Any, ...]]) -> Publication | None:
        with self._db.sound():
            return _parsed(*found[0]) if found else None

    def publishing(self, run: str, name: str, content: bytes, accounts: Iterable[Account], mark: Mark) -> None:
        """Call before a file is put in place; afterwards `has_published`, `awaits` or `dropped`."""
        rows = _written(accounts, mark)
        values = (run, name, hashlib.sha256(content).hexdigest(), _digest(rows), rows)
        with self._db.transaction(to_disk=True) as connection:
            connection.execute(_NEW, values)
            chain.Writer(connection).add(_now(), run, What.PUBLISHED)

    def has_published(self, run: str) -> None:
        """Call when the file of that run is known to be where Alleo has it."""
        self._stage(run, Stage.PUBLISHED)

    def awaits(self, run: str) -> None:
        """Call when a person is to upload the file of that run, which then waits."""
        self._stage(run, Stage.WAITING)

    def dropped(self, run: str) -> None:
        """Call when the file of that run never reached Alleo."""
        self._stage(run, Stage.DROPPED)

    def _stage(self, run: str, stage: Stage) -> None:
        with self._db.transaction(to_disk=True) as connection:
            connection.execute(_STATE, (stage, run))
            if stage is Stage.PUBLISHED:
                connection.execute(_FORGET, (run, run))
            journal = chain.Writer(connection)
            if stage is Stage.WAITING:
                connection.execute(_RUN_WAITS, (run,))
            journal.add(_now(), run, What.PUBLISHED)


def _written(accounts: Iterable[Account], mark: Mark) -> str:
    rows = []
    for account in accounts:
        extras = dict(account.extras)
        born = mark(int(account.external_id), extras.pop("birthday", ""))
        rows.append(
            {
                "id": int(account.external_id),
                "email": account.email,
                "first_name": account.first_name,
                "last_name": account.last_name,
                "department": account.department,
                "active": account.active,
                "extras": extras,
                "born": born,
            }
        )
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _parsed(run: str, name: str, sha256: str, stage: str, digest: str, text: str) -> Publication:
    if text and _digest(text) != digest:
        raise ValueError("rows")  # the caller tells that the ledger is damaged
    rows: list[dict[str, Any]] = json.loads(text or "[]")
    accounts = tuple(
        Account(
            str(row["id"]),
            str(row["id"]),
            row["email"],
            row["first_name"],
            row["last_name"],
            bool(row["active"]),
            row["department"],
            row["extras"],
        )
        for row in rows
    )
    return Publication(run, name, sha256, Stage(stage), accounts, {int(row["id"]): str(row["born"]) for row in rows})


def _digest(rows: str) -> str:
    return hashlib.sha256(rows.encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
