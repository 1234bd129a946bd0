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

_SECONDS = 60.0
_LOCAL_TIME = Path("/etc/localtime")


def there(program: str) -> bool:
    return shutil.which(program) is not None


def is_root() -> bool:
    """Whether this is the administrator of a Unix machine."""
    return sys.platform != "win32" and os.geteuid() == 0


def user_home() -> Path:
    """The home folder of this user; a container's user without a name and without HOME has none: then "/"."""
    try:
        return Path.home()
    except RuntimeError:
        return Path("/")


def throwaway(prefix: Path) -> bool:
    """Whether this Python lives in a cache of uv or pipx, which empty it whenever they like (`uvx`, `pipx run`)."""
    parts = [part.casefold() for part in prefix.parts]
    return any(name in ("uv", "pipx") for name in parts) and any("cache" in part for part in parts)


def call(*words: str, stdin: bytes | None = None, seconds: float | None = _SECONDS) -> bytes:
    """What the program printed. Raises NotReady when it is missing, fails or takes too long."""
    done = _run(words, stdin, seconds)
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split())[:300]
        sentence = _("{program} did not do what was asked ({code}): {said}")
        raise NotReady(sentence.format(program=" ".join(words[:3]), code=done.returncode, said=said or "-"))
    return done.stdout


def works(*words: str) -> bool:
    """Whether the program is there and ends well."""
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
        raise NotReady(sentence.format(program=words[0], reason=error.strerror or "?")) from None


def on_system_clock(instant: datetime) -> datetime:
    """`instant` as the machine's daemons see it: by its own time zone, whatever TZ says for this process."""
    try:
        with _LOCAL_TIME.open("rb") as file:
            return instant.astimezone(ZoneInfo.from_file(file))
    except (OSError, ValueError):  # Windows, or a machine that was never told where it is
        return instant.astimezone()
