"""The connections of one client to one host: verified TLS, the environment's proxy, no redirects, cookies or netrc."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _
from alleo_onboard.net.address import is_loopback
from alleo_onboard.net.body import BodyCutShort, whole
from alleo_onboard.net.tls import ssl_context

if TYPE_CHECKING:
    import ssl

    import httpx

CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0
_KEPT_SECONDS = 60.0


def proxy_for(url: str) -> str | None:
    """The proxy that environment or system name for `url`; never one for a loopback host."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_loopback(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy:
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


class Connections:
    """The connections to the host of `url`: as many as there are requests at one time, kept for the next ones.

    Each is a transport of its own, because a shared pool looks at all its connections for every request. A bare
    transport knows no redirects, cookies, netrc or logging of addresses. Making one raises Usage when `ca_file` or
    the environment's proxy cannot be used.
    """

    def __init__(self, url: str, ca_file: str | None = None) -> None:
        # Its debug log shows the headers of answers, and Personio echoes the token in one.
        logging.getLogger("httpcore").setLevel(logging.WARNING)
        self._context = ssl_context(ca_file)
        self._proxy = _proxy(proxy_for(url), self._context)
        self._idle: list[httpx.AsyncHTTPTransport] = []
        self._all: list[httpx.AsyncHTTPTransport] = []
        self._idle.append(self._open())

    async def send(self, request: httpx.Request, seconds: float) -> tuple[httpx.Response, bytes]:
        """The answer and its body, within `seconds` from first byte to last.

        Raises `httpx.RequestError`, TimeoutError, TooLarge, or BodyCutShort when it came to an end too early.
        """
        import httpx

        transport = self._idle.pop() if self._idle else self._open()
        try:
            async with asyncio.timeout(seconds):
                response = await transport.handle_async_request(request)
                try:
                    return response, await whole(response)
                except (httpx.RequestError, OSError):
                    raise BodyCutShort from None
                finally:
                    await response.aclose()
        finally:
            self._idle.append(transport)

    async def aclose(self) -> None:
        for transport in self._all:
            await transport.aclose()

    def _open(self) -> httpx.AsyncHTTPTransport:
        import httpx

        limits = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=_KEPT_SECONDS)
        try:
            transport = httpx.AsyncHTTPTransport(verify=self._context, proxy=self._proxy, limits=limits)
        except ImportError:
            raise Usage(_("SOCKS proxies are not supported; use an HTTP proxy.")) from None
        self._all.append(transport)
        return transport


def _proxy(address: str | None, context: ssl.SSLContext) -> httpx.Proxy | None:
    import httpx

    if address is None:
        return None
    try:
        return httpx.Proxy(address, ssl_context=context if address.startswith("https:") else None)
    except (ValueError, httpx.InvalidURL):
        said = _("The proxy that the environment names cannot be used; it has to look like http://host:port.")
        raise Usage(said) from None


def timeouts() -> dict[str, dict[str, float | None]]:
    """The extensions of a request that limit how long connecting and each read or write may take, in seconds."""
    limits = {"connect": CONNECT_SECONDS, "read": READ_SECONDS, "write": READ_SECONDS, "pool": None}
    return {"timeout": limits}
