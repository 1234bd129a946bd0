"""Folders for configuration and data, and private files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import valid_name
from alleo_onboard.locale import _
from alleo_onboard.locale.system import system_reason

TYPE_CHECKING = False  # a copy of typing's constant; importing typing would slow down quick commands
if TYPE_CHECKING:
    from typing import BinaryIO

HOME_VARIABLE = "ALLEO_ONBOARD_HOME"
_APP = "alleo-onboard"
# Device names of Windows, with any extension. Refused on every system, so that a set-up can be moved.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
MEGABYTE = 1 << 20
_LONGEST = 200  # characters of a path in a sentence


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one user: configuration and data. They may be the same folder."""

    config: Path
    data: Path


def home(environ: Mapping[str, str]) -> Home:
    """Returns the folders: ALLEO_ONBOARD_HOME for both, else the platform's (which follow XDG_* on Linux).

    Raises Usage when there is no usable folder.
    """
    named = environ.get(HOME_VARIABLE, "").strip()
    if named:
        if not named.isprintable():  # it would break a line of a crontab or unit file, and be invisible on a screen
            text = _("{variable} has a line feed or another character that cannot be seen. Name a folder without one.")
            raise Usage(text.format(variable=HOME_VARIABLE))
        try:
            config = data = Path(named).expanduser().absolute()
        except RuntimeError:  # no such user, or no home folder
            raise Usage(_("{variable} cannot be a folder: {path}").format(variable=HOME_VARIABLE, path=named)) from None
    else:
        import platformdirs

        try:
            config = platformdirs.user_config_path(_APP, appauthor=False)
            data = platformdirs.user_data_path(_APP, appauthor=False)
        except RuntimeError:  # a container user without name and HOME
            text = _("This user has no home folder to keep anything in. Name a folder with {variable}.")
            raise Usage(text.format(variable=HOME_VARIABLE)) from None
    for folder in (config, data):
        if _too_long(folder):
            shown = f"{str(folder)[:_LONGEST]}…"
            said = _("The path of the folder {path} is too long for this system. Name a shorter one with {variable}.")
            raise Usage(said.format(path=shown, variable=HOME_VARIABLE))
    return Home(config, data)


def _too_long(folder: Path) -> bool:
    """Returns whether the longest path in this folder would exceed the system's limit."""
    try:
        (folder / "schedules" / ("n" * 200)).lstat()
    except OSError as error:
        return error.errno == errno.ENAMETOOLONG
    return False


def file_stem(profile: str) -> str:
    """Returns the file name of a profile without extension, the same on every file system.

    Raises Usage for an invalid name.
    """
    name = unicodedata.normalize("NFC", profile)
    if not valid_name(name) or name.partition(".")[0].rstrip().casefold() in _DEVICES:
        sentence = _("{name} cannot be the name of a set-up. Use letters, digits, spaces, dots and dashes, at most 60.")
        raise Usage(sentence.format(name=repr(profile)))
    return name


def private_dir(path: Path) -> Path:
    """Makes sure that `path` is a folder that only its owner can read, and returns it.

    Creates missing parents the same way.

    Existing parents are not changed. `path` must be a real folder of this user: a symbolic link planted there would
    redirect what is written. Raises Usage when it is not, or cannot be created.
    """
    try:
        for folder in reversed([path, *path.parents]):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
                folder.chmod(0o700)  # mkdir applies the umask, which may remove rights that are needed
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or not _ours(found):
            raise Usage(_("{path} is not a folder of yours. Move it out of the way.").format(path=path))
        if sys.platform != "win32" and stat.S_IMODE(found.st_mode) & 0o077:
            path.chmod(0o700)
    except OSError as error:
        raise unwritable(path, error) from error
    return path


def _ours(found: os.stat_result) -> bool:
    """Returns whether this user or root owns it; for root always true (containers with a mounted volume)."""
    return sys.platform == "win32" or os.geteuid() == 0 or found.st_uid in (os.geteuid(), 0)


def write_private(path: Path, content: bytes) -> None:
    """Replaces the file by `content` with mode 0600, atomically: it always holds the old or the new content.

    The folder must exist. A symbolic link, device or pipe at `path` is refused. Raises Usage.
    """
    refuse_link(path)
    temporary = path.with_name(f".{os.urandom(8).hex()}.tmp")
    try:
        try:
            _write_new(temporary, content)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except OSError as error:
        raise unwritable(path, error) from error


def prove_writable(path: Path) -> None:
    """Raises Usage when `write_private` could not write this file. Leaves nothing behind."""
    refuse_link(path)
    temporary = path.with_name(f".{os.urandom(8).hex()}.tmp")
    try:
        os.close(open_private(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        temporary.unlink()
    except OSError as error:
        raise unwritable(path, error) from error


def open_private(path: Path, flags: int) -> int:
    """Opens a file with mode 0600 from the start, without following a symbolic link. Returns its descriptor.

    The descriptor is not inherited by child processes.
    """
    descriptor = os.open(path, flags | _NOFOLLOW | _CLOEXEC | _BINARY, 0o600)
    if hasattr(os, "fchmod") and stat.S_IMODE(os.fstat(descriptor).st_mode) != 0o600:
        try:
            os.fchmod(descriptor, 0o600)
        except OSError:
            os.close(descriptor)
            raise
    return descriptor


def open_file(path: Path, most: int = MEGABYTE) -> BinaryIO:
    """Opens a file that a person named, for reading. Follows symbolic links.

    Raises OSError. Raises Usage for anything but a regular file (a pipe would block, a device has no end) and for a
    file of more than `most` bytes.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        sentence = _("{path} is no file. Save what it holds in a file, and name that.")
        raise Usage(sentence.format(path=path))
    file = os.fdopen(os.open(path, os.O_RDONLY | _NONBLOCK | _CLOEXEC | _BINARY), "rb")
    if os.fstat(file.fileno()).st_size > most:
        file.close()
        sentence = _("{path} is larger than {most} MB, so it is not what is looked for here. Check its name.")
        raise Usage(sentence.format(path=path, most=most // MEGABYTE))
    return file


def refuse_link(path: Path) -> None:
    """Raises Usage when `path` is a symbolic link, or exists and is not a regular file."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise unwritable(path, error) from error
    if stat.S_ISLNK(mode):
        sentence = _("{path} is a link to another file; it is not written to. Put the file itself there.")
        raise Usage(sentence.format(path=path))
    if not stat.S_ISREG(mode):
        raise Usage(_("{path} is there and is no file; it is not replaced. Name a file.").format(path=path))


def unwritable(path: Path, error: OSError) -> Usage:
    """Returns the error for a file or folder that cannot be written."""
    sentence = _("{path} cannot be written: {reason}. Check its permissions and the space on the disk.")
    return Usage(sentence.format(path=path, reason=system_reason(error)))


def is_there(path: Path) -> bool:
    """Returns whether a file or folder exists. Raises Usage when that cannot be found out, which is not none."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise unreadable(path, error) from error
    return True


def unreadable(path: Path, error: OSError) -> Usage:
    """Returns the error for a file or folder that cannot be read."""
    if isinstance(error, FileNotFoundError):
        return Usage(_("There is no file {path}. Check its name and its folder.").format(path=path))
    sentence = _("{path} cannot be read: {reason}. Check its permissions.")
    return Usage(sentence.format(path=path, reason=system_reason(error)))


def _write_new(path: Path, content: bytes) -> None:
    """Writes a new file and waits until it is on the disk."""
    with os.fdopen(open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Writes the folder entry to the disk, so that a new name survives a power cut. Windows needs no such call."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY | _CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
