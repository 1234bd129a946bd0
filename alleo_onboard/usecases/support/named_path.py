"""Turns a typed or pasted path into a Path: removes the quotes, backslashes or file:// that terminals add."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

_QUOTES = ("''", '""', "“”", "‘’", "„“", "<>")
_POWERSHELL = re.compile(r"&\s+(?=['\"])")  # what PowerShell puts before a quoted path that is dragged in


def named_path(text: str) -> Path:
    """Returns the path in `text`, with `~` expanded. Text that names an existing file is taken as it is.

    Otherwise removes: quotes around it, backslashes before characters (not on Windows, where they separate folders), a
    `file://` address, and PowerShell's `&`.
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
    """Returns the path with `~` expanded; unchanged if the home folder is unknown."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long, or contains a zero byte
        return False
