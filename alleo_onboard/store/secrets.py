"""Secrets of profiles in the operating system's keyring, never in a file of this program.

Each is an entry of the service `alleo-onboard` with the user name `<profile>/<name>`; profile names have no slash. A
folder named by ALLEO_ONBOARD_HOME has its own service, so that profiles with the same name do not share secrets.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from alleo_onboard.domain.errors import Trouble, Usage
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.store.keyring_wait import waited_for
from alleo_onboard.store.paths import file_stem

TYPE_CHECKING = False  # a copy of typing's constant; importing typing would slow down quick commands
if TYPE_CHECKING:
    from typing import TypeVar

    from keyring.backend import KeyringBackend

    from alleo_onboard.store.keyrings import Backend, Found

    T = TypeVar("T")

SERVICE = "alleo-onboard"

__all__ = ["PERSONIO", "SERVICE", "Secrets", "service_of"]


def service_of(environ: Mapping[str, str]) -> str:
    """Returns the keyring service for this environment's folder."""
    chosen = environ.get("ALLEO_ONBOARD_HOME", "").strip()
    return f"{SERVICE}:{os.path.abspath(chosen)}" if chosen else SERVICE  # noqa: PTH100 - text, not a file to open


PERSONIO = "personio"  # the entry of the Personio client secret
# Entries of a hand-over: receipt and passphrase of the link that was sent, and a received credential that has no set-up
# yet. All other names are secrets of a delivery.
RECEIPT, PASSPHRASE, RECEIVED = "handover-receipt", "handover-passphrase", "handover-received"
HANDOVER = (RECEIPT, PASSPHRASE, RECEIVED)


class Secrets:
    """Reads and writes the keyring. Every call may wait for a person to unlock it in a window of the desktop."""

    def __init__(self, service: str = SERVICE) -> None:
        self._service = service
        self._found: Found | None = None

    def backend(self) -> Backend:
        """Returns which keyring this machine has and whether it is usable. Does not unlock it."""
        return self._find().backend

    def get(self, profile: str, name: str) -> Secret | None:
        """Returns the secret; None when there is none or no usable keyring.

        Raises Usage when the keyring stays locked.
        """
        user, keyring = _user(profile, name), self._find().keyring
        if keyring is None:
            return None
        with self._told():
            text = self._asked(lambda: keyring.get_password(self._service, user))
        return Secret(text) if text else None

    def set(self, profile: str, name: str, secret: Secret) -> None:
        """Stores the secret, replacing an earlier one. Raises Usage when it could not be stored."""
        user, keyring = _user(profile, name), self._usable()
        if not secret:
            raise Usage(_("There is no secret to remember."))
        with self._told():
            self._asked(lambda: keyring.set_password(self._service, user, secret.reveal()))
            kept = self._asked(lambda: keyring.get_password(self._service, user)) == secret.reveal()
        if not kept:
            sentence = _("{name} did not keep the secret. Use it for this session only.")
            raise Usage(sentence.format(name=self.backend().name))

    def remove(self, profile: str, names: Iterable[str]) -> tuple[str, ...]:
        """Deletes these secrets of the profile; returns the names of those that existed.

        Raises Usage when the keyring stays locked.
        """
        keyring = self._find().keyring
        users = {name: _user(profile, name) for name in names}
        if keyring is None:
            return ()
        with self._told():
            return self._asked(lambda: self._removed(keyring, users))

    def _removed(self, keyring: KeyringBackend, users: Mapping[str, str]) -> tuple[str, ...]:
        """Deletes the entries that exist and returns their names."""
        there = tuple(name for name, user in users.items() if keyring.get_password(self._service, user) is not None)
        for name in there:
            keyring.delete_password(self._service, users[name])
        return there

    def _asked(self, call: Callable[[], T]) -> T:
        """Returns what a call to the keyring returns."""
        return waited_for(self.backend().name, call)

    def _find(self) -> Found:
        """Returns the keyring of this machine, found once."""
        if self._found is None:
            from alleo_onboard.store.keyrings import find

            self._found = find()
        return self._found

    def _usable(self) -> KeyringBackend:
        """Returns the keyring. Raises Usage when there is no usable one."""
        found = self._find()
        if found.keyring is None:
            raise Usage(found.backend.why)
        return found.keyring

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turns every error of a keyring into Usage, without the error's own text.

        Keyring plug-ins raise any exception (of D-Bus, of the Windows API), so no list of classes would be complete.
        """
        from keyring.errors import InitError, KeyringLocked

        name = self.backend().name
        try:
            yield
        except Trouble:
            raise
        except (KeyringLocked, InitError):
            sentence = _("{name} is locked. Unlock it and try again, or give the secret for this session only.")
            raise Usage(sentence.format(name=name)) from None
        except Exception as error:  # noqa: BLE001 - see above
            sentence = _("{name} did not do what was asked ({reason}). Give the secret for this session only.")
            raise Usage(sentence.format(name=name, reason=type(error).__name__)) from None


def _user(profile: str, name: str) -> str:
    """Returns the user name of an entry."""
    return f"{file_stem(profile)}/{name}"
