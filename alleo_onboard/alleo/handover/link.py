"""Recognises a one-time link in pasted text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from alleo_onboard.net.address import is_loopback

_KEY = re.compile(r"[0-9A-Za-z_-]{12,128}")
_LOCALE = re.compile(r"[a-z]{2}([_-][A-Za-z]{2,4})?")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_REWRITERS = (
    "safelinks.protection.outlook.com",
    "urldefense.com",
    "urldefense.proofpoint.com",
    "linkprotect.cudasvc.com",
)
_DEFENSE3 = re.compile(r"/v3/__(?P<url>.+?)__;", re.IGNORECASE)
_MOST_LAYERS = 3


class Problem(StrEnum):
    """Why pasted text is not a link that can be opened here."""

    NOTHING = "nothing"
    OTHER = "other"  # an address, but not of a one-time secret
    ONEPASSWORD = "1password"  # can be opened in a browser only
    RECEIPT = "receipt"  # the sender's own page, which must not be passed on
    PLAIN_HTTP = "plain_http"


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link: `root` is the service's address, `key` opens the secret and is never shown."""

    root: str
    key: str

    def __repr__(self) -> str:
        return f"Link({self.root}, ***)"


def recognised(text: str) -> Link | Problem:
    """Returns the link in `text`, or why there is none.

    Accepts a language in the path, a slash or tracking at the end, angle brackets, other words around it, and addresses
    rewritten by a mail gateway.
    """
    url = _unwrapped(text.strip())
    try:
        parts = urlsplit(url or "")
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return Problem.NOTHING
    return _judged(parts, host) if url else Problem.NOTHING


def _judged(parts: SplitResult, host: str) -> Link | Problem:
    if host == "share.1password.com" or host.endswith((".1password.com", ".1password.eu")):
        return Problem.ONEPASSWORD
    steps = [step for step in parts.path.split("/") if step]
    if len(steps) >= 2 and steps[-2] in ("receipt", "private", "metadata"):
        return Problem.RECEIPT
    if len(steps) < 2 or steps[-2] != "secret" or not _KEY.fullmatch(steps[-1]):
        return Problem.OTHER
    if parts.scheme.casefold() != "https" and not is_loopback(host):
        return Problem.PLAIN_HTTP
    before = steps[:-2]
    if before and _LOCALE.fullmatch(before[-1]):  # the reader's language
        before = before[:-1]
    root = f"{parts.scheme.casefold()}://{parts.netloc.rpartition('@')[2]}" + "".join(f"/{step}" for step in before)
    return Link(root, steps[-1])


def _unwrapped(text: str) -> str | None:
    """Returns the address in `text`, without what mail programs and gateways put around it; None when there is none."""
    found = _ADDRESS.search(text)
    url = found[0] if found else f"https://{text.strip('<> ')}" if re.match(r"<?[\w.-]+\.\w+/", text) else None
    for _layer in range(_MOST_LAYERS):
        if url is None:
            return None
        inner = _inside(url)
        if inner is None:
            return url.rstrip(".,;)>")
        url = inner
    return url


def _inside(url: str) -> str | None:
    """Returns the address that a mail gateway rewrote into `url`, or None."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if not (parts.hostname or "").endswith(_REWRITERS):
        return None
    if three := _DEFENSE3.search(url):
        return unquote(three["url"])
    query = parse_qs(parts.query)
    for name in ("url", "u", "a"):
        if name in query:
            value = query[name][0]
            # urldefense v2 writes "-" for "%" and "_" for "/".
            return value if "://" in value else unquote(value.replace("-", "%").replace("_", "/"))
    return None
