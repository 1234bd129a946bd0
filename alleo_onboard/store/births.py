"""Marks that replace dates of birth: they show that a date changed, but not the date.

There are so few dates that all could be tried, so a mark is a keyed hash (HMAC-SHA256) with a key in a separate file.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

from alleo_onboard.store.paths import open_file, unreadable, write_private

_SIZE = 32


class Births:
    """Makes the marks of one set-up.

    Creates the key when it is missing; with a new key every date counts as changed once.
    """

    def __init__(self, path: Path) -> None:
        """Creates the marker. `path` is the file of the key, in an existing folder."""
        self._path = path
        self._key: bytes | None = None

    def mark(self, personio_id: int, day: str) -> str:
        """Returns the mark (a keyed hash) of a date (YYYY-MM-DD); "" for "".

        Raises Usage when the key cannot be read or stored.
        """
        if not day:
            return ""
        return hmac.new(self._secret(), f"{personio_id}:{day}".encode(), hashlib.sha256).hexdigest()

    def _secret(self) -> bytes:
        """Returns the key, from the file if there is one."""
        if self._key is None:
            self._key = self._read() or self._make()
        return self._key

    def _read(self) -> bytes:
        """Returns the key in the file, b"" when there is no valid one."""
        try:
            with open_file(self._path) as file:
                key = file.read()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise unreadable(self._path, error) from error
        return key if len(key) == _SIZE else b""

    def _make(self) -> bytes:
        """Creates and stores a new key."""
        key = os.urandom(_SIZE)
        write_private(self._path, key)
        return key
