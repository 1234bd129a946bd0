"""Dates of birth as marks: one can tell that a date changed, and not what it is.

There are few enough dates to try them all, so a mark is made with a key that lies in a file of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

from alleo_onboard.store.paths import open_file, unreadable, write_private

_SIZE = 32


class Births:
    """Marks of one set-up. Makes its key where there is none; with a new key every date counts as changed once."""

    def __init__(self, path: Path) -> None:
        """`path` is the file with the key, in a folder that is there."""
        self._path = path
        self._key: bytes | None = None

    def mark(self, personio_id: int, day: str) -> str:
        """What to keep in place of a date (YYYY-MM-DD); "" for none. Raises Usage where the key cannot be kept."""
        if not day:
            return ""
        return hmac.new(self._secret(), f"{personio_id}:{day}".encode(), hashlib.sha256).hexdigest()

    def _secret(self) -> bytes:
        if self._key is None:
            self._key = self._read() or self._make()
        return self._key

    def _read(self) -> bytes:
        try:
            with open_file(self._path) as file:
                key = file.read()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise unreadable(self._path, error) from error
        return key if len(key) == _SIZE else b""

    def _make(self) -> bytes:
        key = os.urandom(_SIZE)
        write_private(self._path, key)
        return key
