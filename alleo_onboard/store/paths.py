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
from typing import BinaryIO

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import valid_name
from alleo_onboard.locale import _

HOME_VARIABLE = "ALLEO_ONBOARD_HOME"
_APP = "alleo-onboard"
# Names that Windows gives to devices, with any extension; refused everywhere so that a set-up can move.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
MEGABYTE = 1 << 20
_LONGEST = 200  # characters of a path in a sentence


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one user: what they set up, and what the program remembers. They may be the same folder."""

    config: Path
    data: Path


def home(environ: Mapping[str, str]) -> Home:
    """The one folder that ALLEO_ONBOARD_HOME names, else the platform's folders (which follow XDG_* on Linux)."""
    named = environ.get(HOME_VARIABLE, "").strip()
    if named:
        if not named.isprintable():  # it would end a line of a crontab or a unit, and hide in what is shown
            text = _("{variable} has a line feed or another character that cannot be seen. Name a folder without one.")
            raise Usage(text.format(variable=HOME_VARIABLE))
        try:
            config = data = Path(named).expanduser().absolute()
        except RuntimeError:  # there is no such user, or no home to be found
            raise Usage(_("{variable} cannot be a folder: {path}").format(variable=HOME_VARIABLE, path=named)) from None
    else:
        import platformdirs

        try:
            config = platformdirs.user_config_path(_APP, appauthor=False)
            data = platformdirs.user_data_path(_APP, appauthor=False)
        except RuntimeError:  # a container's user without a name, and without HOME
            text = _("This user has no home folder to keep anything in. Name a folder with {variable}.")
            raise Usage(text.format(variable=HOME_VARIABLE)) from None
    for folder in (config, data):
        if _too_long(folder):
            shown = f"{str(folder)[:_LONGEST]}…"
            said = _("The path of the folder {path} is too long for this system. Name a shorter one with {variable}.")
            raise Usage(said.format(path=shown, variable=HOME_VARIABLE))
    return Home(config, data)


def _too_long(folder: Path) -> bool:
    """Whether the system has no room for the longest path in this folder."""
    try:
        (folder / "schedules" / ("n" * 200)).lstat()
    except OSError as error:
        return error.errno == errno.ENAMETOOLONG
    return False


def file_stem(profile: str) -> str:
    """The file name of a profile without its ending, the same on every file system. Raises Usage for a bad name."""
    name = unicodedata.normalize("NFC", profile)
    if not valid_name(name) or name.partition(".")[0].rstrip().casefold() in _DEVICES:
        sentence = _("{name} cannot be the name of a set-up. Use letters, digits, spaces, dots and dashes, at most 60.")
        raise Usage(sentence.format(name=repr(profile)))
    return name


def private_dir(path: Path) -> Path:
    """Makes sure that `path` is a folder only its owner can look into; every missing folder above is made so too.

    Folders above that exist are left alone: they belong to the user. `path` itself must be a real folder of ours, for
    a link planted there would lead what we write elsewhere. Raises Usage when it is not, or cannot be made.
    """
    try:
        for folder in reversed([path, *path.parents]):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
                folder.chmod(0o700)  # mkdir obeys the umask, which may be narrower than we need
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or not _ours(found):
            raise Usage(_("{path} is not a folder of yours. Move it out of the way.").format(path=path))
        if sys.platform != "win32" and stat.S_IMODE(found.st_mode) & 0o077:
            path.chmod(0o700)
    except OSError as error:
        raise unwritable(path, error) from error
    return path


def _ours(found: os.stat_result) -> bool:
    """Whether we, or root, own it; root may use anybody's, as in a container with a mounted volume."""
    return sys.platform == "win32" or os.geteuid() == 0 or found.st_uid in (os.geteuid(), 0)


def write_private(path: Path, content: bytes) -> None:
    """Puts `content` in place of the file with mode 0600, in one step: afterwards it holds the old or the new whole.

    The folder must exist. A link in place of the file is refused, not followed, and a device or pipe is not replaced.
    Raises Usage when it cannot be done.
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


def open_private(path: Path, flags: int) -> int:
    """A file descriptor of a file that is 0600 from its first moment, not followed through a link, not inherited."""
    descriptor = os.open(path, flags | _NOFOLLOW | _CLOEXEC | _BINARY, 0o600)
    if hasattr(os, "fchmod") and stat.S_IMODE(os.fstat(descriptor).st_mode) != 0o600:
        try:
            os.fchmod(descriptor, 0o600)
        except OSError:
            os.close(descriptor)
            raise
    return descriptor


def open_file(path: Path, most: int = MEGABYTE) -> BinaryIO:
    """A file that somebody named, open for reading; a link to one is followed.

    Raises OSError, and Usage for what is no file (a pipe would be waited for, a device read without end) and for one
    of more than `most` bytes.
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
    """Raises Usage when `path` is a symbolic link, or anything else that is there and no file."""
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
    """What to tell about a file or folder that the operating system refuses."""
    sentence = _("{path} cannot be written: {reason}. Check its permissions and the space on the disk.")
    return Usage(sentence.format(path=path, reason=error.strerror or type(error).__name__))


def unreadable(path: Path, error: OSError) -> Usage:
    if isinstance(error, FileNotFoundError):
        return Usage(_("There is no file {path}. Check its name and its folder.").format(path=path))
    sentence = _("{path} cannot be read: {reason}. Check its permissions.")
    return Usage(sentence.format(path=path, reason=error.strerror or type(error).__name__))


def _write_new(path: Path, content: bytes) -> None:
    with os.fdopen(open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Makes the new name outlive a power cut; Windows has no such call and needs none."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY | _CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
