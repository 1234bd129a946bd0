"""Requests to a one-time-secret service, and what came of each."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from alleo_onboard.domain.secret import Secret
from alleo_onboard.net.address import checked_url, host_of
from alleo_onboard.net.body import BodyCutShort, TooLarge, too_large
from alleo_onboard.net.clock import Clock
from alleo_onboard.net.failure import no_answer, plain
from alleo_onboard.net.patience import DEFAULT_PATIENCE, Patience


@dataclass(frozen=True, slots=True)
class Account:
    """Who signs in with HTTP basic: e-mail address or external id, and an API token."""

    user: str
    token: Secret


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `status` is 0 where none came: `sentence` says why, and `sent` whether it may have been acted on.

    `body` is the decoded JSON, None where there is none or it is something else.
    """

    status: int = 0
    body: Any = field(default=None, repr=False)
    retry_after: str | None = None
    sentence: str = ""
    sent: bool = True
    location: str = ""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def readable(self) -> bool:
        """Whether it speaks JSON as the service does; a proxy's or block page does not."""
        return isinstance(self.body, dict)

    def said(self, *secrets: Secret | str) -> str:
        """The service's own sentence, fit to be shown; what opens something is masked."""
        found = self.body if isinstance(self.body, dict) else {}
        told = found.get("error") or found.get("message") or ""
        return plain(str(told), *(one if isinstance(one, Secret) else Secret(one) for one in secrets)).rstrip(".")

    @property
    def kind(self) -> str:
        """The service's `error_type`."""
        return str(self.body.get("error_type", "")) if isinstance(self.body, dict) else ""

    @property
    def again(self) -> bool:
        return self.status == 429 or self.status >= 500 or self.status == 0


class Wire:
    """Requests to one base address. Redirects are not followed: a secret goes where it was meant to go, or nowhere."""

    def __init__(
        self,
        url: str,
        account: Account | None = None,
        *,
        ca_file: str | None = None,
        patience: Patience = DEFAULT_PATIENCE,
    ) -> None:
        from alleo_onboard.net.transport import Connections

        self.url = checked_url(url)
        self.host = host_of(self.url)
        self._patience = patience
        self._clock: Clock = patience.clock
        self._connections = Connections(self.url, ca_file)
        self._headers = {"Accept": "application/json"}
        if account:
            word = b64encode(f"{account.user}:{account.token.reveal()}".encode()).decode()
            self._headers["Authorization"] = f"Basic {word}"

    async def get(self, path: str) -> Reply:
        """Asked again while patience lasts: reading changes nothing."""
        tries, waited = 0, 0.0
        while True:
            tries += 1
            reply = await self._once("GET", path, None, {})
            wait = self._patience.wait_for(tries, reply.retry_after, waited) if reply.again else None
            if wait is None:
                return reply
            waited += wait
            await self._clock.sleep(wait)

    async def post(self, path: str, fields: Mapping[str, Any], *, form: bool = False) -> Reply:
        """Sent once. Asked again only where the service cannot have acted: no connection came about."""
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        content = urlencode(fields).encode() if form else json.dumps(fields).encode()
        tries, waited = 0, 0.0
        while True:
            tries += 1
            reply = await self._once("POST", path, content, {"Content-Type": kind})
            wait = None if reply.sent else self._patience.wait_for(tries, None, waited)
            if wait is None:
                return reply
            waited += wait
            await self._clock.sleep(wait)

    async def _once(self, method: str, path: str, content: bytes | None, headers: Mapping[str, str]) -> Reply:
        import httpx

        from alleo_onboard.net.transport import timeouts

        request = httpx.Request(
            method,
            self.url + path,
            headers={**self._headers, **headers},
            content=content,
            extensions=timeouts(),
        )
        try:
            response, body = await self._connections.send(request, self._patience.answer)
        except TooLarge:
            return Reply(sentence=too_large(self.host))
        except (httpx.RequestError, BodyCutShort, OSError, TimeoutError) as error:
            unsent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError)
            failure = no_answer(error, self.url)
            return Reply(sentence=failure.sentence, sent=not unsent)
        return Reply(
            response.status_code,
            _decoded(body),
            response.headers.get("retry-after"),
            location=response.headers.get("location", ""),
        )

    async def aclose(self) -> None:
        await self._connections.aclose()


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
