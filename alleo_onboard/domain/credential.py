"""Recognises the two halves of a Personio credential, so that a secret is not shown where an id belongs.

Client ids are `papi-` and a UUID; secrets are `papi-` and 86 characters of base64url; older ones are plain text
(facts/personio.md, "Credentials"; Personio's API description).
"""

from __future__ import annotations

import re

_ID = "papi-00000000-0000-0000-0000-000000000000"
_HEX = frozenset("0123456789abcdefABCDEF")
_LONG = 28  # characters; e-mail addresses, names and numbers are shorter or contain other characters
_DENSE = re.compile(r"[A-Za-z0-9_\-+/=.~]+")
_TAIL = 4


def may_be_id(text: str) -> bool:
    """Returns whether `text` is a client id or the beginning of one."""
    return len(text) <= len(_ID) and all(map(_fits, text.lower(), _ID))


def _fits(given: str, sample: str) -> bool:
    """Returns whether a character fits the same place of the sample id."""
    return given in _HEX if sample == "0" else given == sample


def is_id(text: str) -> bool:
    """Returns whether `text` is a complete client id."""
    return len(text) == len(_ID) and may_be_id(text)


def looks_secret(text: str) -> bool:
    """Returns whether `text` looks like a secret: long, no spaces, letters and digits mixed."""
    text = text.strip()
    if is_id(text) or "://" in text or "@" in text or len(text) < _LONG or not _DENSE.fullmatch(text):
        return False
    return text.startswith("papi-") or (any(map(str.isdigit, text)) and any(map(str.isalpha, text)))


def tail(secret: str) -> str:
    """Returns the last four characters of a secret, for comparison; "" when it is shorter than 16 characters."""
    return secret[-_TAIL:] if len(secret) >= _TAIL * _TAIL else ""


def split(pasted: str) -> tuple[str, str]:
    """Returns the client id and the secret found in pasted text; "" for what is missing."""
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
    """Returns a guess of the company name from an e-mail address: "Acme" for ada@mail.acme.co.uk. "" when unknown."""
    labels = [label for label in email.rpartition("@")[2].casefold().split(".") if label]
    if len(labels) < 2 or "@" not in email:
        return ""
    place = -3 if len(labels) > 2 and labels[-2] in _COMMON else -2
    name = labels[place]
    return "" if name in _PROVIDERS or not re.fullmatch(r"[\w-]+", name) else name.replace("-", " ").strip().title()
