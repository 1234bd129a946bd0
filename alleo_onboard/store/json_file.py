"""JSON that this program wrote, read as if anybody could have edited it since."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from alleo_onboard.store.paths import MEGABYTE, open_file

_YEARS = range(2000, 9000)  # an instant of any other may not exist in every time zone


def read(path: Path, most: int = MEGABYTE) -> Any:
    """Returns the JSON value in a file of at most `most` bytes.

    Raises OSError, Usage for what is no file, and ValueError for other content.
    """
    with open_file(path, most) as file:
        return parsed(file.read())


def parsed(text: str | bytes) -> Any:
    """Returns the value of a JSON text. Raises ValueError."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None


def instant(text: str) -> datetime:
    """Returns an ISO time with its zone. Raises ValueError, also for one of no age in which this program runs."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None or found.year not in _YEARS:
        raise ValueError("no instant")
    return found
