"""A signed-in connection to Personio: sends requests and renews the token."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from alleo_onboard.domain.errors import Trouble, Unreachable
from alleo_onboard.domain.progress import Notify, SignedIn, System, Why
from alleo_onboard.domain.secret import Secret
from alleo_onboard.net.address import target_of
from alleo_onboard.net.failure import plain
from alleo_onboard.net.http import Again, Ask, Http, Reply
from alleo_onboard.net.json_text import Unreadable, flawed
from alleo_onboard.personio import refusals
from alleo_onboard.personio.answers import Problem, Unsuccessful, problem_in, token_and_scopes
from alleo_onboard.personio.pace import Pacer
from alleo_onboard.personio.refusals import Ruling

T = TypeVar("T")
Decode = Callable[[bytes], T]
_Token = tuple[Secret, tuple[str, ...]]

HEADERS = {
    "Accept": "application/json",
    # Personio asks for it in its best practice for customers' integrations; support may be refused without it.
    "X-Personio-App-ID": "ALLEO_ONBOARD",
}
_NOT_FOUND = 404
_RENEWALS = 2  # new tokens for one request; a token expires after a day, so a long run may need several


@dataclass(frozen=True, slots=True)
class _Done(Generic[T]):
    """The request succeeded."""

    value: T


@dataclass(frozen=True, slots=True)
class _Words:
    """An error answer, with Personio's own error if there is one."""

    problem: Problem | None


@dataclass(frozen=True, slots=True)
class _Refused:
    """The request failed. `trouble` is the error to raise; `doubted` when a new token may help."""

    trouble: Trouble
    doubted: bool = False


@dataclass(slots=True)
class Session:
    """Sends requests with a token. Requests may run concurrently.

    `worked` is true when `token` was accepted since it was issued.
    """

    http: Http
    client_id: str
    secret: Secret
    notify: Notify
    pacer: Pacer
    lock: asyncio.Lock
    token: Secret | None = None
    scopes: tuple[str, ...] = ()
    worked: bool = True

    async def sign_in(self) -> tuple[str, ...]:
        """Gets a token unless there is one, and returns the granted scopes."""
        async with self.lock:
            if self.token is None:
                await self._new_token()
                self.notify(SignedIn(System.PERSONIO))
        return self.scopes

    async def get(self, path: str, decode: Decode[T]) -> T:
        """Returns `decode` of the answer to a GET of `path` (query included). Raises Trouble."""
        return await self._ask(path, lambda reply: self._read(decode, reply))

    async def find(self, path: str, decode: Decode[T]) -> T | None:
        """Returns the same as `get`, or None when Personio itself answers that the object does not exist (404)."""

        def read(reply: Reply) -> _Done[T | None] | _Refused | Again:
            result = self._understood(reply, decode)
            if not isinstance(result, _Words):
                return _Done(result.value) if isinstance(result, _Done) else result
            status = result.problem.code if result.problem and reply.status == 200 else reply.status
            if status == _NOT_FOUND and result.problem:  # a 404 page from a proxy says nothing about the object
                return _Done(None)
            return self._judged(reply, result.problem)

        return await self._ask(path, read)

    async def _ask(self, path: str, read: Callable[[Reply], _Done[T] | _Refused | Again]) -> T:
        """Sends a GET with the token; gets a new token when the old one is refused."""
        await self.sign_in()
        renewals = 0
        while True:
            used = self.token
            ask = Ask("GET", path, {"Authorization": f"Bearer {used.reveal()}"} if used else {})
            result: _Done[T] | _Refused = await self.http.ask(ask, read, self._turn)
            if isinstance(result, _Done):
                self.worked = self.worked or self.token is used
                return result.value
            renewals += 1
            if not result.doubted or renewals > _RENEWALS or not await self._renew(used):
                raise result.trouble

    async def _turn(self) -> None:
        """Waits until the pace allows the next request."""
        await self.pacer.turn(self.notify)

    async def _renew(self, used: Secret | None) -> bool:
        """Returns whether there is a token other than `used`; gets one if needed.

        A token that never worked is not replaced.
        """
        async with self.lock:
            if self.token is used and self.worked:
                await self._new_token()
                self.worked = False
            return self.token is not used

    async def _new_token(self) -> None:
        """Requests a new token. Raises Trouble."""
        # In the body, not in the query: URLs end up in logs, and Personio refuses credentials there.
        body = msgspec.json.encode({"client_id": self.client_id, "client_secret": self.secret.reveal()})
        ask = Ask("POST", "/v1/auth", {"Content-Type": "application/json"}, body)
        result: _Done[_Token] | _Refused = await self.http.ask(ask, self._read_token)
        if isinstance(result, _Refused):
            raise result.trouble
        self.token, self.scopes = result.value

    def _read_token(self, reply: Reply) -> _Done[_Token] | _Refused | Again:
        """Reads the answer to the sign-in."""
        result = self._understood(reply, token_and_scopes)
        if not isinstance(result, _Words):
            return result
        if refusals.rejected_at_sign_in(reply.status, result.problem):
            return _Refused(refusals.credential_rejected(self.http.host, result.problem, self.secret))
        return self._judged(reply, result.problem)

    def _read(self, decode: Decode[T], reply: Reply) -> _Done[T] | _Refused | Again:
        """Reads the answer to a request other than the sign-in."""
        result = self._understood(reply, decode)
        return self._judged(reply, result.problem) if isinstance(result, _Words) else result

    def _understood(self, reply: Reply, decode: Decode[T]) -> _Done[T] | _Words | _Refused | Again:
        """Returns the decoded answer, Personio's error (even one sent with status 200), or that there is no answer."""
        if reply.failure or reply.redirected:
            return self._nothing(reply)
        if reply.status != 200:
            return _Words(problem_in(reply.body))
        try:
            return _Done(decode(reply.body))
        except Unsuccessful as unsuccessful:
            return _Words(unsuccessful.problem)
        except Unreadable as unreadable:
            return self._again(Why.SERVER_ERROR, flawed(self.http.host, unreadable.flaw), reply)

    def _nothing(self, reply: Reply) -> _Refused | Again:
        """Returns the result for no answer or a redirect."""
        failure = reply.failure
        if failure is None:
            target = plain(target_of(self.http.url, reply.location), self.secret)
            return _Refused(refusals.redirected(self.http.host, target))
        if failure.final:
            return _Refused(Unreachable(failure.sentence))
        return self._again(failure.why, failure.sentence, reply)

    def _judged(self, reply: Reply, problem: Problem | None) -> _Refused | Again:
        """Returns the result for an error answer."""
        host, ruling = self.http.host, refusals.rule(reply.status, problem)
        secrets = [secret for secret in (self.secret, self.token) if secret]
        if ruling in (Ruling.THROTTLED, Ruling.SERVER_ERROR):
            why = Why.THROTTLED if ruling is Ruling.THROTTLED else Why.SERVER_ERROR
            return self._again(why, refusals.troubled(host, reply.status, problem, *secrets), reply)
        if ruling is Ruling.NO_RIGHT:
            return _Refused(refusals.not_readable(host, problem, *secrets))
        if ruling is Ruling.TOKEN:
            return _Refused(refusals.refused(host, reply.status, problem, *secrets), doubted=True)
        return _Refused(refusals.unusable(host, reply.status, problem, *secrets))

    def _again(self, why: Why, sentence: str, reply: Reply) -> Again:
        """Asks for a retry; `sentence` is for the case that there is none."""
        return Again(why, _Refused(Unreachable(self.http.given_up(sentence, reply))))
