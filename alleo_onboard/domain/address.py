"""E-mail addresses: checks their form and compares them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from alleo_onboard.domain.text import trimmed, unseen

LONGEST = 254  # characters; RFC 5321, section 4.5.3.1.3, without the angle brackets
# The form that company mail servers accept: no spaces or quotes, dots only between other characters (RFC 5321, section
# 4.1.2), exactly one @, a domain with at least one dot.
_ADDRESS = re.compile(
    r"(?=[^@]{1,64}@)[^\s@.\"(),:;<>\[\]\\]+(?:\.[^\s@.\"(),:;<>\[\]\\]+)*"
    r"@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])?"
)
_ACE = "xn--"  # prefix of a domain label in punycode (RFC 5890, section 2.3.2.1)


def valid(address: str) -> bool:
    """Returns whether `address` has the form of an e-mail address. Does not ask any mail server."""
    composed = unicodedata.normalize("NFC", address)
    return len(address) <= LONGEST and not unseen(address) and _ADDRESS.fullmatch(composed) is not None


def email_key(email: str) -> str:
    r"""Returns the key by which addresses are compared: trimmed, case-folded, NFC, with punycode domains decoded.

    Two addresses with the same key are the same address: "mu\\u0308ller@xn--strae-oqa.example" and
    "MÜLLER@straße.example".
    """
    text = trimmed(email)
    if text.isascii() and _ACE not in text.lower():
        return text.lower()
    return _composed(text)


@lru_cache(maxsize=16_384)
def _composed(text: str) -> str:
    """Returns the key of a trimmed address that is not plain ASCII."""
    local, at, domain = text.rpartition("@")
    return _folded(local) + at + ".".join(_folded(_read(label)) for label in domain.split("."))


def _folded(text: str) -> str:
    """Returns the text case-folded and in NFC."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _read(label: str) -> str:
    """Returns a domain label with punycode decoded. Invalid punycode is returned unchanged."""
    if not label.lower().startswith(_ACE):
        return label
    try:
        return label[len(_ACE) :].lower().encode("ascii").decode("punycode")
    except UnicodeError:
        return label
