"""Addresses a client may talk to: TLS everywhere, plain HTTP only to this machine."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by name or number: localhost, 127.0.0.0/8 or ::1 (with or without brackets)."""
    name = host.strip("[]").casefold()
    if name == "localhost":
        return True
    import ipaddress

    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def checked_url(url: str) -> str:
    """`url` without a slash at its end, when a client may use it as a base.

    Raises Usage when it is not https (or http to a loopback host), or carries a user, a query or a fragment.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise Usage(_("This is not an address: {url}").format(url=_shown(text))) from None
    if parts.scheme not in ("https", "http") or not host or any(c.isspace() or not c.isprintable() for c in text):
        raise Usage(_("The address has to look like https://host: {url}").format(url=_shown(text)))
    if not _can_be_named(host):
        raise Usage(_("This is not an address: {url}").format(url=_shown(text)))
    if parts.username is not None or parts.query or parts.fragment:
        raise Usage(
            _("The address of {host} must not hold a user name, a password or a part after ? or #.").format(host=host)
        )
    if parts.scheme == "http" and not is_loopback(host):
        raise Usage(
            _("The address of {host} starts with http://, which is not encrypted. Use https://.").format(host=host)
        )
    return text.rstrip("/")


def _can_be_named(host: str) -> bool:
    """Whether a name with other letters than those of DNS, in either of its spellings, is one that can be looked up."""
    if host.isascii() and "xn--" not in host:
        return True
    import httpx

    try:
        return bool(httpx.URL(f"https://{host}").host)
    except (httpx.InvalidURL, UnicodeError):
        return False


def host_of(url: str) -> str:
    """The host and, where it is written, the port: what a sentence names."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:  # a server may send anything as an address
        return _shown(url)


def target_of(url: str, location: str) -> str:
    """The host that an answer of `url` sends to; where its address is none, what of it can be shown."""
    try:
        return host_of(urljoin(url, location))
    except ValueError:
        return _shown(location)


def _shown(text: str) -> str:
    """An address that is none, without what could be a password and short enough for a sentence."""
    return "".join(c for c in text.rpartition("@")[2] if c.isprintable())[:80]
