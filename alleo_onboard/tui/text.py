"""Makes text from outside safe before a widget shows it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from textual.content import Content

from alleo_onboard.presentation.lines import Line, Tone

# Characters that change the direction of the text around them; a name with one could rewrite its neighbours.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = frozenset("\t\n\r\v\f\x85\u2028\u2029")
_UNSEEN = "\N{REPLACEMENT CHARACTER}"


def harmless(text: str) -> str:
    """Returns `text` on one line, with characters that control a terminal replaced by U+FFFD."""
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
    """Returns `text` as content that is never parsed as markup.

    Keeps line ends; replaces other characters that control a terminal. `style` is a Textual style such as "bold
    $warning" and must not come from outside.
    """
    content = Content("\n".join(map(harmless, text.split("\n"))))
    return content.stylize(style) if style else content


def joined(*parts: Content | str) -> Content:
    """Returns the parts joined. Strings are plain text, never markup."""
    return Content("").join([part if isinstance(part, Content) else plain(part) for part in parts])


def lines(parts: list[Content]) -> Content:
    """Returns the parts joined with line ends."""
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
    """Returns the lines joined with line ends, each in the colour of its tone."""
    return lines([plain(line.text, _STYLES[line.tone]) for line in told])
