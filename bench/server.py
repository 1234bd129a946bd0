"""A fast loopback server: pre-rendered Personio pages and a SCIM endpoint that accepts everything.

Runs as its own process: `python bench/server.py PEOPLE LATENCY_MS` prints its port. It parses only the HTTP it needs.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from typing import Any

PAGE = 100
WANTED = {
    "email": "email",
    "first_name": "first_name",
    "last_name": "last_name",
    "status": "status",
    "hire_date": "hire_date",
    "termination_date": "termination_date",
    "department": "department",
    "birthday": "dynamic_7",
    "alleo": "dynamic_42",
    "alleo_monthly_all_budget": "dynamic_43",
}


def attributes(number: int) -> dict[str, Any]:
    """Returns one employee as Personio sends it, with the attributes that Alleo needs."""

    def of(value: object, kind: str = "standard", label: str = "Label", universal: str | None = None) -> dict[str, Any]:
        return {"label": label, "value": value, "type": kind, "universal_id": universal}

    day = "2019-04-01T00:00:00+02:00"
    department = {"type": "Department", "attributes": {"id": number % 9, "name": f"Department {number % 9}"}}
    return {
        "id": of(10_000_000 + number, "integer", "ID", "id"),
        "email": of(f"person.{number}@company.example", label="Email", universal="email"),
        "first_name": of(f"Firstname{number}", label="First name", universal="first_name"),
        "last_name": of(f"van den Lastname{number}", label="Last name", universal="last_name"),
        "status": of("active", label="Status", universal="status"),
        "hire_date": of(day, "date", "Hire date", "hire_date"),
        "termination_date": of(None, "date", "Termination date", "termination_date"),
        "department": of(department, label="Department", universal="department"),
        "dynamic_7": of("1990-02-06T00:00:00+01:00", "date", "Birthday", "date_of_birth"),
        "dynamic_42": of("Yes", "list", "Alleo"),
        "dynamic_43": of(100.0, "decimal", "alleo_monthly_all_budget"),
    }


def everything(number: int) -> dict[str, Any]:
    """Returns the same employee with a whole profile of 26 attributes."""
    rest = {f"dynamic_{n}": {"label": f"Field {n}", "value": f"value {n}", "type": "standard"} for n in range(100, 113)}
    day = {"label": "Created", "value": "2019-04-01T10:11:12+02:00", "type": "date", "universal_id": "created_at"}
    return {**attributes(number), "created_at": day, "last_modified_at": day, **rest}


def account(number: int) -> dict[str, Any]:
    """Returns the account at Alleo of one employee, as SCIM: it agrees with `attributes`."""
    enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
    email = f"person.{number}@company.example"
    return {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", enterprise],
        "id": f"account-{number}",
        "externalId": str(10_000_000 + number),
        "userName": email,
        "name": {"givenName": f"Firstname{number}", "familyName": f"van den Lastname{number}"},
        "emails": [{"value": email, "type": "work", "primary": True}],
        "active": True,
        enterprise: {"department": f"Department {number % 9}"},
    }


def accounts(people: int, start: int) -> bytes:
    """Returns one page of all accounts as JSON. `start` counts from 1."""
    rows = [account(n) for n in range(start - 1, min(people, start - 1 + PAGE))]
    schemas = ["urn:ietf:params:scim:api:messages:2.0:ListResponse"]
    found = {"schemas": schemas, "totalResults": people, "itemsPerPage": len(rows), "startIndex": start}
    return json.dumps({**found, "Resources": rows}).encode()


def catalogue() -> bytes:
    """Returns the attributes that the credential may read, as JSON."""
    found = [{"key": key, **value, "value": None} for key, value in attributes(0).items()]
    rows = [{**one, "options": ["Yes", "No"]} if one["type"] == "list" else one for one in found]
    return json.dumps({"success": True, "data": rows}).encode()


def page(people: int, offset: int, size: int, of: Any) -> bytes:
    """Returns one page as JSON."""
    rows = [{"type": "Employee", "attributes": of(n)} for n in range(offset, min(people, offset + size))]
    metadata = {"total_elements": people, "current_page": offset // size, "total_pages": -(-people // size)}
    return json.dumps({"success": True, "metadata": metadata, "offset": offset, "limit": size, "data": rows}).encode()


def answer(body: bytes, status: str = "200 OK", kind: str = "application/json") -> bytes:
    """Returns a complete HTTP answer."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nAuthorization: Bearer papi-bench\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


class Answers:
    """All answers, rendered before the first request."""

    def __init__(self, people: int) -> None:
        token = {"success": True, "data": {"token": "papi-bench", "expires_in": 86400, "scope": "employees:read"}}
        self.sign_in = answer(json.dumps(token).encode())
        self.pages = {at: answer(page(people, at, PAGE, attributes)) for at in range(0, max(people, 1), PAGE)}
        self.all = answer(page(people, 0, people or 1, everything)) if people <= 20_000 else b""
        self.created = answer(b'{"schemas":[],"id":"1","userName":"x","active":true}', "201 Created")
        self.accounts = {at: answer(accounts(people, at)) for at in range(1, people + 2, PAGE)}
        self.catalogue = answer(catalogue())
        self.nothing = answer(b"{}", "404 Not Found")

    def to(self, head: bytes) -> bytes:
        """Returns the answer to a request."""
        line = head[: head.index(b"\r\n")]
        if line.startswith(b"POST /v1/auth"):
            return self.sign_in
        if line.startswith(b"POST"):
            return self.created
        if b"/Users" in line:
            start = int(line.split(b"startIndex=")[1].split(b"&")[0].split(b" ")[0])
            return self.accounts.get(start) or answer(accounts(0, start))
        if b"/v1/company/employees/attributes" in line:
            return self.catalogue
        if b"/v1/company/employees" in line:
            if b"limit=" not in line:
                return self.all
            return self.pages[int(line.split(b"offset=")[1].split(b"&")[0].split(b" ")[0])]
        return self.nothing


class Connection(asyncio.Protocol):
    """One connection; answers each request after `latency` seconds."""

    def __init__(self, answers: Answers, latency: float) -> None:
        self.answers, self.latency, self.buffer = answers, latency, b""
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head, rest = self.buffer[: end + 2], self.buffer[end + 4 :]
            lower = head.lower()
            length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0]) if b"content-length:" in lower else 0
            if len(rest) < length:
                return
            self.buffer = rest[length:]
            self._send(self.answers.to(head))

    def _send(self, body: bytes) -> None:
        if self.latency:
            asyncio.get_running_loop().call_later(self.latency, self.transport.write, body)
        else:
            self.transport.write(body)


async def main(people: int, latency: float) -> None:
    answers = Answers(people)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(answers, latency), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]) / 1000))
