"""Reading all employees: pages, changing totals, repeated people, servers that ignore parameters."""

from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from misbehaving import ATTRIBUTES, AUTH, EMPLOYEES, Answer, Request, Server, Tenant, client, people
from thorough import examples

from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.domain.progress import EmployeesRead, Rereading, SignedIn, System

KEYS = {"email": "email", "first_name": "first_name"}


async def read(tenant, keys=KEYS, **more):
    events = []
    async with Server(tenant) as server, client(server.url, notify=events.append, **more) as personio:
        return await personio.employees(keys), events


async def test_reads_all_pages_with_only_the_wanted_attributes_and_one_sign_in():
    tenant = Tenant(people(250))
    found, events = await read(tenant, KEYS | {"birthday": "dynamic_7"})
    assert (len(found.employees), found.complete, found.stated) == (250, True, 250)
    assert [e.id for e in found.employees] == list(range(1, 251))
    assert sorted(r.number("offset") for r in tenant.seen(EMPLOYEES)) == [0, 100, 200]
    asked = {tuple(v for k, v in r.query if k == "attributes[]") for r in tenant.seen(EMPLOYEES)}
    assert asked == {("dynamic_7", "email", "first_name")}
    assert {r.number("limit") for r in tenant.seen(EMPLOYEES)} == {100}
    assert len(tenant.seen(AUTH)) == 1
    assert events[0] == SignedIn(System.PERSONIO)
    assert EmployeesRead(250, 250) in events
    assert not [e for e in events if isinstance(e, Rereading)]


async def test_credential_goes_in_the_body_and_every_request_says_who_asks():
    tenant = Tenant(people(1))
    await read(tenant)
    sign_in, listing = tenant.requests
    assert sign_in.method == "POST"
    assert "?" not in sign_in.target
    assert json.loads(sign_in.body) == {"client_id": "papi-id", "client_secret": "papi-very-secret-canary"}
    for request in (sign_in, listing):
        assert request.headers["x-personio-app-id"] == "ALLEO_ONBOARD"
        assert request.headers["user-agent"].startswith("alleo-onboard/")
    assert listing.headers["authorization"] == "Bearer papi-token"


async def test_a_company_without_people_is_complete():
    found, _ = await read(Tenant())
    assert (found.employees, found.complete, found.stated) == ((), True, 0)


async def test_without_wanted_attributes_only_the_id_is_asked_for():
    tenant = Tenant(people(3))
    found, _ = await read(tenant, {})
    assert [e.id for e in found.employees] == [1, 2, 3]
    assert [v for k, v in tenant.seen(EMPLOYEES)[0].query if k == "attributes[]"] == ["id"]


async def test_count_asks_for_one_person_and_no_more_than_the_id():
    tenant = Tenant(people(34))
    async with Server(tenant) as server, client(server.url) as personio:
        assert await personio.count() == 34
    query = dict(tenant.seen(EMPLOYEES)[0].query)
    assert query == {"limit": "1", "offset": "0", "attributes[]": "id"}


async def test_a_hire_between_two_pages_leads_to_a_second_read_that_has_everybody():
    tenant = Tenant(people(150))

    def page(request: Request):
        if len(tenant.seen(EMPLOYEES)) == 2:
            tenant.people = [*people(1, start=900), *tenant.people]  # newest first, as Personio sorts
        return tenant.listed(request)

    tenant.page = page
    found, events = await read(tenant, concurrency=1)
    assert found.complete
    assert len(found.employees) == found.stated == 151
    assert [e for e in events if isinstance(e, Rereading)] == [Rereading(2)]


async def test_a_total_that_is_never_met_gives_up_after_three_reads_and_keeps_everybody_seen():
    tenant = Tenant(people(120))
    tenant.page = lambda request: tenant.listed(request) | {"metadata": {"total_elements": 121}}
    found, events = await read(tenant)
    assert not found.complete
    assert (len(found.employees), found.stated) == (120, 121)
    assert [e for e in events if isinstance(e, Rereading)] == [Rereading(2), Rereading(3)]


def shows(tenant, rounds, total):
    """Makes the n-th read return `rounds[n]` on its first page and state the total."""
    shown = iter(rounds)
    totals = iter(total if isinstance(total, list) else [total] * 9)
    now = [0]

    def page(request: Request):
        if request.number("offset") == 0:
            now[0] = next(totals)
            return tenant.answer([tenant.people[i] for i in next(shown)], now[0])
        return tenant.answer([], now[0])

    tenant.page = page


@pytest.mark.parametrize(
    ("rounds", "total", "complete", "found"),
    [
        (([0, 1], [1, 2], [2, 3]), 4, True, [1, 2, 3, 4]),  # everybody, over three reads
        (([0, 1], [2, 3]), 4, True, [1, 2, 3, 4]),
        (([0, 1], [1, 2], [2, 1]), 4, False, [1, 2, 3]),
        (([0, 1], [1, 2], [2, 3]), [3, 4, 4], False, [1, 2, 3, 4]),  # people seen before may have left
        (([0, 1], [1, 2], [0, 3]), [5, 4, 4], True, [1, 2, 3, 4]),
    ],
)
async def test_people_of_all_readings_count_together_while_the_total_stays(rounds, total, complete, found):
    tenant = Tenant(people(4))
    shows(tenant, rounds, total)
    read_, _ = await read(tenant)
    assert read_.complete is complete
    assert [e.id for e in read_.employees] == found
    assert read_.stated == (total[-1] if isinstance(total, list) else total)


async def test_people_who_change_places_between_pages_are_all_found():
    """Ten people created at the same time have no fixed order, so a page may repeat one and omit another."""
    tenant = Tenant(people(250))
    by = iter((1, 9))

    def page(request: Request):
        offset = request.number("offset")
        shown = list(tenant.people)
        tied = shown[95:105]
        if offset == 100:
            turned = next(by)
            shown[95:105] = tied[turned:] + tied[:turned]
        return tenant.answer(shown[offset : offset + 100], 250)

    tenant.page = page
    found, _ = await read(tenant, concurrency=1)
    assert found.complete
    assert len(found.employees) == found.stated == 250


async def test_somebody_who_leaves_before_the_next_page_hides_nobody():
    """Everybody behind moves up to a page that was read already, so the right number does not prove completeness."""
    tenant = Tenant(people(150))

    def page(request: Request):
        if len(tenant.seen(EMPLOYEES)) == 2:
            del tenant.people[0]
        return tenant.listed(request)

    tenant.page = page
    found, events = await read(tenant, concurrency=1)
    assert [e for e in events if isinstance(e, Rereading)] == [Rereading(2)]
    assert found.complete
    assert [e.id for e in found.employees] == list(range(2, 151))


def one_tenant(answer):
    tenant = Tenant(people(3))
    tenant.page = answer
    return tenant


@pytest.mark.parametrize("status", [404, 200])
async def test_somebody_asked_for_by_id_is_there_or_not(status):
    gone = json.dumps({"success": False, "error": {"code": 404, "message": "Es ist ein Problem aufgetreten "}})

    def page(request: Request):
        if request.target.split("?")[0].endswith("/2"):
            return {"success": True, "data": {"type": "Employee", "attributes": {"id": {"value": 2}}}}
        return Answer(status, gone.encode())

    tenant = one_tenant(page)
    async with Server(tenant) as server, client(server.url) as personio:
        there = await personio.employee(2)
        assert there is not None
        assert there.id == 2
        assert await personio.employee(9) is None


@pytest.mark.parametrize("answer", [Answer(404, b"<html>not found</html>"), {"success": True, "data": {"x": 1}}])
async def test_an_answer_that_is_not_personios_is_never_gone(answer):
    tenant = one_tenant(lambda _request: answer)
    async with Server(tenant) as server, client(server.url) as personio:
        with pytest.raises(Unreachable):
            await personio.employee(2)


async def test_a_person_repeated_on_two_pages_counts_once():
    tenant = Tenant(people(150))
    tenant.people[100] = tenant.people[99]
    found, _ = await read(tenant)
    assert not found.complete
    assert len({e.id for e in found.employees}) == len(found.employees) == 149


@pytest.mark.parametrize("total", [10**9, 250])
async def test_a_server_that_ignores_the_offset_is_not_asked_for_ever(total):
    tenant = Tenant(people(100))
    tenant.page = lambda _request: tenant.answer(tenant.people, total)
    found, _ = await read(tenant, concurrency=4)
    assert not found.complete
    assert len(found.employees) == 100
    assert len(tenant.seen(EMPLOYEES)) <= 3 * (1 + 4)


async def test_a_server_that_ignores_the_limit_and_gives_everybody_is_complete():
    tenant = Tenant(people(250))
    tenant.page = lambda _request: tenant.answer(tenant.people)
    found, _ = await read(tenant)
    assert found.complete
    assert len(tenant.seen(EMPLOYEES)) == 1


async def test_a_server_with_shorter_pages_is_read_in_its_own_steps():
    tenant = Tenant(people(130))
    tenant.page = lambda request: tenant.answer(tenant.people[request.number("offset") :][:50])
    found, _ = await read(tenant)
    assert found.complete
    assert len(found.employees) == 130


@pytest.mark.parametrize("metadata", [None, [], "x", {"total_elements": None}, {"total_elements": -3}, {}])
async def test_without_a_total_nothing_proves_that_the_read_is_complete(metadata):
    tenant = Tenant(people(5))
    tenant.page = lambda request: tenant.listed(request) | {"metadata": metadata}
    found, _ = await read(tenant)
    assert not found.complete
    assert len(found.employees) == 5


async def test_lists_attributes_of_new_and_old_tenants():
    tenant = Tenant(
        attributes=[
            {"key": "email", "label": "E-Mail", "type": "standard", "universal_id": "email", "options": []},
            {"key": "dynamic_1", "label": " Alleo ", "type": "list", "universal_id": None, "options": ["Yes", "No", 3]},
            {"key": "dynamic_2", "label": "Geburtstag"},
            {"label": "no key"},
            None,
        ]
    )
    async with Server(tenant) as server, client(server.url) as personio:
        email, alleo, birthday = await personio.attributes()
    assert (email.key, email.type, email.universal_id, email.options) == ("email", "standard", "email", ())
    assert (alleo.label, alleo.universal_id, alleo.options) == (" Alleo ", None, ("Yes", "No"))
    assert (birthday.type, birthday.universal_id, birthday.options) == (None, None, None)
    assert len(tenant.seen(ATTRIBUTES)) == 1


@pytest.mark.parametrize(
    ("sign_in", "scopes"),
    [
        ({"token": "t", "scope": "employees:read employees:write"}, ("employees:read", "employees:write")),
        ({"token": "t"}, ()),
        ({"token": "t", "scope": None, "expires_in": 86400}, ()),
    ],
)
async def test_sign_in_tells_the_scopes_and_happens_once(sign_in, scopes):
    tenant = Tenant(sign_in=sign_in)
    async with Server(tenant) as server, client(server.url) as personio:
        assert await asyncio.gather(personio.sign_in(), personio.sign_in()) == [scopes, scopes]
    assert len(tenant.requests) == 1


async def test_a_cancelled_read_closes_its_connections():
    tenant = Tenant(people(500))
    arrived = asyncio.Event()
    pending = 0

    def answer(request: Request):
        nonlocal pending
        if request.path == EMPLOYEES and request.number("offset"):
            pending += 1
            if pending == 4:
                arrived.set()
            return asyncio.get_running_loop().create_future()  # is never answered
        return tenant(request)

    async with Server(answer) as server, client(server.url, concurrency=4) as personio:
        task = asyncio.create_task(personio.employees(KEYS))
        await arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with asyncio.timeout(10):
            for _ in range(pending):
                await server.left.acquire()
        assert (await personio.count(), pending) == (500, 4)  # the client still works afterwards


@settings(max_examples=examples(15, 50), deadline=None)
@given(st.lists(st.integers(0, 3), min_size=4, max_size=4, unique=True), st.integers(301, 400), st.integers(1, 8))
def test_the_order_in_which_pages_arrive_changes_nothing(order, count, concurrency):
    tenant = Tenant(people(count))

    def answer(request: Request):
        ready = tenant(request)
        if request.path != EMPLOYEES:
            return ready
        future = asyncio.get_running_loop().create_future()
        rank = order[request.number("offset") // 100]
        asyncio.get_running_loop().call_later(rank * 0.002, future.set_result, ready)
        return future

    async def run():
        async with Server(answer) as server, client(server.url, concurrency=concurrency) as personio:
            return await personio.employees(KEYS)

    found = asyncio.run(run())
    assert found.complete
    assert [e.id for e in found.employees] == list(range(1, count + 1))


async def test_a_compressed_page_is_read():
    import gzip

    tenant = Tenant(people(3))
    plain = json.dumps(tenant.answer(tenant.people)).encode()
    tenant.script[EMPLOYEES].append(Answer(200, gzip.compress(plain), (("Content-Encoding", "gzip"),)))
    found, _ = await read(tenant)
    assert found.complete
    assert len(found.employees) == 3
