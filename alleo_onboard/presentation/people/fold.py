"""Names and addresses reduced to what a hurried reader types: any case, accents or not."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not take apart, as people without the key write them.
_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}


class _Folds(dict[int, str]):
    """A translation table that works out each character once; far quicker than normalising every text."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code).casefold())
        plain = "".join(_PLAIN.get(part, part) for part in parts if not unicodedata.combining(part))
        self[code] = plain
        return plain


_TABLE = _Folds()
_GERMAN = _Folds({ord(char): plain for char, plain in zip("äöüÄÖÜ", ("ae", "oe", "ue") * 2, strict=True)})


def fold(text: str) -> str:
    """What `text` is compared by: "Müller" and "muller" are the same, and so are "Groß" and "gross"."""
    return text.lower() if text.isascii() else text.translate(_TABLE)


def fold_german(text: str) -> str:
    """The same for lists of German names: "Müller" stands where "Mueller" does (DIN 5007-2)."""
    return text.lower() if text.isascii() else text.translate(_GERMAN)
