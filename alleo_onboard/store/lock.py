"""The lock that allows one run per profile; the operating system frees it when the process ends."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from alleo_onboard.domain.errors import Locked, Usage
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import clock
from alleo_onboard.store.json_file import instant, parsed
from alleo_onboard.store.paths import HOME_VARIABLE, Home, file_stem, open_private, private_dir, unwritable

_CANNOT_LOCK = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP})

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # Windows prevents others from reading locked bytes, so lock a byte far behind the text

    def _acquire(descriptor: int) -> None:
        """Locks the file. Raises BlockingIOError when it is locked."""
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error

    def _release(descriptor: int) -> None:
        """Unlocks the file."""
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _acquire(descriptor: int) -> None:
        """Locks the file. Raises BlockingIOError when it is locked."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(descriptor: int) -> None:
        """Unlocks the file."""
        # Closing is not enough: a child process that is just starting still holds the descriptor.
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def lock_path(home: Home, profile: str) -> Path:
    """Returns the file to lock. Its text is only used for a message; the operating system keeps the lock."""
    return home.data / "locks" / f"{file_stem(profile)}.lock"


@contextmanager
def run_lock(home: Home, profile: str) -> Iterator[None]:
    """Locks the profile for this process.

    Raises Locked with a sentence about the process that holds it, or Usage when locking is impossible.
    """
    path = lock_path(home, profile)
    private_dir(path.parent)
    try:
        descriptor = _take(path, profile)
    except OSError as error:
        if error.errno in _CANNOT_LOCK:
            raise Usage(_cannot_lock(path.parent)) from error
        raise unwritable(path, error) from error
    try:
        _sign(descriptor, _holder())
        yield
    finally:
        try:
            _sign(descriptor, b"")
            _release(descriptor)
        finally:
            os.close(descriptor)


def _cannot_lock(folder: Path) -> str:
    """Returns the sentence for a file system without locks."""
    text = _(
        "The file system of {folder} cannot lock files, so two runs could collide. "
        "Name a folder on another one with {variable}."
    )
    return text.format(folder=folder, variable=HOME_VARIABLE)


def _take(path: Path, profile: str) -> int:
    """Returns the descriptor of the locked file. Tries again if the file was deleted between opening and locking."""
    while True:
        descriptor = open_private(path, os.O_RDWR | os.O_CREAT)
        try:
            _acquire(descriptor)
            if _same(descriptor, path):
                return descriptor
        except BlockingIOError:
            holder = _read(descriptor)
            os.close(descriptor)
            raise _locked(profile, holder) from None
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _same(descriptor: int, path: Path) -> bool:
    """Returns whether the open file is still the one at `path`."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _sign(descriptor: int, text: bytes) -> None:
    """Writes who holds the lock. An error, such as a full disk, is ignored: the lock is held anyway."""
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, text)


def _read(descriptor: int) -> bytes:
    """Returns the text in the lock file."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.read(descriptor, 4096)


def user_name() -> str:
    """Returns the user name of this process; "" for a container user without a name."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _holder() -> bytes:
    """Returns the text for the lock file."""
    import socket

    now = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "user": user_name(), "since": now}).encode()


def _locked(profile: str, text: bytes) -> Locked:
    """Returns the error that names the process which holds the lock."""
    try:
        holder = parsed(text)
        since = instant(holder["since"])
        pid, host, user = int(holder["pid"]), str(holder["host"]), str(holder["user"])
    except (ValueError, KeyError, TypeError, OverflowError):  # just locked, text not written yet
        return Locked(_("Another run of {profile} is under way. Try again when it is done.").format(profile=profile))
    sentence = _(
        "Another run of {profile} is under way since {since}: process {pid} of {user} on {host}. "
        "Try again when it is done."
    )
    return Locked(sentence.format(profile=profile, since=clock(since, None), pid=pid, user=user or "?", host=host))
