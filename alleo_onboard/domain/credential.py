"""What the halves of a Personio credential look like, so that neither stands where it would be seen.

Client ids are `papi-` and a UUID, secrets `papi-` and 86 letters of base64url; older ones are plain text
(facts/personio.md, "Credentials"; Personio's own API description).
"""

from __future__ import annotations

import re

_ID = "papi-00000000-0000-0000-0000-000000000000"
_HEX = frozenset("0123456789abcdefABCDEF")
_LONG = 28  # letters; addresses, names and numbers of people are shorter or have other signs in them
_DENSE = re.compile(r"[A-Za-z0-9_\-+/=.~]+")
_TAIL = 4


def may_be_id(text: str) -> bool:
    """Whether `text` is a client id, or the beginning of one while it is typed."""
    return len(text) <= len(_ID) and all(map(_fits, text.lower(), _ID))


def _fits(given: str, sample: str) -> bool:
    return given in _HEX if sample == "0" else given == sample


def is_id(text: str) -> bool:
    return len(text) == len(_ID) and may_be_id(text)


def looks_secret(text: str) -> bool:
    """Whether `text` is too dense to be anything but a secret: long, without spaces, letters and digits mixed."""
    text = text.strip()
    if is_id(text) or "://" in text or "@" in text or len(text) < _LONG or not _DENSE.fullmatch(text):
        return False
    return text.startswith("papi-") or (any(map(str.isdigit, text)) and any(map(str.isalpha, text)))


def tail(secret: str) -> str:
    """The last letters of a hidden value, to compare it by; "" where they would be a good part of it."""
    return secret[-_TAIL:] if len(secret) >= _TAIL * _TAIL else ""


def split(pasted: str) -> tuple[str, str]:
    """A client id and a secret out of one paste, "" for what it does not hold."""
    words = [word.strip(" ,;:\"'") for word in pasted.split()]
    found = next((word for word in words if is_id(word)), "")
    return found, next((word for word in words if word != found and looks_secret(word)), "")


_COMMON = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})
_PROVIDERS = frozenset(
    {
        "gmail",
        "googlemail",
        "outlook",
        "hotmail",
        "live",
        "icloud",
        "yahoo",
        "gmx",
        "web",
        "t-online",
        "ziggo",
        "kpnmail",
    }
)


def company_of(email: str) -> str:
    """What a company may be called by an address of its people: "Acme" for ada@mail.acme.co.uk; "" for none."""
    labels = [label for label in email.rpartition("@")[2].casefold().split(".") if label]
    if len(labels) < 2 or "@" not in email:
        return ""
    place = -3 if len(labels) > 2 and labels[-2] in _COMMON else -2
    name = labels[place]
    return "" if name in _PROVIDERS or not re.fullmatch(r"[\w-]+", name) else name.replace("-", " ").strip().title()
