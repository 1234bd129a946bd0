"""The file that a person means by what they typed or pasted: terminals put quotes, backslashes or file:// around it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

_QUOTES = ("''", '""', "“”", "‘’", "„“", "<>")
_POWERSHELL = re.compile(r"&\s+(?=['\"])")  # what PowerShell puts before a quoted path that was dragged in


def named_path(text: str) -> Path:
    """The path in `text`, its `~` expanded. What is taken away is only what does not belong to an existing file's name.

    Understood: quotes around it, backslashes before spaces and signs (not on Windows, where they part folders), a
    `file://` address, and what follows the `&` of PowerShell.
    """
    bare = _POWERSHELL.sub("", text.strip(), count=1)
    if _there(path := _home(bare)):
        return path
    if len(bare) > 1 and bare[0] + bare[-1] in _QUOTES:
        return _home(bare[1:-1].strip())
    if bare.casefold().startswith("file://"):
        return _of_address(bare)
    return _home(bare if sys.platform == "win32" else re.sub(r"\\(.)", r"\1", bare))


def _of_address(address: str) -> Path:
    path = unquote(urlsplit(address).path)
    return Path(path[1:] if re.match(r"/[A-Za-z]:", path) else path)


def _home(text: str) -> Path:
    """Raises nothing for a home folder that nobody knows: the name is left as it was typed."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long, or with a zero byte in it
        return False
