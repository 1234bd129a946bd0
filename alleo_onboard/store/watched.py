"""What the daily watch saw last, to tell what is new: `<data folder>/watched/<profile>.json`.

Holds no names, addresses, birthdays or amounts: only ids, decisions with reasons, and a keyed hash of each person's
budgets.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from alleo_onboard.store import json_file
from alleo_onboard.store.paths import Home, file_stem, private_dir, write_private

_MOST_BYTES = 64 << 20


def watch_path(home: Home, profile: str) -> Path:
    """Returns the file of a profile."""
    return home.data / "watched" / f"{file_stem(profile)}.json"


def load(home: Home, profile: str) -> Mapping[str, Any] | None:
    """Returns what was stored last: None when nothing was, an empty mapping when it cannot be read any more."""
    try:
        found = json_file.read(watch_path(home, profile), _MOST_BYTES)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def save(home: Home, profile: str, seen: Mapping[str, Any]) -> None:
    """Stores what was seen. Raises Usage when it cannot be written."""
    path = watch_path(home, profile)
    private_dir(path.parent)
    write_private(path, json.dumps(seen).encode())
