"""Simulates Personio on loopback, correct or misbehaving. `served.Server` serves it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from served import Answer, Request, Server, Time

from alleo_onboard.domain.secret import Secret
from alleo_onboard.net.patience import Patience
from alleo_onboard.personio.client import PersonioClient
from alleo_onboard.personio.pace import UNLIMITED

__all__ = ["Answer", "Request", "Server", "Time"]
SECRET = "papi-very-secret-canary"
EMPLOYEES = "/v1/company/employees"
ATTRIBUTES = f"{EMPLOYEES}/attributes"
AUTH = "/v1/auth"


def failure(status: int, code: int, message: str, *headers: tuple[str, str]) -> Answer:
    """Returns an error answer of v1."""
    return Answer(status, {"success": False, "error": {"code": code, "message": message}}, headers)


FORBIDDEN = failure(403, 0, "personio.core.api.exceptions.api.forbidden.http.exception")
INVALID_TOKEN = failure(403, 403, "Provided authorization is not valid")


def wrapped(**values: Any) -> dict[str, Any]:
    """Returns attributes as Personio wraps them."""
    return {key: {"label": key, "value": value} for key, value in values.items()}


def people(count: int, start: int = 1) -> list[dict[str, Any]]:
    """Returns the attributes of `count` employees."""
    return [wrapped(id=i, email=f"p{i}@example.nl", first_name="P") for i in range(start, start + count)]


@dataclass
class Tenant:
    """Answers as Personio does. `script` holds answers by path that are used first."""

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
        made = (self.page or self.listed)(request)
        return made if isinstance(made, Answer) else Answer(body=made)

    def listed(self, request: Request) -> dict[str, Any]:
        """Returns the requested page."""
        offset, limit = request.number("offset"), request.number("limit")
        return self.answer(self.people[offset : offset + limit])

    def answer(self, rows: list[Any], total: Any = None) -> dict[str, Any]:
        """Returns a page with these rows."""
        data = [{"type": "Employee", "attributes": row} for row in rows]
        stated = len(self.people) if total is None else total
        return {"success": True, "metadata": {"total_elements": stated, "current_page": 7}, "data": data}

    def seen(self, path: str) -> list[Request]:
        """Returns the requests to a path."""
        return [request for request in self.requests if request.path == path]


def client(url: str, time: Time | None = None, **more: Any) -> PersonioClient:
    """Returns a client of this server whose clock never waits."""
    more.setdefault("patience", Patience(clock=(time or Time()).clock))
    more.setdefault("pace", UNLIMITED)
    return PersonioClient(url, " papi-id ", Secret(SECRET), **more)
