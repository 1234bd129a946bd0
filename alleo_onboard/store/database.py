"""Opens the ledger's SQLite file, migrates it, and turns SQLite errors into sentences."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _
from alleo_onboard.store.paths import open_private, private_dir, refuse_link, unwritable
from alleo_onboard.store.schema import ForeignFileError, NewerSchemaError, current, migrate

_PATIENCE = 10.0  # seconds to wait while another process writes


class Database:
    """One SQLite connection in autocommit mode: statements outside of `transaction` commit by themselves."""

    def __init__(self, path: Path) -> None:
        """Opens or creates the file.

        A file that may only be read is opened read-only. Raises Usage when the file cannot be opened, comes from a
        newer version, is damaged, or is not a ledger.
        """
        self._path = path
        refuse_link(path)
        readable = os.access(path, os.R_OK)
        try:
            private_dir(path.parent)
            # SQLite gives its -wal and -shm files the mode of this file, whatever the umask.
            os.close(open_private(path, os.O_RDWR | os.O_CREAT))
            only_read = False
        except (OSError, Usage) as error:
            if not readable:
                raise error if isinstance(error, Usage) else unwritable(path, error) from error
            only_read = True
        with self._told():
            place = self._read_only_place() if only_read else str(path)
            self._connection = sqlite3.connect(place, timeout=_PATIENCE, isolation_level=None, uri=only_read)
            try:
                self._prove_current() if only_read else self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def _read_only_place(self) -> str:
        """Returns the URI to open the file read-only.

        Without a -wal file nobody is writing, so the file can be treated as immutable; a lock could not be made anyway.
        """
        logged = self._path.with_name(f"{self._path.name}-wal").exists()
        return f"{self._path.absolute().as_uri()}?{'mode=ro' if logged else 'immutable=1'}"

    def _prove_current(self) -> None:
        """Raises Usage when the file needs a migration, which a read-only file cannot get."""
        if not current(self._connection):
            raise unwritable(self._path, OSError(errno.EROFS, os.strerror(errno.EROFS)))

    def close(self) -> None:
        """Closes the connection."""
        with self._told():
            self._connection.close()

    def read(self, query: str, *values: int | str) -> list[tuple[Any, ...]]:
        """Returns all rows of a query. Raises Usage."""
        with self._told(), closing(self._connection.execute(query, values)) as found:
            return found.fetchall()

    @contextmanager
    def transaction(self, *, to_disk: bool = False) -> Iterator[sqlite3.Connection]:
        """Runs the statements inside as one transaction.

        With `to_disk`, it is on the disk when the block ends, so that a power cut cannot undo it.
        """
        with self._told():
            if to_disk:
                self._connection.execute("PRAGMA synchronous = FULL")
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                    self._connection.execute("COMMIT")
                except BaseException:
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
                    raise
            finally:
                if to_disk:
                    self._connection.execute(f"PRAGMA synchronous = {self._usual}")

    def _prepare(self) -> None:
        """Migrates the file and sets the journal mode.

        The schema is checked first, so that a foreign file is not changed.
        """
        run = self._connection.execute
        run("PRAGMA synchronous = FULL")
        migrate(self._connection)
        (mode,) = run("PRAGMA journal_mode = WAL").fetchone()
        # A file system without shared memory cannot use WAL; the old journal is safe only with FULL.
        self._usual = "NORMAL" if mode == "wal" else "FULL"
        run(f"PRAGMA synchronous = {self._usual}")
        run("PRAGMA foreign_keys = ON")

    @contextmanager
    def sound(self) -> Iterator[None]:
        """Wraps the decoding of rows: raises Usage (ledger damaged) when this program cannot have written them."""
        try:
            yield
        except (ValueError, TypeError, ArithmeticError) as error:
            raise self._damaged(_("it holds what was never written to it")) from error

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turns SQLite errors into Usage with a sentence."""
        try:
            yield
        except NewerSchemaError as error:
            sentence = _("{path} was written by a newer version of alleo-onboard. Install that version to go on.")
            raise Usage(sentence.format(path=self._path)) from error
        except ForeignFileError as error:
            sentence = _("{path} is not a ledger of alleo-onboard. It was left as it is; move it away to go on.")
            raise Usage(sentence.format(path=self._path)) from error
        except (sqlite3.OperationalError, sqlite3.InterfaceError) as error:
            raise self._unusable(error) from error
        except sqlite3.IntegrityError:
            raise
        except sqlite3.DatabaseError as error:
            raise self._damaged(str(error)) from error

    def _unusable(self, error: sqlite3.Error) -> Usage:
        """Returns the error for a ledger that cannot be used now."""
        # Our statements fit our tables, so SQLITE_ERROR means that the tables are different.
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
            return self._damaged(str(error))
        sentence = _("The ledger {path} cannot be used just now: {reason}. Nothing in it is lost; try again.")
        return Usage(sentence.format(path=self._path, reason=error))

    def _damaged(self, reason: str) -> Usage:
        """Returns the error for a damaged ledger."""
        sentence = _(
            "The ledger {path} is damaged: {reason}. It was left as it is. Put back a copy of it; without it, "
            "the one-off budgets that were already sent are not known."
        )
        return Usage(sentence.format(path=self._path, reason=reason))
