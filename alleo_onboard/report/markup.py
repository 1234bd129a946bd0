"""Makes outside text safe for HTML: escaped, and without characters that HTML does not allow."""

from __future__ import annotations

import html
import re

# Control characters and surrogates are not allowed in HTML; direction marks could reverse a line.
_BARRED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Returns `text` with U+FFFD for each forbidden character."""
    return _BARRED.sub("\N{REPLACEMENT CHARACTER}", text) if _BARRED.search(text) else text


def text(value: str) -> str:
    """Returns `value` as the text of an element, or of an attribute in double quotes."""
    return html.escape(clean(value))
