"""Personio API v1 over HTTP: sign-in, readable attributes, employees.

Behaves as Personio's published description and public recordings have it. Where those are silent:
- `id` is always shown and not listed among the attributes; `attributes[]` never hides it.
- a page beyond the end is empty; a limit outside 1-100 or an offset below 0 is refused with 400.
- `updated_since` ignores `email` as documented, keeps paging as users observed, reads times without zone as UTC, and
  looks at `last_modified_at` of the whole employee.
- `email` compares without regard to case.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from alleo_onboard.sandbox import answers
from alleo_onboard.sandbox.asgi import Response, Seen, as_json, drop, read, write
from alleo_onboard.sandbox.faults import Fault
from alleo_onboard.sandbox.limits import throttled
from alleo_onboard.sandbox.page import readable_page
from alleo_onboard.sandbox.render import rendered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from alleo_onboard.sandbox.asgi import Receive, Request, Scope, Send
    from alleo_onboard.sandbox.person import Person
    from alleo_onboard.sandbox.state import Personio
    from alleo_onboard.sandbox.tenant import Attribute

_EMPLOYEES = "/v1/company/employees"
_LISTINGS = (f"{_EMPLOYEES}/attributes", f"{_EMPLOYEES}/custom-attributes")
_PROJECTION = re.compile(r"attributes\[\d*\]")
_INSTEAD: Mapping[Fault, Callable[[], Response]] = {
    Fault.UNAVAILABLE: answers.unavailable,
    Fault.THROTTLED_SECONDS: lambda: throttled("seconds", 1),
    Fault.THROTTLED_DATE: lambda: throttled("date", 1),
    Fault.THROTTLED: lambda: throttled("none", 1),
    Fault.SUCCESS_FALSE: lambda: answers.failure(200, 500, "Something went wrong"),
}


class PersonioApp:
    """The ASGI application over one `Personio` state."""

    def __init__(self, state: Personio) -> None:
        self.state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one HTTP request."""
        request = await read(scope, receive)
        self.state.requests.append(Seen.of(scope))
        if request.path == "/":
            await write(self._page(request), send)
            return
        if self.state.latency:
            await asyncio.sleep(self.state.latency)
        fault = self.state.faults.next("auth" if request.path == "/v1/auth" else "data")
        if fault is not None and fault in _INSTEAD:
            await write(_INSTEAD[fault](), send)
            return
        response = self._answer(request, fault)
        if fault is Fault.DROPPED:
            await drop(response, send)
        else:
            await write(response, send, keep=0.5 if fault is Fault.TRUNCATED else 1.0)

    def _answer(self, request: Request, fault: Fault | None) -> Response:
        limited = self._limited(request.path)
        if limited is not None:
            return limited
        if request.path == "/v1/auth" and request.method == "POST":
            return self._sign_in(request)
        if not request.path.startswith(_EMPLOYEES) or request.method != "GET":
            return answers.unknown_route()
        return self._refused(request) or self._read(request, fault)

    def _read(self, request: Request, fault: Fault | None) -> Response:
        with self.state.lock:
            if request.path in _LISTINGS:
                return self._attributes()
            if request.path == _EMPLOYEES:
                return self._employees(request, self.state.faults.moved(fault))
            return self._employee(request.path.removeprefix(f"{_EMPLOYEES}/"))

    def _limited(self, path: str) -> Response | None:
        if self.state.limits is None:
            return None
        listed = path.startswith(_EMPLOYEES) and path not in _LISTINGS
        return self.state.limits.check("auth" if path == "/v1/auth" else "employees" if listed else "other")

    def _sign_in(self, request: Request) -> Response:
        if {"client_id", "client_secret"} & {name for name, _value in request.query}:
            return answers.query_credentials()
        given = request.form() or _json_object(request.body)
        for name in ("client_id", "client_secret"):
            if not isinstance(given.get(name), str) or not given[name]:
                return answers.bad_parameter(f"The {name.replace('_', ' ')} field is required.")
        wanted = "\n".join(self.state.credential).encode()
        if not secrets.compare_digest(f"{given['client_id']}\n{given['client_secret']}".encode(), wanted):
            return answers.wrong_credentials()
        token, seconds = self.state.token()
        return as_json(
            200, {"success": True, "data": {"token": token, "expires_in": seconds, "scope": self.state.scope}}
        )

    def _refused(self, request: Request) -> Response | None:
        given = request.headers.get("authorization")
        if not given:
            return answers.not_authorized()
        kind, _space, token = given.partition(" ")
        if kind.lower() != "bearer" or not self.state.accepts(token.strip()):
            return answers.invalid_authorization()
        return None if "employees:read" in self.state.scope.split() else answers.forbidden()

    def _attributes(self) -> Response:
        readable = [each.described() for each in self.state.attributes if each.key in self.state.readable]
        return as_json(200, {"success": True, "data": readable}, self._echo())

    def _employees(self, request: Request, moved: int) -> Response:
        limit, offset = _number(request.parameter("limit"), 50), _number(request.parameter("offset"), 0)
        if limit is None or not 1 <= limit <= 100:
            return answers.bad_parameter("The limit must be between 1 and 100.")
        if offset is None or offset < 0:
            return answers.bad_parameter("The offset must be at least 0.")
        attributes = self._projected(request)
        found = self._filtered(request)
        if found is None:
            return answers.bad_parameter("The updated since does not match the format Y-m-d\\TH:i:s.")
        if found is self.state.people:
            data = self.state.pages.page(found, offset, limit, attributes)
        else:
            data = rendered(found[offset : offset + limit], attributes)
        total = len(found) + moved
        metadata = {"total_elements": total, "current_page": offset // limit, "total_pages": -(-total // limit)}
        head = json.dumps(
            {"success": True, "metadata": metadata, "offset": offset, "limit": limit}, separators=(",", ":")
        )
        return Response(200, b'%s,"data":%s}' % (head[:-1].encode(), data), (self._echo(),))

    def _employee(self, number: str) -> Response:
        if not (number.isascii() and number.isdigit()):
            return answers.unknown_route()
        person = self.state.person(int(number))
        if person is None:
            return answers.unknown_employee()
        attributes = [each for each in self.state.attributes if each.key in self.state.readable]
        data = rendered([person], attributes)[1:-1]
        return Response(200, b'{"success":true,"data":%s}' % data, (self._echo(),))

    def _projected(self, request: Request) -> Sequence[Attribute]:
        readable = [each for each in self.state.attributes if each.key in self.state.readable]
        wanted = {value for name, value in request.query if _PROJECTION.fullmatch(name)}
        return [each for each in readable if each.key in wanted] if wanted else readable

    def _filtered(self, request: Request) -> tuple[Person, ...] | None:
        """Returns the matching employees; the same tuple when nothing is filtered, None for an invalid date."""
        since, email = request.parameter("updated_since"), request.parameter("email")
        if since:
            moment = _moment(since)
            if moment is None:
                return None
            return tuple(person for person in self.state.people if person.last_modified_at >= moment)
        if email:
            return tuple(person for person in self.state.people if person.email.casefold() == email.casefold())
        return self.state.people

    def _page(self, request: Request) -> Response:
        if request.method == "POST":
            form = parse_qsl(request.body.decode("utf-8", "replace"))
            self.state.set_readable(frozenset(value for name, value in form if name == "readable"))
        return readable_page(self.state.attributes, self.state.readable, saved=request.method == "POST")

    def _echo(self) -> tuple[str, str]:
        """Returns the header that repeats the token, as Personio still does; older clients need it."""
        return "authorization", f"Bearer {self.state.token()[0]}"


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _number(text: str | None, default: int) -> int | None:
    if text is None:
        return default
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
