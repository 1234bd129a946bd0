"""Cuts and pads text to a number of terminal cells, so that columns line up for all names."""

from __future__ import annotations

import re
import unicodedata

from rich.cells import cell_len, chop_cells, set_cell_size

from alleo_onboard.tui.text import harmless

_CUT = "…"
_MOST_MARKS = 2  # on one letter; more would cover other rows
# Characters every terminal draws one cell wide. Most names contain only these and take the fast path.
_EASY = re.compile(r"[\x20-\x7e\xa1-\xac\xae-\u02ff]*")


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Returns `text` in exactly `width` cells, padded, or cut with an ellipsis."""
    if _EASY.fullmatch(text):
        if len(text) > width:
            text = text[: width - 1].rstrip() + _CUT if width else ""
        return text.rjust(width) if right else text.ljust(width)
    text = aligned(text)
    size = cell_len(text)
    if size > width:
        text = set_cell_size(text, width - 1).rstrip() + _CUT if width else ""
        size = cell_len(text)
    space = " " * (width - size)
    return space + text if right else text + space


def wrapped(text: str, width: int) -> list[str]:
    """Returns `text` as lines of at most `width` cells, broken between words where possible."""
    lines = [""]
    for word in aligned(text).split():
        for place, part in enumerate(_parts(word, max(2, width))):
            longer = f"{lines[-1]}{'' if place else ' '}{part}" if lines[-1] else part
            if cell_len(longer) <= width or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(part)
    return lines


def _parts(word: str, width: int) -> list[str]:
    """Returns a word split to fit `width` cells: before "@", else after a dot, dash or slash, else anywhere."""
    if cell_len(word) <= width:
        return [word]
    for joint in (r"(?=@)", r"(?<=[._\-/])"):
        pieces = [piece for piece in re.split(joint, word) if piece]
        if len(pieces) > 1 and all(cell_len(piece) <= width for piece in pieces):
            return pieces
    return chop_cells(word, width)


def aligned(text: str) -> str:
    """Returns safe text without characters whose width varies by terminal: joiners, variants, stacked accents."""
    if _EASY.fullmatch(text):
        return text
    kept: list[str] = []
    marks = _MOST_MARKS
    for character in unicodedata.normalize("NFC", harmless(text)):
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS and not _varies(character, category):
            kept.append(" " if category == "Zs" else character)
    return "".join(kept)


def _varies(character: str, category: str) -> bool:
    """Returns True for zero-width joiners, variation selectors, skin tones, and unassigned or private characters."""
    return category in ("Cf", "Co", "Cn") or character in "\ufe0e\ufe0f" or "\U0001f3fb" <= character <= "\U0001f3ff"
