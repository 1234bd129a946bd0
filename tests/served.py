"""A small HTTP server on loopback that answers what a test tells it to."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from alleo_onboard.net.clock import Clock


@dataclass(frozen=True)
class Request:
    """One request."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: dict[str, str]
    body: bytes
    target: str

    def number(self, name: str) -> int:
        """Returns a query parameter as a number."""
        return int(dict(self.query)[name])


@dataclass(frozen=True)
class Answer:
    """One answer. `keep` is the share of the body sent before the connection closes; `drop` sends nothing.

    `drip` sends single bytes with this many seconds between them, without end.
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


class Server:
    """Serves one function. `url` is its address."""

    def __init__(self, answer: Callable[[Request], Answer], context: ssl.SSLContext | None = None) -> None:
        self._answer, self._context = answer, context
        self._open: set[asyncio.StreamWriter] = set()
        self.left = asyncio.Semaphore(0)  # released for each client that left before its answer
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
    """A clock that moves only when somebody sleeps. `slept` are the seconds of each wait."""

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
        """Returns this clock for clients."""
        return Clock(self.sleep, lambda: self.now, lambda: self.now, lambda: 0.0)
