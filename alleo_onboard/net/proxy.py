"""Finds the proxy for a host: from the environment or the operating system, with their exceptions."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.net.address import is_loopback

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Proxy:
    """An HTTP proxy. `address` is scheme://host:port, without user name and password."""

    address: str
    sign_in: tuple[str, Secret] | None = None  # user name and password

    @property
    def host(self) -> str:
        """Returns host and port, for use in a sentence."""
        return self.address.partition("://")[2]


def proxy_for(url: str) -> Proxy | None:
    """Returns the proxy for the host of `url`, or None. A loopback host never has one.

    Raises Usage when the proxy for this host cannot be used; other proxies are not checked.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_loopback(host) or _excepted(host, parts.port or _PORTS.get(parts.scheme)):
        return None
    proxies = getproxies()
    named = (proxies.get(parts.scheme) or proxies.get("all") or "").strip()
    if not named:
        return None
    return _proxy(named if "://" in named else f"http://{named}")


def _proxy(address: str) -> Proxy:
    """Returns the proxy for an address. Raises Usage."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme.startswith("socks"):
        raise Usage(_("SOCKS proxies are not supported; use an HTTP proxy."))
    if parts.scheme not in _PORTS or not host or not host.isascii() or not host.isprintable():
        said = _("The proxy that the environment names cannot be used; it has to look like http://host:port.")
        raise Usage(said)
    shown = f"[{host}]" if ":" in host else host
    sign_in = (unquote(parts.username), Secret(unquote(parts.password or ""))) if parts.username else None
    return Proxy(f"{parts.scheme}://{shown}:{port or _PORTS[parts.scheme]}", sign_in)


def _excepted(host: str, port: int | None) -> bool:
    """Returns whether NO_PROXY, or the operating system's proxy setting, excludes a host."""
    listed = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    entries = listed.replace(",", " ").split()
    return any(_covers(entry.casefold(), host.casefold(), port) for entry in entries) or bool(proxy_bypass(host))


def _covers(entry: str, host: str, port: int | None) -> bool:
    """Returns whether an entry of NO_PROXY matches a host.

    An entry is `*`, a domain with its subdomains, an IP address or a network, each with an optional port (what curl, Go
    and Python have in common).
    """
    if entry == "*":
        return True
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        pass
    try:
        parts = urlsplit(f"//{entry}")
        name, wanted = (parts.hostname or "").removeprefix("*").strip("."), parts.port
    except ValueError:
        return False
    if not name or (wanted is not None and wanted != port):
        return False
    host = host.rstrip(".")
    return host == name or host.endswith(f".{name}")
