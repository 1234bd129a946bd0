"""The published files in the ledger. The last published one is what Alleo knows about everybody.

Rows are JSON without dates of birth; marks stand in their place (births.py). The rows of older publications are
removed.
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

Mark = Callable[[int, str], str]  # Personio id and date (YYYY-MM-DD) to mark

_NEW: Final = "INSERT INTO publications (run, name, sha256, state, digest, rows) VALUES (?, ?, ?, 'pending', ?, ?)"
_STATE: Final = "UPDATE publications SET state = ? WHERE run = ?"
_RUN_WAITS: Final = "UPDATE runs SET state = 'waiting' WHERE id = ?"
_FORGET: Final = (
    "UPDATE publications SET rows = '' WHERE run != ? AND rowid < (SELECT rowid FROM publications WHERE run = ?)"
)
_LAST: Final = """
    SELECT run, name, sha256, state, digest, rows FROM publications WHERE state = ?
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
    """The state of a publication."""

    PENDING = "pending"  # about to be put in place; look there to find out whether it is
    WAITING = "waiting"  # a person has the file and has not confirmed the upload
    PUBLISHED = "published"
    DROPPED = "dropped"  # never reached Alleo


@dataclass(frozen=True, slots=True)
class Publication:
    """One published file. `accounts` have no birthdays; `marks` replace them, by Personio id."""

    run: str
    name: str
    sha256: str
    stage: Stage
    accounts: tuple[Account, ...] = field(repr=False)
    marks: Mapping[int, str] = field(repr=False)

    def known(self, births: Mapping[int, str], mark: Mark) -> tuple[Account, ...]:
        """Returns the accounts with their birthdays. A birthday that does not match its mark reads "(set)".

        `births` are dates (YYYY-MM-DD) by Personio id.
        """
        return tuple(self._born(account, births, mark) for account in self.accounts)

    def _born(self, account: Account, births: Mapping[int, str], mark: Mark) -> Account:
        """Returns an account with its birthday."""
        number = int(account.external_id)
        kept = self.marks.get(number, "")
        if not kept:
            return account
        day = births.get(number, "")
        told = day if day and mark(number, day) == kept else HIDDEN
        return replace(account, extras={**account.extras, "birthday": told})


class PublicationReading(Reading):
    """Reads and writes publications in the ledger. Every method raises Usage."""

    def published(self) -> Publication | None:
        """Returns the last file that Alleo has, or None."""
        return self._publication(Stage.PUBLISHED)

    def pending(self) -> Publication | None:
        """Returns a file whose run ended before it was known to be in place, or None."""
        return self._found(self._db.read(_UNKNOWN))

    def waiting(self) -> Publication | None:
        """Returns a file whose upload nobody has confirmed, or None."""
        return self._publication(Stage.WAITING)

    def may_be_ours(self, name: str, content: bytes) -> bool:
        """Returns whether a file with this name and content can come from a run of this ledger.

        After a run that did not finish, always True: the file may be incomplete or altered by the server.
        """
        latest = self._db.read(_LATEST, name)
        if latest and latest[0][0] != Stage.PUBLISHED:
            return True
        return bool(self._db.read(_MADE, hashlib.sha256(content).hexdigest()))

    def _publication(self, stage: Stage) -> Publication | None:
        """Returns the latest publication in a stage, or None."""
        return self._found(self._db.read(_LAST, stage))

    def _found(self, found: list[tuple[Any, ...]]) -> Publication | None:
        """Returns the first row as a publication, or None."""
        with self._db.sound():
            return _parsed(*found[0]) if found else None

    def publishing(self, run: str, name: str, content: bytes, accounts: Iterable[Account], mark: Mark) -> None:
        """Stores a file as pending. Call before it is put in place; then `has_published`, `awaits` or `dropped`."""
        rows = _written(accounts, mark)
        values = (run, name, hashlib.sha256(content).hexdigest(), _digest(rows), rows)
        with self._db.transaction(to_disk=True) as connection:
            connection.execute(_NEW, values)
            chain.Writer(connection).add(_now(), run, What.PUBLISHED)

    def has_published(self, run: str) -> None:
        """Marks the run's file as published: it is in place."""
        self._stage(run, Stage.PUBLISHED)

    def awaits(self, run: str) -> None:
        """Marks the run's file as waiting for a person's upload."""
        self._stage(run, Stage.WAITING)

    def dropped(self, run: str) -> None:
        """Marks the run's file as dropped: it never reached Alleo."""
        self._stage(run, Stage.DROPPED)

    def _stage(self, run: str, stage: Stage) -> None:
        """Stores the stage of a publication."""
        with self._db.transaction(to_disk=True) as connection:
            connection.execute(_STATE, (stage, run))
            if stage is Stage.PUBLISHED:
                connection.execute(_FORGET, (run, run))
            journal = chain.Writer(connection)
            if stage is Stage.WAITING:
                connection.execute(_RUN_WAITS, (run,))
            journal.add(_now(), run, What.PUBLISHED)


def _written(accounts: Iterable[Account], mark: Mark) -> str:
    """Returns the accounts as JSON, with marks for birthdays."""
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
    """Returns the publication of a row. Raises ValueError when its rows were edited."""
    if text and _digest(text) != digest:
        raise ValueError("rows")  # the caller reports a damaged ledger
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
