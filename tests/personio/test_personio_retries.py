"""Retries: which requests, how long the waits are, and which events are sent."""

from __future__ import annotations

from email.utils import formatdate

import pytest
from misbehaving import AUTH, EMPLOYEES, Answer, Server, Tenant, Time, client, failure, people

from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.domain.progress import System, Waiting, Why
from alleo_onboard.net.patience import Patience
from alleo_onboard.personio.pace import DOCUMENTED, Pace

KEYS = {"email": "email"}
GOOD = {"success": True, "metadata": {"total_elements": 1}, "data": []}


async def read(tenant, time=None, **more):
    events = []
    async with Server(tenant) as server, client(server.url, time, notify=events.append, **more) as personio:
        found = await personio.employees(KEYS)
    return found, [e for e in events if isinstance(e, Waiting)]


STUMBLES = {
    "503": (failure(503, 0, "Service Unavailable"), Why.SERVER_ERROR),
    "500 with html": (Answer(500, b"<html>oops</html>"), Why.SERVER_ERROR),
    "cut short": (Answer(200, GOOD, keep=0.5), Why.SERVER_ERROR),
    "not json": (Answer(200, b"<html>maintenance</html>"), Why.SERVER_ERROR),
    "half a json": (Answer(200, b'{"success": true, "data": ['), Why.SERVER_ERROR),
    "wrong shape": (Answer(200, {"success": True, "data": {"a": 1}}), Why.SERVER_ERROR),
    "no data": (Answer(200, {"success": True}), Why.SERVER_ERROR),
    "bad gzip": (Answer(200, GOOD, (("Content-Encoding", "gzip"),)), Why.SERVER_ERROR),
    "dropped": (Answer(drop=True), Why.CONNECTION),
    "429": (failure(429, 429, "Too many requests"), Why.THROTTLED),
    "200 without success": (failure(200, 500, "Something went wrong"), Why.SERVER_ERROR),
    "200 throttled": (failure(200, 429, "Zu viele Anfragen"), Why.THROTTLED),
}


@pytest.mark.parametrize("name", STUMBLES)
@pytest.mark.parametrize("path", [AUTH, EMPLOYEES])
async def test_one_stumble_is_waited_out_and_told(name, path):
    answer, why = STUMBLES[name]
    tenant = Tenant(people(3))
    tenant.script[path].append(answer)
    found, waits = await read(tenant)
    assert found.complete
    assert waits == [Waiting(System.PERSONIO, why, 1.0, 1)]
    assert len(tenant.seen(path)) == 2


async def test_waits_double_and_end_with_a_sentence_that_names_the_host_and_not_the_secret():
    tenant, time = Tenant(people(3)), Time()
    tenant.script[EMPLOYEES].extend([failure(503, 0, "kaputt papi-very-secret-canary\x1b[31m")] * 9)
    with pytest.raises(Unreachable) as caught:
        await read(tenant, time)
    assert time.slept == [1, 2, 4, 8]
    assert len(tenant.seen(EMPLOYEES)) == 5
    said = str(caught.value)
    assert "127.0.0.1" in said
    assert "503" in said
    assert "kaputt ***" in said
    assert "5 times" in said
    assert "canary" not in said
    assert "\x1b" not in said


async def test_a_german_error_text_arrives_whole():
    tenant = Tenant()
    tenant.script[EMPLOYEES].extend([failure(200, 0, "Es ist ein Problem aufgetreten – größer")] * 9)
    with pytest.raises(Unreachable, match="Es ist ein Problem aufgetreten – größer"):
        await read(tenant)


@pytest.mark.parametrize(
    ("asked", "waits"), [("7", 7.0), ("0", 1.0), ("99999", 60.0), ("soon", 1.0), (None, 1.0), ("date", 12.0)]
)
async def test_retry_after_is_kept_to_in_seconds_or_as_a_date(asked, waits):
    tenant, time = Tenant(people(3)), Time()
    value = formatdate(time.now + 12, usegmt=True) if asked == "date" else asked
    headers = (("Retry-After", value),) if value else ()
    tenant.script[EMPLOYEES].append(failure(429, 429, "Too many requests", *headers))
    found, events = await read(tenant, time)
    assert found.complete
    assert [e.seconds for e in events] == [waits]


async def test_one_throttled_request_holds_back_all_the_others():
    tenant, time = Tenant(people(900)), Time()
    arrivals = []

    def page(request):
        arrivals.append((request.number("offset"), time.now))
        return tenant.listed(request)

    tenant.page = page

    def throttled_once(request):
        answer = tenant(request)
        if request.path == EMPLOYEES and request.number("offset") == 100 and not throttled:
            throttled.append(time.now)
            return failure(429, 429, "Too many requests", ("Retry-After", "30"))
        return answer

    throttled: list[float] = []
    async with Server(throttled_once) as server, client(server.url, time, concurrency=2) as personio:
        found = await personio.employees(KEYS)
    assert found.complete
    # The other worker's request may have been in progress; all later ones waited for the thirty seconds.
    early = [offset for offset, at in arrivals if offset >= 300 and at < throttled[0] + 30]
    assert early == []


async def test_gives_up_when_the_waits_together_grow_too_long():
    tenant, time = Tenant(), Time()
    tenant.script[EMPLOYEES].extend([failure(429, 429, "slow down", ("Retry-After", "50"))] * 9)
    with pytest.raises(Unreachable, match="fewer requests"):
        await read(tenant, time, patience=Patience(total=120, clock=time.clock))
    assert sum(time.slept) == 100


async def test_nobody_listens():
    async with Server(Tenant()) as server:
        url = server.url
    events = []
    async with client(url, notify=events.append) as personio:
        with pytest.raises(Unreachable, match=r"127\.0\.0\.1.*cannot be connected to.*5 times"):
            await personio.sign_in()
    assert [e.why for e in events] == [Why.CONNECTION] * 4


async def test_keeps_to_fifteen_a_second_and_three_hundred_a_minute():
    tenant, time = Tenant(people(4_000)), Time()
    starts = []

    def page(request):
        starts.append(time.now)
        return tenant.listed(request)

    tenant.page = page
    found, _ = await read(tenant, time, pace=Pace(15, 30), concurrency=1)
    assert found.complete
    for most, window in ((15, 1.0), (30, 60.0)):
        assert all(later - earlier >= window for earlier, later in zip(starts, starts[most:], strict=False))


async def test_a_noticeable_wait_for_the_pace_is_told():
    tenant, time = Tenant(people(1_700)), Time()
    _, waits = await read(tenant, time, pace=DOCUMENTED, concurrency=1)
    assert waits
    assert {w.why for w in waits} == {Why.PACE}
    assert all(w.seconds > 0.5 for w in waits)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Answer(200, b"<html>maintenance</html>"), "web page"),
        (Answer(200, b""), "is empty"),
        (Answer(200, b'{"success": true, "data": [{"attributes": {"id": {"value": NaN}}}]}'), "NaN"),
        (Answer(200, b'{"success": true, "data": ['), "ends in the middle"),
        (Answer(200, GOOD, keep=0.5), "was cut short"),
        (Answer(200, {"success": True, "data": {"a": 1}}), "does not look as its API describes"),
        (Answer(200, '{"success": true}'.encode("utf-16")), "not text in UTF-8"),
        (Answer(200, b"nothing to see"), "is not JSON"),
    ],
)
async def test_each_useless_answer_is_called_what_it_is(answer, says):
    tenant = Tenant(people(3))
    tenant.script[EMPLOYEES].extend([answer] * 9)
    with pytest.raises(Unreachable, match=rf"127\.0\.0\.1.*{says}.*5 times"):
        await read(tenant)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("half", [rb'"\ud83d"', b'"M\xfcller"', rb'"Anna \uDE00 B"'])
async def test_half_a_character_in_one_name_costs_nobody_else_anything(mark, half):
    rows = [
        b'{"attributes": {"id": {"value": %d}, "first_name": {"value": %s}, "email": {"value": "p%d@a.nl"}}}'
        % (n, half if n == 2 else b'"Anna"', n)
        for n in (1, 2, 3)
    ]
    body = mark + b'{"success": true, "metadata": {"total_elements": 3}, "data": [' + b",".join(rows) + b"]}"
    tenant = Tenant()
    tenant.script[EMPLOYEES].append(Answer(200, body))
    async with Server(tenant) as server, client(server.url) as personio:
        found = await personio.employees({"email": "email", "first_name": "first_name"})
    assert found.complete
    assert ["\ufffd" in e.first_name for e in found.employees] == [False, True, False]


async def test_a_wish_to_be_left_alone_for_longer_than_this_waits_is_told():
    tenant, time = Tenant(people(3)), Time()
    tenant.script[EMPLOYEES].extend([failure(429, 429, "slow down", ("Retry-After", "5400"))] * 9)
    with pytest.raises(Unreachable, match="left alone for 90 minutes"):
        await read(tenant, time)


async def test_how_far_the_clock_is_off_is_known_after_the_first_answer():
    time = Time()
    tenant = Tenant(people(3))
    date = formatdate(time.now - 13 * 3600, usegmt=True)
    tenant.script[AUTH].append(Answer(200, {"success": True, "data": {"token": "t"}}, (("Date", date),)))
    async with Server(tenant) as server, client(server.url, time) as personio:
        assert personio.clock_ahead is None
        await personio.sign_in()
        assert personio.clock_ahead == pytest.approx(13 * 3600, abs=1)
