"""One measurement in one process: `python bench/probes.py NAME PORT` prints seconds and peak memory in MiB as JSON.

Each runs in a fresh process, so that none profits from another's imports or memory. Imports are not timed, nor is the
collection of the garbage that they leave.
"""

from __future__ import annotations

import asyncio
import gc
import json
import resource
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent))
from server import PAGE, WANTED

PEOPLE = 10_000
ACCOUNTS = 1_000


def path(offset: int) -> str:
    """Returns the path of one page of employees."""
    query = [("limit", PAGE), ("offset", offset), *(("attributes[]", key) for key in sorted(WANTED.values()))]
    return f"/v1/company/employees?{urlencode(query)}"


def now() -> float:
    """Returns the start time, after a garbage collection; otherwise chance decides which probe has to do it."""
    gc.collect()
    return time.perf_counter()


def timed(work: Callable[[], Awaitable[object]]) -> float:
    """Returns the seconds that `work` takes in an event loop."""

    async def run() -> float:
        began = now()
        await work()
        return time.perf_counter() - began

    return asyncio.run(run())


def floor(port: int) -> float:
    """A raw socket, one request after another, and a typed parse of the wanted attributes: nothing can be faster."""
    import msgspec

    class Value(msgspec.Struct, gc=False):
        value: object = None

    attributes = msgspec.defstruct(
        "Attributes",
        [(f"k{n}", Value | None, None) for n in range(len(WANTED) + 1)],
        rename={f"k{n}": key for n, key in enumerate(["id", *WANTED.values()])},
    )
    row = msgspec.defstruct("Row", [("attributes", attributes)])
    decoder = msgspec.json.Decoder(msgspec.defstruct("Page", [("data", list[row])]))  # type: ignore[valid-type]

    def values(page: bytes) -> list[list[object]]:
        rows = [found.attributes for found in decoder.decode(page).data]
        return [[getattr(a, f"k{n}").value for n in range(len(WANTED) + 1)] for a in rows]

    return _from_socket(port, values)


def floor_people(port: int) -> float:
    """The same socket, with each page converted to the employees that the client returns."""
    from alleo_onboard.personio.shape import Shape

    shape = Shape(WANTED)
    return _from_socket(port, lambda page: list(shape.page(page).employees))


def _from_socket(port: int, made: Callable[[bytes], list[Any]]) -> float:
    began = now()
    kept: list[Any] = []
    with socket.create_connection(("127.0.0.1", port)) as connection:
        reader = connection.makefile("rb", buffering=1 << 18)
        for offset in range(0, PEOPLE, PAGE):
            connection.sendall(f"GET {path(offset)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            length = 0
            while (line := reader.readline()) != b"\r\n":
                if line.lower().startswith(b"content-length:"):
                    length = int(line[15:])
            kept += made(reader.read(length))
    assert len(kept) == PEOPLE
    return time.perf_counter() - began


def read(port: int, concurrency: int = 8) -> float:
    """Our client, from sign-in to employees, without the documented request limits."""
    from alleo_onboard.domain.secret import Secret
    from alleo_onboard.personio import reading, shape  # noqa: F401
    from alleo_onboard.personio.client import PersonioClient
    from alleo_onboard.personio.pace import UNLIMITED

    async def work() -> None:
        address = f"http://127.0.0.1:{port}"
        async with PersonioClient(address, "id", Secret("secret"), pace=UNLIMITED, concurrency=concurrency) as client:
            found = await client.employees(WANTED)
            assert len(found.employees) == PEOPLE
            assert found.complete

    async def loaded() -> None:
        address = f"http://127.0.0.1:{port}"
        async with PersonioClient(address, "id", Secret("secret")) as client:
            await client.sign_in()

    asyncio.run(loaded())  # httpx loads most of itself with the first request, and imports are not timed
    return timed(work)


def read_sequential(port: int) -> float:
    """The same client, one page after another."""
    return read(port, concurrency=1)


def personio_py(port: int) -> float:
    """The library personio-py, which reads whole profiles in one answer."""
    from personio_py import Personio

    client = Personio(base_url=f"http://127.0.0.1:{port}/v1/", client_id="id", client_secret="secret")
    began = now()
    assert len(client.get_employees()) == PEOPLE
    return time.perf_counter() - began


def _body(number: int) -> bytes:
    person = {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": f"person.{number}@company.example",
        "externalId": str(number),
        "name": {"givenName": f"First{number}", "familyName": f"Last{number}"},
        "emails": [{"value": f"person.{number}@company.example", "type": "work", "primary": True}],
        "active": True,
    }
    return json.dumps(person).encode()


def httpx_write(port: int, concurrency: int = 4) -> float:
    """Plain httpx: the same requests at the same concurrency."""
    import httpx

    async def work() -> None:
        headers = {"Authorization": "Bearer token", "Content-Type": "application/scim+json"}
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}/scim/v2", headers=headers) as client:
            todo = iter(range(ACCOUNTS))

            async def worker() -> None:
                for number in todo:
                    response = await client.post("/Users", content=_body(number))
                    assert response.status_code == 201
                    response.json()

            await asyncio.gather(*(worker() for _ in range(concurrency)))

    return timed(work)


def httpx_write_8(port: int) -> float:
    return httpx_write(port, 8)


def write(port: int, concurrency: int = 4) -> float:
    """Our delivery, from sign-in and discovery to the last account."""
    import httpx  # noqa: F401

    from alleo_onboard.alleo.scim import session  # noqa: F401
    from alleo_onboard.alleo.scim.delivery import ScimDelivery
    from alleo_onboard.alleo.scim.settings import ScimSettings
    from alleo_onboard.domain.change import Change, Field, Kind
    from alleo_onboard.domain.secret import Secret

    def change(number: int) -> Change:
        named = {"email": f"p{number}@company.example", "first_name": f"First{number}", "last_name": f"Last{number}"}
        return Change(Kind.ONBOARD, number, None, "x", tuple(Field(k, None, v) for k, v in named.items()))

    settings = ScimSettings(url=f"http://127.0.0.1:{port}/scim/v2", concurrency=concurrency)

    async def work() -> None:
        delivery = ScimDelivery(settings, Secret("token"))
        await delivery.open(frozenset({"email", "first_name", "last_name"}))
        await delivery.accounts()
        todo = iter([change(n) for n in range(ACCOUNTS)])

        async def worker() -> None:
            for one in todo:
                assert not (await delivery.apply(one)).error

        await asyncio.gather(*(worker() for _ in range(concurrency)))
        await delivery.aclose()

    return timed(work)


def write_8(port: int) -> float:
    return write(port, 8)


def write_sequential(port: int) -> float:
    return write(port, 1)


PROBES = {
    name: value for name, value in globals().items() if callable(value) and getattr(value, "__module__", "") == __name__
}

if __name__ == "__main__":
    seconds = PROBES[sys.argv[1]](int(sys.argv[2]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "mib": peak}))
