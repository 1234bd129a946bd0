"""One HTTP exchange with Alleo: retried where that is safe, held back together when the server says "too many"."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import httpx
import msgspec

from alleo_onboard.alleo.scim.answer import Answer, Loss
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.progress import Notify, System, Waiting, Why
from alleo_onboard.locale import _
from alleo_onboard.net.body import ACCEPT_ENCODING, BodyCutShort, TooLarge, whole
from alleo_onboard.net.gate import Gate
from alleo_onboard.net.patience import Patience
from alleo_onboard.net.tls import ssl_context

_TIMEOUT = httpx.Timeout(60.0, connect=15.0, pool=None)
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.PoolTimeout, httpx.UnsupportedProtocol)
# A proxy from the environment is for the way out, never for this machine itself.
_DIRECT: Mapping[str, None] = {"all://127.0.0.1": None, "all://localhost": None, "all://[::1]": None}

_decode = msgspec.json.Decoder(float_hook=Decimal).decode
encode = msgspec.json.Encoder(decimal_format="number").encode


class Wire:
    """At most `concurrency` requests are under way at once. Redirects are never followed."""

    def __init__(self, *, notify: Notify, ca_file: str | None, patience: Patience, concurrency: int) -> None:
        self._notify = notify
        self._patience = patience
        self._gate = Gate(patience.clock)
        self._slots = asyncio.Semaphore(concurrency)
        limits = httpx.Limits(max_connections=concurrency, max_keepalive_connections=concurrency)
        verify = ssl_context(ca_file)
        try:
            self._client = httpx.AsyncClient(
                verify=verify, timeout=_TIMEOUT, limits=limits, follow_redirects=False, mounts=dict(_DIRECT),
                headers={"Accept-Encoding": ACCEPT_ENCODING},
            )  # fmt: skip
        except ImportError:
            raise Usage(_("SOCKS proxies are not supported; use an HTTP proxy.")) from None
        except (httpx.InvalidURL, ValueError):
            said = _("The proxy that the environment names cannot be used; it has to look like http://host:port.")
            raise Usage(said) from None

    async def exchange(
        self, method: str, url: str, headers: Mapping[bytes, bytes], content: bytes | None, *, again: bool
    ) -> Answer:
        """Sends until there is an answer to work with, or patience ends: then the last answer.

        Without `again` the request is repeated only where the server cannot have acted on it: it was never sent, or
        was turned away with 429. Anything else that is ambiguous is the caller's to clear up.
        """
        attempt, waited, doubt = 1, 0.0, False
        while True:
            answer = await self._once(method, url, headers, content)
            answer, doubt = (replace(answer, after_doubt=True) if doubt else answer), doubt or answer.ambiguous
            if answer.why is None or (answer.ambiguous and not again):
                return answer
            wait = self._patience.wait_for(attempt, answer.retry_after, waited)
            if wait is None:
                return answer
            await self.pause(answer.why, wait, attempt)
            attempt, waited = attempt + 1, waited + wait

    async def pause(self, why: Why, seconds: float, attempt: int) -> None:
        """Waits before a repeat, and says so. "Too many" holds everybody back, any other trouble just this request."""
        self._notify(Waiting(System.ALLEO, why, seconds, attempt))
        if why is Why.THROTTLED:
            self._gate.hold(seconds)
        else:
            await self._patience.clock.sleep(seconds)

    async def _once(self, method: str, url: str, headers: Mapping[bytes, bytes], content: bytes | None) -> Answer:
        request = self._client.build_request(method, url, headers=dict(headers), content=content)
        async with self._slots:
            await self._gate.passed()
            try:
                return await self._sent(request)
            except TooLarge:
                return Answer(loss=Loss.OVERSIZED)
            except (httpx.HTTPError, BodyCutShort, OSError) as error:
                return Answer(loss=_loss(error))

    async def _sent(self, request: httpx.Request) -> Answer:
        async with asyncio.timeout(self._patience.answer):
            response = await self._client.send(request, stream=True)
            try:
                content = await whole(response)
            finally:
                await response.aclose()
        return _answer(response, content)

    async def aclose(self) -> None:
        await self._client.aclose()


def _loss(error: Exception) -> Loss:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Loss.UNTRUSTED
        cause = cause.__cause__ or cause.__context__
    return Loss.UNSENT if isinstance(error, _UNSENT) else Loss.UNANSWERED


def _answer(response: httpx.Response, content: bytes) -> Answer:
    body, broken = _json(response, content)
    return Answer(
        response.status_code,
        body,
        response.headers.get("location", ""),
        response.headers.get("retry-after"),
        broken=broken and response.is_success,
    )


def _json(response: httpx.Response, content: bytes) -> tuple[Any, bool]:
    """The decoded body, and whether JSON was announced but could not be read."""
    if not content.strip():
        return None, False
    try:
        return _decode(content), False
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ArithmeticError):  # 1e999999999999 is no number
        return None, "json" in response.headers.get("content-type", "")
