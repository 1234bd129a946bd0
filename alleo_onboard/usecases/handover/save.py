"""Saves the message to a file that only its owner can read, because the link is in it."""

from __future__ import annotations

from pathlib import Path

from alleo_onboard.store.paths import prove_writable, write_private


def prove(path: Path) -> None:
    """Makes sure that the file can be written, before there is a link to write into it. Raises Usage."""
    prove_writable(path)


def message(path: Path, text: str) -> None:
    """Writes the file. Raises Usage."""
    write_private(path, text.encode())
