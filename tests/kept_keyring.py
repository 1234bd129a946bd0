"""A keyring for tests. Entries are in the file KEPT_KEYRING; a file `broken` beside it makes writing fail."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.compat import properties
from keyring.errors import KeyringLocked


class Keyring(KeyringBackend):
    """The keyring."""

    @properties.classproperty
    def priority(cls) -> float:  # noqa: N805 - that is what a class property gets
        """Returns a priority only if KEPT_KEYRING is set: importing this module registers it for the whole process."""
        if "KEPT_KEYRING" not in os.environ:
            raise RuntimeError
        return 5

    @property
    def _file(self) -> Path:
        return Path(os.environ["KEPT_KEYRING"])

    def _entries(self) -> dict[str, str]:
        return json.loads(self._file.read_text()) if self._file.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._entries().get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        broken = self._file.with_name("broken")
        if broken.exists() and len(broken.read_text()) <= self._count():
            raise KeyringLocked
        self._file.write_text(json.dumps({**self._entries(), username: password}))

    def _count(self) -> int:
        """Returns how often something was written before."""
        counter = self._file.with_name("writes")
        counter.write_text((counter.read_text() if counter.exists() else "") + "x")
        return len(counter.read_text()) - 1

    def delete_password(self, service: str, username: str) -> None:
        self._file.write_text(json.dumps({k: v for k, v in self._entries().items() if k != username}))
