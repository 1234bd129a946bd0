"""Everything that comes from outside becomes harmless text here, before a widget sees it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from textual.content import Content

from alleo_onboard.presentation.lines import Line, Tone

# Marks that turn the direction of the text around them, so that a name could rewrite its neighbours on the screen.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = frozenset("\t\n\r\v\f\x85\u2028\u2029")
_UNSEEN = "\N{REPLACEMENT CHARACTER}"


def harmless(text: str) -> str:
    """`text` on one line, with whatever steers a terminal shown as a replacement mark."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_one, text))


def _one(character: str) -> str:
    if character in _BREAKS:
        return " "
    if character in _TURNING or unicodedata.category(character) in ("Cc", "Cs"):
        return _UNSEEN
    return character


def plain(text: str, style: str = "") -> Content:
    """Content that is never parsed as markup. Line ends stay; everything else that steers a terminal is shown.

    `style` is ours alone: a Textual style such as "bold $warning".
    """
    content = Content("\n".join(map(harmless, text.split("\n"))))
    return content.stylize(style) if style else content


def joined(*parts: Content | str) -> Content:
    """Parts one after the other; strings are taken as they are, never as markup."""
    return Content("").join([part if isinstance(part, Content) else plain(part) for part in parts])


def lines(parts: list[Content]) -> Content:
    return Content("\n").join(parts)


_STYLES = {
    Tone.PLAIN: "",
    Tone.QUIET: "$quiet",
    Tone.STRONG: "bold",
    Tone.GOOD: "$success",
    Tone.WARNING: "$warning",
    Tone.STRONG_GOOD: "bold $success",
    Tone.STRONG_WARNING: "bold $warning",
}


def toned(told: Iterable[Line]) -> Content:
    """Lines one under the other, each in the colour of its tone."""
    return lines([plain(line.text, _STYLES[line.tone]) for line in told])
