"""Finds, removes and shows characters that are invisible on a screen."""

from __future__ import annotations

import re
import unicodedata

# Control and format characters, surrogates, line and paragraph separators (Unicode general categories).
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Letters and signs without a visible shape, and U+FFFD, which decoders put in place of broken text.
_SHAPELESS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffd"
_ODD = re.compile(f"[{_SHAPELESS}]")


def _seen(char: str) -> bool:
    """Returns whether a character is visible."""
    return unicodedata.category(char) not in _UNSEEN and char not in _SHAPELESS


def unseen(text: str) -> bool:
    """Returns whether `text` holds an invisible character. Spaces count as visible, a no-break space too."""
    if text.isprintable():
        return not text.isascii() and _ODD.search(text) is not None
    return not all(map(_seen, text))


def trimmed(text: str) -> str:
    """Returns `text` without spaces and invisible characters at its ends. U+FFFD is kept."""
    text = text.strip()
    if not text or not unseen(text):
        return text
    first, last = 0, len(text)
    while first < last and _loose(text[first]):
        first += 1
    while last > first and _loose(text[last - 1]):
        last -= 1
    return text[first:last]


def _loose(char: str) -> bool:
    """Returns whether a character is removed at the ends of a text."""
    return char.isspace() or (char != "\ufffd" and not _seen(char))


def plain(text: str) -> str:
    """Returns `text` with line ends and tabs as spaces and without other invisible characters."""
    text = trimmed(text)
    if not unseen(text):
        return text
    return "".join(" " if char.isspace() else char for char in text if char.isspace() or _seen(char)).strip()


def shown(text: str) -> str:
    r"""Returns `text` with invisible characters as codes; spaces at the ends and no-break spaces too.

    "Alleo\\u200b " becomes "Alleo[U+200B][U+0020]". Text without such characters is returned unchanged.
    """
    inner = text.strip(" ")
    lead, rest = len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" "))
    if not inner:
        return _code(" ") * len(text)
    middle = "".join(c if c == " " or (_seen(c) and not c.isspace()) else _code(c) for c in inner)
    return _code(" ") * lead + middle + _code(" ") * rest


def told(label: str, right: str = "") -> str:
    """Returns a label for a person to read.

    Spaces at its ends are shown only if they are all that differs from `right`.
    """
    bare = trimmed(label)
    return shown(label if bare == right else bare)


def _code(char: str) -> str:
    return f"[U+{ord(char):04X}]"
