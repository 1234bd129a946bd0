"""The connections of one client to one host: verified TLS, proxy, no redirects, no cookies."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.progress import Why
from alleo_onboard.locale import _
from alleo_onboard.net.address import host_of
from alleo_onboard.net.body import BodyCutShort, TooLarge, too_large, whole
from alleo_onboard.net.failure import Failure, NoAnswer, cut_short, no_answer
from alleo_onboard.net.proxy import Proxy, proxy_for
from alleo_onboard.net.tls import ssl_context

if TYPE_CHECKING:
    import ssl

    import httpx

CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0
_KEPT_SECONDS = 60.0
_TIMEOUT = {"connect": CONNECT_SECONDS, "read": READ_SECONDS, "write": READ_SECONDS, "pool": None}

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Received:
    """One answer. Header names are in lower case; values of a repeated header are joined with a comma."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class Connections:
    """The connections to the host of `url`: one for each parallel request, kept open for the next ones.

    Each has its own httpx transport, because a shared pool scans all its connections for every request. A bare
    transport follows no redirects, keeps no cookies, reads no netrc and logs no addresses.
    """

    def __init__(self, url: str, ca_file: str | None = None) -> None:
        """Opens nothing yet. Raises Usage when `ca_file` or the proxy of the environment cannot be used."""
        import httpx

        # httpcore's debug log shows response headers, and Personio repeats the token in one of them.
        logging.getLogger("httpcore").setLevel(logging.WARNING)
        self.proxy = proxy_for(url)
        self._host, self._url = host_of(url), httpx.URL(url)
        self._context = ssl_context(ca_file)
        self._proxy = _proxy(self.proxy, self._context)
        self._idle: list[httpx.AsyncHTTPTransport] = []
        self._all: list[httpx.AsyncHTTPTransport] = []

    async def send(
        self, method: str, target: bytes, headers: Headers, content: bytes | None, seconds: float
    ) -> Received:
        """Sends one request and returns its answer. Raises NoAnswer.

        `target` is path and query, percent-encoded. `seconds` limits the whole exchange, up to the last byte of the
        body.
        """
        import httpx

        request = self._request(method, target, headers, content)
        transport = self._idle.pop() if self._idle else self._open()
        try:
            async with asyncio.timeout(seconds):
                return await _received(transport, request)
        except TooLarge:
            failure = Failure(Why.SERVER_ERROR, too_large(self._host), final=True)
        except BodyCutShort:
            failure = Failure(Why.SERVER_ERROR, cut_short(self._host))
        except (httpx.RequestError, OSError) as error:
            failure = no_answer(error, self._host, self.proxy)
        finally:
            self._idle.append(transport)
        raise NoAnswer(failure)

    async def aclose(self) -> None:
        """Closes all connections."""
        for transport in self._all:
            await transport.aclose()

    def _request(self, method: str, target: bytes, headers: Headers, content: bytes | None) -> httpx.Request:
        """Returns the request for httpx.

        Parsing a URL takes five times as long as all the rest, so the path is given as httpx's extension "target". With
        a proxy that extension would replace the whole address, so then a full URL is made.
        """
        import httpx

        url, extensions = self._url, {"timeout": _TIMEOUT, "target": target}
        if self.proxy:
            url, extensions = self._url.copy_with(raw_path=target), {"timeout": _TIMEOUT}
        return httpx.Request(method, url, headers=list(headers), content=content, extensions=extensions)

    def _open(self) -> httpx.AsyncHTTPTransport:
        """Returns a new transport with a single connection."""
        import httpx

        limits = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=_KEPT_SECONDS)
        transport = httpx.AsyncHTTPTransport(verify=self._context, proxy=self._proxy, limits=limits)
        self._all.append(transport)
        return transport


async def _received(transport: httpx.AsyncHTTPTransport, request: httpx.Request) -> Received:
    """Sends the request and reads the whole body."""
    import httpx

    response = await transport.handle_async_request(request)
    try:
        return Received(response.status_code, dict(response.headers), await whole(response))
    except (httpx.RequestError, OSError):
        raise BodyCutShort from None
    finally:
        await response.aclose()


def _proxy(proxy: Proxy | None, context: ssl.SSLContext) -> httpx.Proxy | None:
    """Returns the proxy for httpx. Raises Usage when its address is invalid."""
    import httpx

    if proxy is None:
        return None
    sign_in = (proxy.sign_in[0], proxy.sign_in[1].reveal()) if proxy.sign_in else None
    try:
        encrypted = context if proxy.address.startswith("https:") else None
        return httpx.Proxy(proxy.address, auth=sign_in, ssl_context=encrypted)
    except (ValueError, httpx.InvalidURL):
        said = _("The proxy that the environment names cannot be used; it has to look like http://host:port.")
        raise Usage(said) from None
