"""Publishes into a local or network folder: writes beside the file, replaces it in one step, reads it back."""

from __future__ import annotations

import fnmatch
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from alleo_onboard.domain.errors import DeliveryRefused, Usage
from alleo_onboard.domain.publishing import Way
from alleo_onboard.locale import _
from alleo_onboard.locale.system import system_reason

COLLECTED = "alleo_employees_*.csv"
PART, PARTS = "upload-{}.part", f"upload-{'[0-9a-f]' * 12}.part"  # only names made by this program


def look(folder: Path, name: str) -> None:
    """Raises Usage or DeliveryRefused when the folder is unusable or holds another file that Alleo would collect."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names, as a server gives them
    except FileNotFoundError:
        raise Usage(
            _("There is no folder {path}. Make it, or connect the network drive.").format(path=folder)
        ) from None
    except NotADirectoryError:
        raise Usage(_("{path} is a file, not a folder.").format(path=folder)) from None
    except OSError as error:
        raise _refused(folder, error) from None
    if name in names and not _plain(folder / name):
        raise Usage(no_file(folder / name))
    others = sorted(one for one in fnmatch.filter(names, COLLECTED) if one != name)
    if others:
        text = _("Alleo would also collect {files} from there, at every sync. Move them away, then try again.")
        raise Usage(text.format(files=", ".join(others[:5])))


def no_file(path: object) -> str:
    """Returns the error for something else than a file in the file's place."""
    return _("{path} is there and is no file, so it is not replaced. Move it away, then try again.").format(path=path)


def _plain(path: Path) -> bool:
    """Returns False for a folder, a pipe, a device or a socket. Reading a pipe may block; a device has no end."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:  # a broken link is replaced; other errors appear when the file is written
        return True


def try_out(folder: Path) -> None:
    """Writes and removes a file that Alleo does not collect. Raises DeliveryRefused."""
    part = folder / PART.format(secrets.token_hex(6))
    try:
        part.write_bytes(b"")
        part.unlink()
    except OSError as error:
        raise _refused(folder, error) from None


def put(folder: Path, name: str, content: bytes) -> Way:
    """Replaces the file, completely or not at all, and returns how. Raises DeliveryRefused, Usage."""
    look(folder, name)
    for left in folder.glob(PARTS):  # parts of an interrupted upload
        with suppress(OSError):
            left.unlink()
    target, part = folder / name, folder / PART.format(secrets.token_hex(6))
    was_there = target.exists()
    try:
        try:
            with part.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _readable(part, folder)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise _refused(folder, error) from None
    if read(folder, name) != content:
        text = _("{path} does not hold what was written. Check the disk or the network drive.")
        raise DeliveryRefused(text.format(path=target))
    return Way.REPLACED if was_there else Way.RENAMED


def _readable(part: Path, folder: Path) -> None:
    """Gives read rights to everybody who may read the folder, because Alleo signs in as another user."""
    with suppress(OSError):  # a network folder may not support modes
        part.chmod(0o600 | (folder.stat().st_mode & 0o044))


def read(folder: Path, name: str) -> bytes | None:
    """Returns the file's content, b"" when there is none, None when it cannot be read."""
    path = folder / name
    try:
        return path.read_bytes() if _plain(path) else None
    except FileNotFoundError:
        return b""
    except OSError:
        return None


def _refused(folder: Path, error: OSError) -> DeliveryRefused:
    text = _("The folder {path} cannot be written to: {why}. What was there before is still there.")
    return DeliveryRefused(text.format(path=folder, why=system_reason(error)))
