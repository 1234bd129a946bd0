"""The addresses that a client may use: https everywhere, http only to this machine."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _

_LONGEST_NAME = 253  # characters of a host (RFC 1035)


def is_loopback(host: str) -> bool:
    """Returns whether a host is this machine: localhost, 127.0.0.0/8 or ::1 (with or without brackets)."""
    name = host.strip("[]").casefold()
    if name == "localhost":
        return True
    import ipaddress

    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def checked_url(url: str) -> str:
    """Returns `url` without a slash at its end, if a client may use it as a base address.

    Raises Usage when it is not https (or http to a loopback host), or when it holds a user name, a query or a fragment.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise Usage(_("This is not an address: {url}").format(url=_shown(text))) from None
    if parts.scheme not in ("https", "http") or not host or any(c.isspace() or not c.isprintable() for c in text):
        raise Usage(_("The address has to look like https://host: {url}").format(url=_shown(text)))
    if len(host) > _LONGEST_NAME or not _can_be_named(host):
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
    """Returns whether a host name with non-ASCII letters, or in punycode, is valid (IDNA)."""
    if host.isascii() and "xn--" not in host:
        return True
    import httpx

    try:
        return bool(httpx.URL(f"https://{host}").host)
    except (httpx.InvalidURL, UnicodeError):
        return False


def host_of(url: str) -> str:
    """Returns the host and, when written, the port of an address, for use in a sentence."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:  # a server may send any text as an address
        return _shown(url)


def without_password(url: str) -> str:
    """Returns an address without the password that should not be in it; any other text as it is."""
    scheme, found, rest = url.partition("://")
    host = rest.partition("/")[0]
    user, at, name = host.rpartition("@")
    if not (found and at and ":" in user):
        return url
    return f"{scheme}://{user.partition(':')[0]}@{name}{rest[len(host) :]}"


def target_of(url: str, location: str) -> str:
    """Returns the host that a Location header in an answer from `url` points to, or its text if it is invalid."""
    try:
        return host_of(urljoin(url, location))
    except ValueError:
        return _shown(location)


def _shown(text: str) -> str:
    """Returns an invalid address without a possible password, at most 80 characters, for use in a sentence."""
    return "".join(c for c in text.rpartition("@")[2] if c.isprintable())[:80]
