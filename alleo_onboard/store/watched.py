"""What the watch saw last, so that it can tell what is new: `<data folder>/watched/<profile>.json`.

No name, address, birthday or amount: ids, decisions with their reasons, and a keyed fingerprint of each one's budgets.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from alleo_onboard.store.paths import Home, file_stem, open_file, private_dir, write_private

_MOST_BYTES = 64 << 20


def watch_path(home: Home, profile: str) -> Path:
    return home.data / "watched" / f"{file_stem(profile)}.json"


def load(home: Home, profile: str) -> Mapping[str, Any] | None:
    """What was written last; None where there is nothing, or nothing that can be read: then everything is new."""
    try:
        with open_file(watch_path(home, profile), _MOST_BYTES) as file:
            found = json.loads(file.read())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def save(home: Home, profile: str, seen: Mapping[str, Any]) -> None:
    """Raises Usage when it cannot be written."""
    path = watch_path(home, profile)
    private_dir(path.parent)
    write_private(path, json.dumps(seen).encode())
