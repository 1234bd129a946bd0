"""Mail addresses: which ones can be used, and which ones are the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from alleo_onboard.domain.text import trimmed, unseen

LONGEST = 254  # RFC 5321, section 4.5.3.1.3, without the angle brackets
# As mail servers of companies accept it: no spaces or quotes, dots only between other characters (RFC 5321, section
# 4.1.2), one @, a dotted domain.
_ADDRESS = re.compile(
    r"(?=[^@]{1,64}@)[^\s@.\"(),:;<>\[\]\\]+(?:\.[^\s@.\"(),:;<>\[\]\\]+)*"
    r"@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])?"
)
_ACE = "xn--"  # RFC 5890, section 2.3.2.1


def valid(address: str) -> bool:
    """Whether mail can be sent to an address, as far as its form tells."""
    composed = unicodedata.normalize("NFC", address)
    return len(address) <= LONGEST and not unseen(address) and _ADDRESS.fullmatch(composed) is not None


def email_key(email: str) -> str:
    """What makes two addresses the same: trimmed, without case, composed, and the domain as it is read.

    "mu\\u0308ller@xn--strae-oqa.example" and "MÜLLER@straße.example" are one address.
    """
    text = trimmed(email)
    if text.isascii() and _ACE not in text.lower():
        return text.lower()
    return _composed(text)


@lru_cache(maxsize=16_384)
def _composed(text: str) -> str:
    local, at, domain = text.rpartition("@")
    return _folded(local) + at + ".".join(_folded(_read(label)) for label in domain.split("."))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _read(label: str) -> str:
    """A label of a domain as it is read; a punycode that is none is left as it is."""
    if not label.lower().startswith(_ACE):
        return label
    try:
        return label[len(_ACE) :].lower().encode("ascii").decode("punycode")
    except UnicodeError:
        return label
