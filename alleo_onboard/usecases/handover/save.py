"""Saves the message to a file that only its owner can read, because the link is in it."""

from __future__ import annotations

from pathlib import Path

from alleo_onboard.store.paths import write_private


def message(path: Path, text: str) -> None:
    """Writes the file. Raises Usage."""
    write_private(path, text.encode())
