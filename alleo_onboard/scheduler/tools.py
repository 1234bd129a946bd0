"""Runs programs of the operating system and turns failures into sentences."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from alleo_onboard.domain.errors import NotReady
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import here
from alleo_onboard.locale.system import system_reason

_SECONDS = 60.0
_LOCAL_TIME = Path("/etc/localtime")


def there(program: str) -> bool:
    """Returns whether the program is on the PATH."""
    return shutil.which(program) is not None


def is_root() -> bool:
    """Returns whether this is root on a Unix machine."""
    return sys.platform != "win32" and os.geteuid() == 0


def user_home() -> Path:
    """Returns the home folder of this user, or "/" for a container user without name and HOME."""
    try:
        return Path.home()
    except RuntimeError:
        return Path("/")


def throwaway(prefix: Path) -> bool:
    """Returns whether this Python is in a cache of uv or pipx, which may be deleted at any time (`uvx`, `pipx run`)."""
    parts = [part.casefold() for part in prefix.parts]
    return any(name in ("uv", "pipx") for name in parts) and any("cache" in part for part in parts)


def call(*words: str, stdin: bytes | None = None, seconds: float | None = _SECONDS) -> bytes:
    """Runs a program and returns its standard output.

    Raises NotReady when it is missing, fails, or takes longer than `seconds`.
    """
    done = _run(words, stdin, seconds)
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split())[:300]
        sentence = _("{program} did not do what was asked ({code}): {said}")
        raise NotReady(sentence.format(program=" ".join(words[:3]), code=done.returncode, said=said or "-"))
    return done.stdout


def works(*words: str) -> bool:
    """Returns whether the program exists and ends with success."""
    try:
        return _run(words, None, _SECONDS).returncode == 0
    except NotReady:
        return False


def _run(words: tuple[str, ...], stdin: bytes | None, seconds: float | None) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(words, input=stdin or b"", capture_output=True, check=False, timeout=seconds)
    except FileNotFoundError:
        raise NotReady(_("{program} is not installed on this machine.").format(program=words[0])) from None
    except subprocess.TimeoutExpired:
        raise NotReady(_("{program} did not answer.").format(program=words[0])) from None
    except OSError as error:
        sentence = _("{program} cannot be run: {reason}.")
        raise NotReady(sentence.format(program=words[0], reason=system_reason(error))) from None


def on_system_clock(instant: datetime) -> datetime:
    """Returns `instant` in the machine's own time zone, which daemons use, whatever TZ is in this process."""
    try:
        with _LOCAL_TIME.open("rb") as file:
            return instant.astimezone(ZoneInfo.from_file(file))
    except (OSError, ValueError):  # Windows, or a machine without a time zone
        return here(instant)
