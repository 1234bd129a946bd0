"""The HTTP client that every other client uses: it sends requests, retries them and limits them.

    async with Http("https://eu.onetimesecret.com", ca_file=ca_file) as http:
        made = {"Authorization": basic(user, token)}
        reply = await http.reply(Ask("POST", "/api/v1/share", made, form={"secret": ...}, repeat=Repeat.NEVER))
        if reply.failure: ...            # reply.failure.sentence says why there is no answer; status is 0
        if reply.status == 200: reply.json()

Done here: address rules, proxy, TLS, bounds (256 MB, 300 s an answer), time-outs, retries with Retry-After, one gate
for "too many requests", a breaker for servers that are down, and the difference between the clocks. Redirects are
never followed, cookies never kept; no secret is in an error, a repr or a log.
"""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from math import ceil
from typing import Any, Self, TypeVar
from urllib.parse import quote, urlencode, urlsplit

from alleo_onboard import __version__
from alleo_onboard.domain.progress import Notify, System, Waiting, Why, silent
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import ngettext
from alleo_onboard.net.address import checked_url, host_of
from alleo_onboard.net.body import ACCEPT_ENCODING
from alleo_onboard.net.breaker import Breaker
from alleo_onboard.net.connections import Connections
from alleo_onboard.net.failure import Failure, NoAnswer
from alleo_onboard.net.gate import Gate
from alleo_onboard.net.json_text import decoded
from alleo_onboard.net.patience import DEFAULT_PATIENCE, Patience, parse_retry_after
from alleo_onboard.net.skew import Skew

T = TypeVar("T")
FORM = "application/x-www-form-urlencoded"


class Repeat(Enum):
    """Whether a request without a usable answer is sent again."""

    ALWAYS = auto()  # a repeat does no harm: GET, and writes that set a fixed value
    UNSENT = auto()  # only when the server cannot have acted: it was not connected, or it answered 429
    NEVER = auto()


@dataclass(frozen=True, slots=True)
class Ask:
    """One request.

    `path` is appended to the client's base address: it starts with "/", is percent-encoded and includes the query. Give
    at most one of `body` and `form`; a form is sent as application/x-www-form-urlencoded.
    """

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    repeat: Repeat = Repeat.ALWAYS

    @property
    def writes(self) -> bool:
        """Returns whether the request may change something on the server."""
        return self.method not in ("GET", "HEAD")

    @property
    def content(self) -> bytes | None:
        """Returns the bytes to send, or None."""
        return self.body if self.form is None else urlencode(self.form).encode()


@dataclass(frozen=True, slots=True)
class Reply:
    """The result of one attempt. Without an answer `status` is 0 and `failure` says why."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)  # names in lower case
    body: bytes = field(default=b"", repr=False)
    failure: Failure | None = None
    tries: int = 1  # number of attempts so far, from 1
    after_doubt: bool = False  # an earlier attempt of the same request may have been carried out

    @property
    def ok(self) -> bool:
        """Returns whether the status is 2xx."""
        return 200 <= self.status < 300

    @property
    def ambiguous(self) -> bool:
        """Returns whether the server may have acted although it did not confirm it."""
        return self.failure.sent if self.failure else self.status >= 500 and self.status != 501

    @property
    def why(self) -> Why | None:
        """Returns why a retry may help, judged by status or failure alone; None when it cannot."""
        if self.failure:
            return None if self.failure.final else self.failure.why
        if self.status == 429:
            return Why.THROTTLED
        return Why.SERVER_ERROR if self.ambiguous else None

    @property
    def retry_after(self) -> str | None:
        """Returns the Retry-After header, or None."""
        return self.headers.get("retry-after")

    @property
    def location(self) -> str:
        """Returns the Location header as sent, or ""."""
        return self.headers.get("location", "")

    @property
    def redirected(self) -> bool:
        """Returns whether the answer is a redirect."""
        return 300 <= self.status < 400 and bool(self.location)

    def json(self) -> Any:
        """Returns the decoded body; numbers with a fraction are Decimal. Raises `net.json_text.Unreadable`."""
        return decoded(self.body)


@dataclass(frozen=True, slots=True)
class Again:
    """What a reader returns to have the request sent again. `last` is the result if it is not sent again."""

    why: Why
    last: Any


def basic(user: str, word: Secret) -> str:
    """Returns the Authorization header for HTTP basic (RFC 7617)."""
    return "Basic " + b64encode(f"{user}:{word.reveal()}".encode()).decode()


class Http:
    """Sends requests to one base address; used by one event loop."""

    def __init__(
        self,
        url: str,
        *,
        system: System | None = None,
        notify: Notify = silent,
        headers: Mapping[str, str] | None = None,
        ca_file: str | None = None,
        patience: Patience = DEFAULT_PATIENCE,
        concurrency: int | None = None,
    ) -> None:
        """Raises Usage when the address, `ca_file` or the proxy of the environment cannot be used.

        `headers` are sent with every request. `concurrency` limits the requests in progress; None is no limit. When
        `system` is given, `notify` gets an event for each wait.
        """
        self.url = checked_url(url)
        self.host = host_of(self.url)
        self.patience = patience
        self.gate = Gate(patience.clock)
        self._system, self._notify = system, notify
        # Encode non-ASCII characters of a typed address; keep what is already encoded.
        self._base = quote(urlsplit(self.url).path, safe="/%:@!$&'()*+,;=~")
        common = {"Accept-Encoding": ACCEPT_ENCODING, "User-Agent": f"alleo-onboard/{__version__}", **(headers or {})}
        self._common = tuple((name.encode(), value.encode()) for name, value in common.items())
        self._connections = Connections(self.url, ca_file)
        self._slots = asyncio.Semaphore(concurrency) if concurrency else None
        self._breaker = Breaker(self.host, patience.clock)
        self._skew = Skew(patience.clock)

    @property
    def by_proxy(self) -> bool:
        """Returns whether requests go through a proxy."""
        return self._connections.proxy is not None

    @property
    def clock_ahead(self) -> float | None:
        """Returns the seconds that this machine's clock is ahead of the server's last Date header; None before that."""
        return self._skew.ahead

    async def reply(self, ask: Ask) -> Reply:
        """Returns the answer to `ask`, or the last one after all retries.

        Raises Down when the server answers nothing.
        """
        return await self.ask(ask, lambda reply: Again(reply.why, reply) if reply.why else reply)

    async def ask(
        self, ask: Ask, read: Callable[[Reply], T | Again], turn: Callable[[], Awaitable[None]] | None = None
    ) -> T:
        """Returns what `read` makes of the answer.

        Sends the request again while `read` returns Again, `ask.repeat` allows it and the retry limits are not reached.
        Awaits `turn` before each attempt. Raises Down when the server answers nothing.
        """
        waited, tries, doubt = 0.0, 0, False
        while True:
            tries += 1
            reply = await self._once(ask, turn, tries=tries, doubt=doubt)
            found = read(reply)
            if not isinstance(found, Again):
                self._breaker.answered(write=ask.writes)
                return found
            doubt = doubt or reply.ambiguous or reply.ok
            wait = None
            if ask.repeat is Repeat.ALWAYS or (ask.repeat is Repeat.UNSENT and _undone(reply)):
                wait = self.patience.wait_for(tries, reply.retry_after, waited)
            if wait is None:
                self._breaker.gave_up(write=ask.writes)
                last: T = found.last
                return last
            waited += wait
            await self.pause(found.why, wait, tries)

    async def pause(self, why: Why, seconds: float, tries: int) -> None:
        """Waits before a retry and reports it. After 429 all requests of the client wait, else only this one."""
        if self._system:
            self._notify(Waiting(self._system, why, seconds, tries))
        if why is Why.THROTTLED:
            self.gate.hold(seconds)
        else:
            await self.patience.clock.sleep(seconds)

    def given_up(self, sentence: str, reply: Reply) -> str:
        """Returns `sentence` with the number of attempts, and with the server's Retry-After if it is too long."""
        tried = ngettext("It was tried once.", "It was tried {n} times.", reply.tries).format(n=reply.tries)
        asked = parse_retry_after(reply.retry_after, self.patience.clock.wall())
        if asked is None or asked <= self.patience.cap:
            return f"{sentence} {tried}"
        minutes = ceil(asked / 60)
        wish = ngettext(
            "It asks to be left alone for {n} minute, which is longer than this waits. Start again after that.",
            "It asks to be left alone for {n} minutes, which is longer than this waits. Start again after that.",
            minutes,
        )
        return f"{sentence} {tried} {wish.format(n=minutes)}"

    async def _once(self, ask: Ask, turn: Callable[[], Awaitable[None]] | None, *, tries: int, doubt: bool) -> Reply:
        if self._slots is None:
            return await self._try(ask, turn, tries=tries, doubt=doubt)
        async with self._slots:
            return await self._try(ask, turn, tries=tries, doubt=doubt)

    async def _try(self, ask: Ask, turn: Callable[[], Awaitable[None]] | None, *, tries: int, doubt: bool) -> Reply:
        await self.gate.passed()
        if turn:
            await turn()
            await self.gate.passed()
        self._breaker.check()
        content = ask.content
        kind = (("Content-Type", FORM),) if ask.form is not None else ()
        added = [(name.encode(), value.encode()) for name, value in (*ask.headers.items(), *kind)]
        target = (self._base + ask.path or "/").encode()
        try:
            got = await self._connections.send(
                ask.method, target, (*self._common, *added), content, self.patience.answer
            )
        except NoAnswer as none:
            return Reply(failure=none.failure, tries=tries, after_doubt=doubt)
        self._skew.saw(got.headers)
        return Reply(got.status, got.headers, got.body, None, tries, doubt)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._connections.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exception: object) -> None:
        await self.aclose()


def _undone(reply: Reply) -> bool:
    """Returns whether the server cannot have acted on the request."""
    return not reply.failure.sent if reply.failure else reply.status == 429
