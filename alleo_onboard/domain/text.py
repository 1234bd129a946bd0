"""Finds, strips and shows characters that are invisible on a screen (Unicode categories Cc, Cf, Cs)."""

from __future__ import annotations

import re
import unicodedata

# Control, format and half characters, separators of lines and paragraphs (Unicode, general categories).
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Letters and signs without a shape of their own, and what decoders put in the place of broken text.
_SHAPELESS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffd"
_ODD = re.compile(f"[{_SHAPELESS}]")


def _seen(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN and char not in _SHAPELESS


def unseen(text: str) -> bool:
    """Whether a text holds a character that nobody sees; blanks (a no-break space too) are seen."""
    if text.isprintable():
        return not text.isascii() and _ODD.search(text) is not None
    return not all(map(_seen, text))


def trimmed(text: str) -> str:
    """The text without blanks and unseen characters at its ends. Broken characters (U+FFFD) stay where they are."""
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
    return char.isspace() or (char != "\ufffd" and not _seen(char))


def plain(text: str) -> str:
    """The text with line ends and tabs as spaces and without any other unseen character."""
    text = trimmed(text)
    if not unseen(text):
        return text
    return "".join(" " if char.isspace() else char for char in text if char.isspace() or _seen(char)).strip()


def shown(text: str) -> str:
    """The text with what nobody sees written out: blanks at the ends and no-break ones too.

    "Alleo\\u200b " becomes "Alleo[U+200B][U+0020]". A plain text is given back as it is.
    """
    inner = text.strip(" ")
    lead, rest = len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" "))
    if not inner:
        return _code(" ") * len(text)
    middle = "".join(c if c == " " or (_seen(c) and not c.isspace()) else _code(c) for c in inner)
    return _code(" ") * lead + middle + _code(" ") * rest


def told(label: str, right: str = "") -> str:
    """A label as a person is told of it: blanks at its ends only where they are all that is wrong with it."""
    bare = trimmed(label)
    return shown(label if bare == right else bare)


def _code(char: str) -> str:
    return f"[U+{ord(char):04X}]"
