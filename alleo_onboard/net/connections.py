"""The connections of one client to one host: verified TLS, the environment's proxy, no redirects, cookies or netrc."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from alleo_onboard.domain.progress import Why
from alleo_onboard.net.address import ascii_host, host_of
from alleo_onboard.net.body import BodyCutShort, TooLarge, too_large, unpacked
from alleo_onboard.net.failure import Failure, NoAnswer, cut_short, no_answer
from alleo_onboard.net.proxy import Proxy, proxy_for

if TYPE_CHECKING:
    import ssl

    import httpcore

CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0
_KEPT_SECONDS = 60.0

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Received:
    """One answer. Names of `headers` are in lower case; values of a repeated header are joined with a comma."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class Connections:
    """The connections to the host of `url`: as many as there are requests at one time, kept for the next ones.

    Each is a pool of one, because a larger pool looks at all its connections for every request. httpcore is what httpx
    sends with; by itself it knows no redirects, cookies, netrc or logging of addresses, and costs half as much.
    Making one raises Usage when `ca_file` or the environment's proxy cannot be used.
    """

    def __init__(self, url: str, ca_file: str | None = None) -> None:
        # Its debug log shows the headers of answers, and Personio echoes the token in one.
        logging.getLogger("httpcore").setLevel(logging.WARNING)
        parts = urlsplit(url)
        self._scheme, self._port = parts.scheme.encode(), parts.port
        self._host = ascii_host(parts.hostname or "").encode()
        named = b"[%b]" % self._host if b":" in self._host else self._host
        self._named = named if self._port is None else b"%b:%d" % (named, self._port)
        self._shown = host_of(url)
        self._proxy = proxy_for(url)
        self._context = _context(url, self._proxy, ca_file)
        self._idle: list[httpcore.AsyncConnectionPool] = []
        self._all: list[httpcore.AsyncConnectionPool] = []

    async def send(
        self, method: str, target: bytes, headers: Headers, content: bytes | None, seconds: float
    ) -> Received:
        """The answer and its body, within `seconds` from first byte to last. Raises NoAnswer.

        `target` is path and query, percent-encoded.
        """
        import httpcore

        address = httpcore.URL(scheme=self._scheme, host=self._host, port=self._port, target=target)
        request = httpcore.Request(
            method, address, headers=[(b"Host", self._named), *headers], content=content, extensions=_TIMEOUTS
        )
        if content is not None:
            request.headers.append((b"Content-Length", b"%d" % len(content)))
        pool = self._idle.pop() if self._idle else self._open()
        try:
            async with asyncio.timeout(seconds):
                return await _received(pool, request)
        except TooLarge:
            failure = Failure(Why.SERVER_ERROR, too_large(self._shown), final=True)
        except BodyCutShort:
            failure = Failure(Why.SERVER_ERROR, cut_short(self._shown))
        except _trouble() as error:
            failure = no_answer(error, self._shown, self._proxy)
        finally:
            self._idle.append(pool)
        raise NoAnswer(failure)

    @property
    def proxy(self) -> Proxy | None:
        return self._proxy

    async def aclose(self) -> None:
        for pool in self._all:
            await pool.aclose()

    def _open(self) -> httpcore.AsyncConnectionPool:
        import httpcore

        if self._proxy is None:
            pool = httpcore.AsyncConnectionPool(
                self._context, max_connections=1, max_keepalive_connections=1, keepalive_expiry=_KEPT_SECONDS
            )
        else:
            user, word = self._proxy.sign_in or ("", None)
            pool = httpcore.AsyncHTTPProxy(
                self._proxy.address,
                proxy_auth=(user.encode(), word.reveal().encode()) if word is not None else None,
                ssl_context=self._context,
                proxy_ssl_context=self._context if self._proxy.address.startswith("https:") else None,
                max_connections=1,
                max_keepalive_connections=1,
                keepalive_expiry=_KEPT_SECONDS,
            )
        self._all.append(pool)
        return pool


_TIMEOUTS = {"timeout": {"connect": CONNECT_SECONDS, "read": READ_SECONDS, "write": READ_SECONDS, "pool": None}}


def _trouble() -> tuple[type[Exception], ...]:
    """What can go wrong on the way; httpcore's exceptions have no common base."""
    import httpcore

    return (
        httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, httpcore.ProxyError, OSError,
    )  # fmt: skip


async def _received(pool: httpcore.AsyncConnectionPool, request: httpcore.Request) -> Received:
    response = await pool.handle_async_request(request)
    try:
        headers = _named(response.headers)
        return Received(response.status, headers, await unpacked(response.aiter_stream(), headers))
    except _trouble():
        raise BodyCutShort from None
    finally:
        await response.aclose()


def _named(raw: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("utf-8", "replace")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def _context(url: str, proxy: Proxy | None, ca_file: str | None) -> ssl.SSLContext | None:
    """What TLS trusts. None where nothing is encrypted, which saves loading the system's certificates."""
    if not (ca_file or proxy or url.casefold().startswith("https:")):
        return None
    from alleo_onboard.net.tls import ssl_context

    return ssl_context(ca_file)
