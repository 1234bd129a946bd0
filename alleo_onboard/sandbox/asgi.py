"""Minimal ASGI helpers: read a request, send a response, or break the connection on purpose."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_LARGEST_BODY = 1 << 20


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request. Header names are in lower case; `query` keeps repeated names in order."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes

    def parameter(self, name: str) -> str | None:
        """Returns the last value of a query parameter, as PHP does, or None."""
        return next((value for key, value in reversed(self.query) if key == name), None)

    def form(self) -> dict[str, str]:
        """Returns the body as `application/x-www-form-urlencoded`; empty for another type."""
        if not self.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return {}
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Response:
    """One HTTP answer."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Seen:
    """One request to the sandbox, without its Authorization header and body."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]

    @classmethod
    def of(cls, scope: Scope) -> Seen:
        """Returns the parts of a request that may be kept."""
        headers = _headers(scope)
        return cls(
            scope["method"], scope["path"], _query(scope), {k: v for k, v in headers.items() if k != "authorization"}
        )


def as_json(status: int, content: Any, *headers: tuple[str, str]) -> Response:
    """Returns an answer with this JSON."""
    return Response(status, json.dumps(content, separators=(",", ":")).encode(), headers)


async def read(scope: Scope, receive: Receive) -> Request:
    """Reads a request to its end. A body is cut off after 1 MiB."""
    body = b""
    more = True
    while more:
        message = await receive()
        if len(body) < _LARGEST_BODY:
            body += message.get("body", b"")
        more = message.get("more_body", False)
    return Request(
        method=scope["method"],
        path=scope["path"],
        query=_query(scope),
        headers=_headers(scope),
        body=body[:_LARGEST_BODY],
    )


def _query(scope: Scope) -> tuple[tuple[str, str], ...]:
    return tuple(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


async def write(response: Response, send: Send, *, keep: float = 1.0) -> None:
    """Sends an answer. With `keep` below 1 only that share of the body is sent before the connection closes."""
    headers = (
        ("content-type", response.content_type),
        ("content-length", str(len(response.body))),
        *response.headers,
    )
    encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": response.status, "headers": encoded})
    part = response.body if keep >= 1 else response.body[: int(len(response.body) * keep)]
    await send({"type": "http.response.body", "body": part, "more_body": keep < 1})


async def drop(response: Response, send: Send) -> None:
    """Closes the connection without an answer.

    ASGI has no way to do that, so this aborts uvicorn's transport, found through `send`. Without it the headers are
    sent and nothing else.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        await write(response, send, keep=0.0)
        return
    transport.abort()
    await asyncio.sleep(0.01)  # let uvicorn notice it, else it answers 500
