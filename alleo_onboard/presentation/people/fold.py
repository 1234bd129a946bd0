"""Normalises names and addresses for searching: ignores case and accents."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not decompose, as people type them without such a key.
_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}


class _Folds(dict[int, str]):
    """A translation table that computes each character once. Much faster than normalising every text."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code).casefold())
        plain = "".join(_PLAIN.get(part, part) for part in parts if not unicodedata.combining(part))
        self[code] = plain
        return plain


_TABLE = _Folds()
_GERMAN = _Folds({ord(char): plain for char, plain in zip("äöüÄÖÜ", ("ae", "oe", "ue") * 2, strict=True)})


def fold(text: str) -> str:
    """Returns the text for comparison: "Müller" equals "muller", "Groß" equals "gross"."""
    return text.lower() if text.isascii() else text.translate(_TABLE)


def fold_german(text: str) -> str:
    """Returns the text for sorting German names: "Müller" sorts as "Mueller" (DIN 5007-2)."""
    return text.lower() if text.isascii() else text.translate(_GERMAN)
