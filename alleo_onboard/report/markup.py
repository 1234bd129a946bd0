"""Text from outside made safe for HTML: escaped, and without characters that no page may hold."""

from __future__ import annotations

import html
import re

# Control characters and halves of characters are nothing a page may hold; direction marks could turn a line around.
_BARRED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """`text` with a question mark for each character that is not text."""
    return _BARRED.sub("\N{REPLACEMENT CHARACTER}", text) if _BARRED.search(text) else text


def text(value: str) -> str:
    """`value` as the text of an element, or of an attribute in double quotes."""
    return html.escape(clean(value))
