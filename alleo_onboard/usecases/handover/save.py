"""Writes the message to a file that only its owner can read: the link is in it."""

from __future__ import annotations

from pathlib import Path

from alleo_onboard.store.paths import write_private


def message(path: Path, text: str) -> None:
    """Raises Usage when it cannot be written."""
    write_private(path, text.encode())
