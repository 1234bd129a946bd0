"""A SCIM server over real HTTP that misbehaves as told, in ways that real servers do."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import ssl
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
TOKEN = "rough-canary-token"
_FILTER = re.compile(r'(\w+) eq (".*")', re.DOTALL)
_EXTENSION = re.compile(r"(urn:.*):([^:]+)")


@dataclass
class Rough:
    """The server and its behaviour.

    `script` makes the next writes fail, one each: `lost`, `late lost`, a status, `late STATUS`.
    """

    accounts: list[dict[str, Any]] = field(default_factory=list)
    # index, ignored, cursor, circle (endless cursors), stuck (always the same cursor), shuffled (unless sorted)
    pages: str = "index"
    cap: int = 1000
    totals: str = "true"  # true, none, page, beyond (one account more than exists), vast
    filters: str = "work"  # work, ignored, refused, nobody, failing
    discovery: dict[str, Any] | None = None
    users: tuple[int, str, bytes] | None = None  # status, type and body that /Users answers instead of a list
    raw: deque[bytes] = field(default_factory=deque)  # complete answers, one each, before any other rule
    drip: float = 0.0  # seconds between bytes after such an answer, without end
    script: deque[str] = field(default_factory=deque)
    email_ids: bool = False
    value_paths: bool = True
    unique: bool = True  # whether an address is refused when it exists already
    created_body: bool = True
    created_id: str = ""  # the id in the answer to a POST, whatever the real id is
    gone: set[str] = field(default_factory=set)  # accounts that cannot be read by their id
    forgets: str = ""  # an extension that is accepted but not stored
    mark: bytes = b""  # sent before every body
    past_end: int = 0  # status for a page after the last account
    sorts: bool = True
    token: str = TOKEN
    token_style: str = "body"
    tokens_given: int = 0
    expires_in: Any = 3600
    seen: list[tuple[str, str, Any]] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    certificate: str = ""
    base: str = ""
    server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"rough": self}))
        self.server.daemon_threads = True
        if self.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.base = f"http{'s' if self.certificate else ''}://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"{self.base}/scim/v2"

    def sent(self, method: str) -> list[tuple[str, Any]]:
        """Returns path and body of all requests with this method."""
        return [(path, body) for verb, path, body in self.seen if verb == method]

    def account(self, identity: str) -> dict[str, Any] | None:
        """Returns the account with this id, or None."""
        return next((a for a in self.accounts if str(a["id"]) == identity), None)


def person(number: int, **more: Any) -> dict[str, Any]:
    """Returns an account as SCIM JSON."""
    email = f"p{number}@example.com"
    return {
        "schemas": [USER],
        "id": f"id-{number}",
        "userName": email,
        "name": {"givenName": "Anna", "familyName": f"Nr {number}"},
        "emails": [{"value": email, "type": "work", "primary": True}],
        "active": True,
        **more,
    }


class Handler(BaseHTTPRequestHandler):
    """Serves the requests of one `Rough`."""

    rough: Rough
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_: Any) -> None: ...

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def do_PATCH(self) -> None:
        self._serve("PATCH")

    def do_DELETE(self) -> None:
        self._serve("DELETE")

    def _serve(self, method: str) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        parts = urlsplit(self.path)
        query = {k: v[0] for k, v in parse_qs(parts.query, keep_blank_values=True).items()}
        if parts.path == "/token":
            return self._token(raw)
        body = json.loads(raw) if raw else None
        with self.rough.lock:
            self.rough.seen.append((method, self.path, body))
            if self.headers.get("authorization") != f"Bearer {self.rough.token}":
                return self._answer(401, {"detail": f"not welcome: {self.headers.get('authorization')}"})
            tail = parts.path.removeprefix("/scim/v2/")
            if self.rough.raw:
                if method != "GET":
                    self._write(method, tail, body)
                return self._raw(self.rough.raw.popleft())
            if method == "GET":
                return self._get(tail, query)
            step = self.rough.script.popleft() if self.rough.script else ""
            if step.startswith("late "):
                self._write(method, tail, body)
                step = step.removeprefix("late ")
            elif not step:
                return self._answer(*self._write(method, tail, body))
            if step == "lost":
                self.close_connection = True
                return self.connection.shutdown(2)
            status, _, detail = step.partition(" ")
            headers = {"Retry-After": detail} if status == "429" else {}
            return self._answer(int(status), {"detail": detail} if detail else None, headers)

    def _raw(self, answer: bytes) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.wfile.write(answer)
            while self.rough.drip:
                self.wfile.write(b" ")
                time.sleep(self.rough.drip)

    def _token(self, raw: bytes) -> None:
        form = {k: v[0] for k, v in parse_qs(raw.decode()).items()}
        rough = self.rough
        rough.seen.append(("TOKEN", self.headers.get("authorization") or "", sorted(form)))
        if rough.token_style == "html":
            return self._answer(200, "<html>Sign in</html>", {"Content-Type": "text/html"})
        if rough.token_style == "body" and "client_secret" not in form:
            return self._answer(401, {"error": "invalid_client"})
        if rough.token_style == "refused":
            return self._answer(400, {"error": "invalid_client", "error_description": f"bad {form}"})
        rough.tokens_given += 1
        rough.token = f"{TOKEN}-{rough.tokens_given}"
        return self._answer(200, {"access_token": rough.token, "expires_in": rough.expires_in, "token_type": "bearer"})

    def _get(self, tail: str, query: dict[str, str]) -> None:
        rough = self.rough
        if tail.startswith("Users/"):
            identity = unquote(tail.removeprefix("Users/"))
            account = None if identity in rough.gone else rough.account(identity)
            return self._answer(200, account) if account else self._answer(404, "nobody here")
        if tail != "Users":
            found = (rough.discovery or {}).get(tail)
            return self._answer(200, found) if found is not None else self._answer(404, "nothing here")
        if rough.users:
            status, kind, content = rough.users
            return self._answer(
                status, content.decode(), {"Content-Type": kind, "Location": "https://elsewhere.example/"}
            )
        if "filter" in query and rough.filters != "ignored":
            return self._filtered(query["filter"])
        if "sortBy" in query and not rough.sorts:
            return self._answer(400, {"detail": "sorting is not offered"})
        if rough.past_end and int(query.get("startIndex") or 1) > max(len(rough.accounts), 1):
            return self._answer(rough.past_end, {"detail": "startIndex"})
        return self._answer(200, self._page(query))

    def _filtered(self, text: str) -> None:
        if self.rough.filters == "refused":
            return self._answer(400, {"detail": "filter"})
        if self.rough.filters == "failing":
            return self._answer(503, {})
        name, value = _FILTER.fullmatch(text).groups()
        held = [a for a in self.rough.accounts if str(a.get(name, "")).casefold() == json.loads(value).casefold()]
        held = [] if self.rough.filters == "nobody" else held
        return self._answer(200, {"totalResults": len(held), "Resources": held} if held else {"totalResults": 0})

    def _page(self, query: dict[str, str]) -> dict[str, Any]:
        rough = self.rough
        start = int(query.get("startIndex") or 1) - 1
        count = min(int(query.get("count") or 100), rough.cap)
        extra = {}
        if rough.pages == "ignored":
            start = 0
        if rough.pages == "cursor":
            start = int(query.get("cursor") or 0)
            extra = {"nextCursor": str(start + count)} if start + count < len(rough.accounts) else {}
        if rough.pages in ("circle", "stuck"):
            turn = int(query.get("cursor") or 0)
            start = turn * count % max(len(rough.accounts), 1)
            extra = {"nextCursor": str(turn + 1 if rough.pages == "circle" else 1)}
        shown = rough.accounts[start : start + count]
        if rough.pages == "shuffled" and "sortBy" not in query and start:
            # Repeat one account of the page before, and leave out another.
            shown = rough.accounts[start - 1 : start] + rough.accounts[start + 1 : start + count]
        held = len(rough.accounts)
        total = {"true": held, "page": len(shown), "beyond": held + 1, "vast": 10**11}.get(rough.totals)
        extra["schemas"] = ["urn:ietf:params:scim:api:messages:2.0:ListResponse"]
        return ({} if total is None else {"totalResults": total}) | ({"Resources": shown} if shown else {}) | extra

    def _write(self, method: str, tail: str, body: Any) -> tuple[int, Any, dict[str, str]]:
        rough = self.rough
        if method == "POST":
            if rough.unique and any(a["userName"].casefold() == body["userName"].casefold() for a in rough.accounts):
                return 409, None, {}
            identity = body["userName"] if rough.email_ids else f"made-{len(rough.accounts)}"
            rough.accounts.append({k: v for k, v in body.items() if k != rough.forgets} | {"id": identity})
            said = {**rough.accounts[-1], "id": rough.created_id} if rough.created_id else rough.accounts[-1]
            said = {k: v for k, v in said.items() if k != "externalId"} if rough.created_id else said
            return 201, said if rough.created_body else None, {}
        account = rough.account(unquote(tail.removeprefix("Users/")))
        if account is None or method != "PATCH":
            return 404, {"detail": "no such user"}, {}
        for op in body["Operations"]:
            if "[" in op["path"] and not rough.value_paths:
                return 400, {"scimType": "invalidPath"}, {}
        for op in body["Operations"]:
            _apply(account, op["path"], op.get("value"))
        return 204, None, {}

    def _answer(self, status: int, content: Any, headers: dict[str, str] | None = None) -> None:
        body = (
            b"" if content is None else content.encode() if isinstance(content, str) else json.dumps(content).encode()
        )
        body = self.rough.mark + body if body else body
        kind = "text/plain" if isinstance(content, str) else "application/scim+json"
        lines = {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}
        head = f"HTTP/1.1 {status} X\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items()) + "\r\n"
        self.wfile.write(head.encode() + body)


def _apply(account: dict[str, Any], path: str, value: Any) -> None:
    holder, name = account, path
    if path == 'emails[type eq "work"].value':
        holder, name = next(e for e in account["emails"] if e.get("type") == "work"), "value"
    elif extended := _EXTENSION.fullmatch(path):
        holder, name = account.setdefault(extended[1], {}), extended[2]
    elif "." in path:
        outer, name = path.split(".")
        holder = account.setdefault(outer, {})
    if value is None:
        holder.pop(name, None)
    else:
        holder[name] = value


class FastClock:
    """A clock that only sleeping moves. `waits` are the seconds of each wait."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    def monotonic(self) -> float:
        return self.now + time.monotonic()
