"""One signed-in connection to Personio: sends a request until it is answered, refused or not worth another try."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import httpx
import msgspec

from alleo_onboard import __version__
from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.domain.progress import Notify, SignedIn, System, Waiting, Why
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import ngettext
from alleo_onboard.net.address import host_of, target_of
from alleo_onboard.net.body import ACCEPT_ENCODING, BodyCutShort, TooLarge, too_large
from alleo_onboard.net.failure import Failure, no_answer, plain
from alleo_onboard.net.gate import Gate
from alleo_onboard.net.patience import Patience
from alleo_onboard.net.transport import Connections, timeouts
from alleo_onboard.personio import refusals
from alleo_onboard.personio.answers import Malformed, Problem, Unsuccessful, problem_in, token_and_scopes
from alleo_onboard.personio.pace import Pacer
from alleo_onboard.personio.refusals import Ruling

T = TypeVar("T")
Decode = Callable[[bytes], T]

_HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": ACCEPT_ENCODING,
    "User-Agent": f"alleo-onboard/{__version__}",
    # Personio's best practice for customers' integrations: without it support may be refused.
    "X-Personio-App-ID": "ALLEO_ONBOARD",
}


class _Again(Exception):  # noqa: N818 - an instruction
    """This try failed; another may do better."""

    def __init__(self, why: Why, sentence: str, retry_after: str | None = None) -> None:
        super().__init__(sentence)
        self.why, self.sentence, self.retry_after = why, sentence, retry_after


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    content: bytes
    retry_after: str | None


@dataclass(frozen=True, slots=True)
class _Failed:
    problem: Problem | None


@dataclass(slots=True)
class Session:
    """`url` is a checked base. Requests may run concurrently; when one is told to wait for a limit, all wait."""

    url: str
    client_id: str
    secret: Secret
    notify: Notify
    connections: Connections
    pacer: Pacer
    patience: Patience
    gate: Gate
    lock: asyncio.Lock
    token: Secret | None = None
    scopes: tuple[str, ...] = ()
    renewed: bool = False

    @property
    def host(self) -> str:
        return host_of(self.url)

    async def sign_in(self) -> tuple[str, ...]:
        """Gets a token unless there is one, and returns the granted scopes."""
        async with self.lock:
            if self.token is None:
                self.token, self.scopes = await self._persist(self._ask_for_token, paced=False)
                self.notify(SignedIn(System.PERSONIO))
        return self.scopes

    async def get(self, path: str, decode: Decode[T]) -> T:
        """What `decode` makes of the answer to a GET of `path` (with its query)."""
        await self.sign_in()
        return await self._persist(lambda: self._read(path, decode), paced=True)

    async def _persist(self, attempt: Callable[[], Awaitable[T]], *, paced: bool) -> T:
        """`attempt` as often as patience allows. Raises Unreachable after that."""
        waited = 0.0
        tries = 0
        while True:
            tries += 1
            await self.gate.passed()
            if paced:
                await self.pacer.turn(self.notify)
                await self.gate.passed()
            try:
                return await attempt()
            except _Again as failure:
                again = failure
            wait = self.patience.wait_for(tries, again.retry_after, waited)
            if wait is None:
                after = ngettext("It was tried once.", "It was tried {n} times.", tries).format(n=tries)
                raise Unreachable(f"{again.sentence} {after}")
            waited += wait
            self.notify(Waiting(System.PERSONIO, again.why, wait, tries))
            if again.why is Why.THROTTLED:
                self.gate.hold(wait)
            else:
                await self.patience.clock.sleep(wait)

    async def _ask_for_token(self) -> tuple[Secret, tuple[str, ...]]:
        # In the body, never in the query: an address ends up in logs, and Personio refuses it there.
        body = msgspec.json.encode({"client_id": self.client_id, "client_secret": self.secret.reveal()})
        answer = await self._send("POST", "/v1/auth", {"Content-Type": "application/json"}, body)
        result = self._understood(answer, token_and_scopes)
        if not isinstance(result, _Failed):
            return result
        if refusals.rejected_at_sign_in(answer.status, result.problem):
            raise refusals.credential_rejected(self.host, result.problem, self.secret)
        raise self._trouble(answer, result.problem)

    async def _read(self, path: str, decode: Decode[T]) -> T:
        while True:
            used = self.token
            headers = {"Authorization": f"Bearer {used.reveal()}"} if used else {}
            answer = await self._send("GET", path, headers)
            result = self._understood(answer, decode)
            if not isinstance(result, _Failed):
                return result
            # Tokens end after a day: a doubted one is replaced, once in the life of a session.
            doubted = refusals.rule(answer.status, result.problem) is Ruling.TOKEN
            if not doubted or not await self._renew(used):
                raise self._trouble(answer, result.problem)

    def _understood(self, answer: _Answer, decode: Decode[T]) -> T | _Failed:
        """What `decode` makes of a success, or what Personio says about a failure, also about one sent as 200."""
        if answer.status != 200:
            return _Failed(problem_in(answer.content))
        try:
            return decode(answer.content)
        except Unsuccessful as unsuccessful:
            return _Failed(unsuccessful.problem)
        except Malformed:
            raise _Again(Why.SERVER_ERROR, refusals.cut_short(self.host)) from None

    async def _renew(self, used: Secret | None) -> bool:
        """Whether there is a token other than the one `used` to try with."""
        async with self.lock:
            if not self.renewed:
                self.renewed = True
                self.token, self.scopes = await self._persist(self._ask_for_token, paced=False)
                return True
            return self.token is not used

    async def _send(self, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> _Answer:
        request = httpx.Request(
            method, self.url + path, headers={**_HEADERS, **headers}, content=body, extensions=timeouts()
        )
        response, content = await self._answered(request)
        if response.has_redirect_location:
            target = target_of(self.url, response.headers["Location"])
            raise refusals.redirected(self.host, plain(target, self.secret))
        return _Answer(response.status_code, content, response.headers.get("Retry-After"))

    async def _answered(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        """What is raised is free of the request, whose body holds the secret."""
        try:
            return await self.connections.send(request, self.patience.answer)
        except TooLarge:
            failure = Failure(Why.SERVER_ERROR, too_large(self.host), final=True)
        except BodyCutShort:
            failure = Failure(Why.SERVER_ERROR, refusals.cut_short(self.host))
        except (httpx.RequestError, OSError) as error:
            failure = no_answer(error, self.url)
        if failure.final:
            raise Unreachable(failure.sentence)
        raise _Again(failure.why, failure.sentence)

    def _trouble(self, answer: _Answer, problem: Problem | None) -> Exception:
        ruling = refusals.rule(answer.status, problem)
        secrets = [secret for secret in (self.secret, self.token) if secret]
        if ruling in (Ruling.THROTTLED, Ruling.SERVER_ERROR):
            why = Why.THROTTLED if ruling is Ruling.THROTTLED else Why.SERVER_ERROR
            sentence = refusals.troubled(self.host, answer.status, problem, *secrets)
            return _Again(why, sentence, answer.retry_after)
        if ruling is Ruling.NO_RIGHT:
            return refusals.not_readable(self.host, problem, *secrets)
        if ruling is Ruling.TOKEN:
            return refusals.refused(self.host, answer.status, problem, *secrets)
        return refusals.unusable(self.host, answer.status, problem, *secrets)
