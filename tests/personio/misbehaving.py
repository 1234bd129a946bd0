"""A small HTTP server on loopback that answers exactly what a test tells it to, well or badly."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from alleo_onboard.domain.secret import Secret
from alleo_onboard.net.clock import Clock
from alleo_onboard.net.patience import Patience
from alleo_onboard.personio.client import PersonioClient
from alleo_onboard.personio.pace import UNLIMITED

SECRET = "papi-very-secret-canary"
EMPLOYEES = "/v1/company/employees"
ATTRIBUTES = f"{EMPLOYEES}/attributes"
AUTH = "/v1/auth"


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: dict[str, str]
    body: bytes
    target: str

    def number(self, name: str) -> int:
        return int(dict(self.query)[name])


@dataclass(frozen=True)
class Answer:
    """`keep` is the share of the body that is sent before the connection closes; `drop` sends nothing at all.

    `drip` sends one byte after another, so many seconds apart, and never all of them.
    """

    status: int = 200
    body: Any = b""
    headers: tuple[tuple[str, str], ...] = ()
    keep: float = 1.0
    drop: bool = False
    drip: float = 0.0

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body, ensure_ascii=False).encode()


def failure(status: int, code: int, message: str, *headers: tuple[str, str]) -> Answer:
    return Answer(status, {"success": False, "error": {"code": code, "message": message}}, headers)


FORBIDDEN = failure(403, 0, "personio.core.api.exceptions.api.forbidden.http.exception")
INVALID_TOKEN = failure(403, 403, "Provided authorization is not valid")


def wrapped(**values: Any) -> dict[str, Any]:
    return {key: {"label": key, "value": value} for key, value in values.items()}


def people(count: int, start: int = 1) -> list[dict[str, Any]]:
    return [wrapped(id=i, email=f"p{i}@example.nl", first_name="P") for i in range(start, start + count)]


@dataclass
class Tenant:
    """Answers as Personio does, after what `script` holds for a path is used up."""

    people: list[Any] = field(default_factory=list)
    attributes: Any = field(default_factory=list)
    script: defaultdict[str, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))
    requests: list[Request] = field(default_factory=list)
    sign_in: Any = field(default_factory=lambda: {"token": "papi-token", "scope": "employees:read absences:read"})
    page: Callable[[Request], dict[str, Any]] | None = None
    tokens: list[str] | None = None

    def __call__(self, request: Request) -> Answer:
        self.requests.append(request)
        if self.script[request.path]:
            return self.script[request.path].popleft()
        if request.path == AUTH:
            return Answer(body={"success": True, "data": self.sign_in})
        if self.tokens is not None and request.headers.get("authorization", "")[7:] not in self.tokens:
            return INVALID_TOKEN
        if request.path == ATTRIBUTES:
            return Answer(body={"success": True, "data": self.attributes})
        return Answer(body=(self.page or self.listed)(request))

    def listed(self, request: Request) -> dict[str, Any]:
        offset, limit = request.number("offset"), request.number("limit")
        return self.answer(self.people[offset : offset + limit])

    def answer(self, rows: list[Any], total: Any = None) -> dict[str, Any]:
        data = [{"type": "Employee", "attributes": row} for row in rows]
        stated = len(self.people) if total is None else total
        return {"success": True, "metadata": {"total_elements": stated, "current_page": 7}, "data": data}

    def seen(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]


class Server:
    """Serves one callable; `url` is its address."""

    def __init__(self, answer: Callable[[Request], Answer], context: ssl.SSLContext | None = None) -> None:
        self._answer, self._context = answer, context
        self._open: set[asyncio.StreamWriter] = set()
        self.left = asyncio.Semaphore(0)  # released for each client that left without waiting for its answer
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._context)
        port = self._server.sockets[0].getsockname()[1]
        self.url = f"{'https' if self._context else 'http'}://127.0.0.1:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for writer in tuple(self._open):
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass
        finally:
            self._open.discard(writer)
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        method, target, _version = head[0].split(" ")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        parts = urlsplit(target)
        answer = self._answer(Request(method, parts.path, tuple(parse_qsl(parts.query)), headers, body, target))
        if isinstance(answer, asyncio.Future):
            gone = asyncio.ensure_future(reader.read(1))
            await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not answer.done():
                self.left.release()
                return False
            gone.cancel()
            await asyncio.wait({gone})
            answer = answer.result()
        if answer.drop:
            return False
        content = answer.content
        headers = {"Content-Length": 1_000_000 if answer.drip else len(content), **dict(answer.headers)}
        lines = [f"HTTP/1.1 {answer.status} X", "Authorization: Bearer papi-token"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if answer.drip:
            writer.write("\r\n".join(lines).encode() + b"\r\n\r\n")
            while not reader.at_eof() and not writer.is_closing():
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(answer.drip)
            return False
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + content[: int(len(content) * answer.keep)])
        await writer.drain()
        return answer.keep == 1.0


class Time:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds
        self.slept.append(seconds)
        await asyncio.sleep(0)
        self.now = max(self.now, until)

    @property
    def clock(self) -> Clock:
        return Clock(self.sleep, lambda: self.now, lambda: self.now, lambda: 0.0)


def client(url: str, time: Time | None = None, **more: Any) -> PersonioClient:
    more.setdefault("patience", Patience(clock=(time or Time()).clock))
    more.setdefault("pace", UNLIMITED)
    return PersonioClient(url, " papi-id ", Secret(SECRET), **more)
