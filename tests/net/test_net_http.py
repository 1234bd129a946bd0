"""The common HTTP client: which requests are repeated, what is reported, what is never shown."""

from __future__ import annotations

from email.utils import formatdate

import pytest
from served import Answer, Server, Time

from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.domain.progress import System, Waiting, Why
from alleo_onboard.domain.secret import Secret
from alleo_onboard.net.breaker import MOST, MOST_WRITES, Down
from alleo_onboard.net.http import Again, Ask, Http, Repeat, basic
from alleo_onboard.net.patience import Patience

CANARY = "canary-5e-secret"


class Script:
    """Gives one answer after the other; repeats the last one."""

    def __init__(self, *answers: Answer) -> None:
        self.answers, self.requests = list(answers), []

    def __call__(self, request):
        self.requests.append(request)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def http(server, time=None, **more):
    more.setdefault("patience", Patience(clock=(time or Time()).clock))
    return Http(server.url, **more)


async def test_a_form_is_sent_as_one_with_its_sign_in_and_the_answer_is_read():
    script = Script(Answer(200, {"state": "new", "ttl": 1.10}))
    async with Server(script) as server, http(server) as client:
        signed = {"Authorization": basic("me@a.nl", Secret(CANARY))}
        ask = Ask("POST", "/api/v1/share?x=1", signed, form={"secret": "a & b=ü"})
        reply = await client.reply(ask)
    (request,) = script.requests
    assert (request.method, request.target) == ("POST", "/api/v1/share?x=1")
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.body == b"secret=a+%26+b%3D%C3%BC"
    assert request.headers["authorization"].startswith("Basic ")
    assert str(reply.json()["ttl"]) == "1.1"
    assert "canary" not in f"{ask!r}{reply!r}"


@pytest.mark.parametrize(
    ("repeat", "stumble", "tries"),
    [
        (Repeat.ALWAYS, Answer(503), 2),
        (Repeat.ALWAYS, Answer(drop=True), 2),
        (Repeat.ALWAYS, Answer(429), 2),
        (Repeat.UNSENT, Answer(503), 1),
        (Repeat.UNSENT, Answer(drop=True), 1),
        (Repeat.UNSENT, Answer(200, b"12345", keep=0.5), 1),
        (Repeat.UNSENT, Answer(429), 2),
        (Repeat.NEVER, Answer(503), 1),
        (Repeat.NEVER, Answer(drop=True), 1),
        (Repeat.NEVER, Answer(429), 1),
        (Repeat.ALWAYS, Answer(501), 1),
        (Repeat.ALWAYS, Answer(404), 1),
    ],
)
async def test_only_what_may_be_repeated_is(repeat, stumble, tries):
    script = Script(stumble, Answer(200, b"{}"))
    async with Server(script) as server, http(server) as client:
        reply = await client.reply(Ask("POST", "/", body=b"x", repeat=repeat))
    assert len(script.requests) == tries
    assert reply.ok is (tries == 2)
    assert reply.after_doubt is (tries == 2 and stumble.status != 429)


async def test_what_never_left_is_sent_again_but_not_where_one_try_is_all():
    async with Server(Script(Answer())) as server:
        url = server.url
    for repeat, waits in ((Repeat.UNSENT, 4), (Repeat.NEVER, 0)):
        time = Time()
        async with Http(url, patience=Patience(clock=time.clock)) as client:
            reply = await client.reply(Ask("POST", "/", repeat=repeat))
        assert len(time.slept) == waits
        assert not reply.failure.sent
        assert not reply.ambiguous


async def test_waits_are_told_for_the_system_and_a_redirect_is_not_followed():
    events = []
    script = Script(Answer(503), Answer(302, headers=(("Location", "https://evil.example/"),)))
    async with Server(script) as server, http(server, system=System.ALLEO, notify=events.append) as client:
        reply = await client.reply(Ask("GET", "/a"))
    assert events == [Waiting(System.ALLEO, Why.SERVER_ERROR, 1.0, 1)]
    assert (reply.redirected, reply.location) == (True, "https://evil.example/")
    assert len(script.requests) == 2


async def test_a_reader_has_its_own_say_on_what_is_worth_another_try():
    script = Script(Answer(200, {"ready": False}), Answer(200, {"ready": True}))

    def read(reply):
        return reply if reply.json()["ready"] else Again(Why.SERVER_ERROR, None)

    async with Server(script) as server, http(server) as client:
        assert (await client.ask(Ask("GET", "/"), read)).tries == 2


async def test_a_server_that_answers_nobody_is_asked_no_more():
    script, time = Script(Answer(503)), Time()
    async with Server(script) as server, http(server, time) as client:
        for _ in range(MOST):
            assert (await client.reply(Ask("GET", "/", repeat=Repeat.NEVER))).status == 503
        asked, slept = len(script.requests), len(time.slept)
        with pytest.raises(Down, match=r"127\.0\.0\.1.*10 requests") as down:
            await client.reply(Ask("GET", "/"))
        assert isinstance(down.value, Unreachable)
    assert (len(script.requests), len(time.slept)) == (asked, slept)


async def test_where_giving_up_takes_long_a_few_requests_are_enough():
    time, script = Time(), Script(Answer(503, headers=(("Retry-After", "60"),)))
    async with Server(script) as server, http(server, time) as client:
        for _ in range(3):
            await client.reply(Ask("GET", "/"))
        with pytest.raises(Down):
            await client.reply(Ask("GET", "/"))


async def test_records_that_fail_one_by_one_break_nothing_while_others_are_answered():
    def mixed(request):
        return Answer(500 if request.path == "/poison" else 404)

    async with Server(mixed) as server, http(server) as client:
        for _ in range(2 * MOST_WRITES):
            await client.reply(Ask("POST", "/poison", repeat=Repeat.NEVER))
            assert (await client.reply(Ask("PATCH", "/fine"))).status == 404


async def test_a_server_that_answers_every_read_and_no_write_is_written_to_no_more():
    def mixed(request):
        return Answer(200 if request.method == "GET" else 503)

    async with Server(mixed) as server, http(server) as client:
        for _ in range(MOST_WRITES):
            assert (await client.reply(Ask("GET", "/"))).ok
            await client.reply(Ask("POST", "/", repeat=Repeat.UNSENT))
        with pytest.raises(Down):
            await client.reply(Ask("POST", "/", repeat=Repeat.UNSENT))


@pytest.mark.parametrize(("off", "age", "ahead"), [(0, None, 0), (-90 * 86400, None, 90 * 86400), (3600, None, -3600), (-600, "600", 0), (-5, "soon", 5)])  # fmt: skip
async def test_the_difference_between_the_clocks_is_known_from_the_newest_answer(off, age, ahead):
    time = Time()
    date = ("Date", formatdate(time.now + off, usegmt=True))
    headers = (date, ("Age", age)) if age else (date,)
    script = Script(Answer(headers=(("Date", "yesterday"),)), Answer(headers=headers))
    async with Server(script) as server, http(server, time) as client:
        assert client.clock_ahead is None
        await client.reply(Ask("GET", "/"))
        assert client.clock_ahead is None
        await client.reply(Ask("GET", "/"))
        assert client.clock_ahead == pytest.approx(ahead, abs=1)


@pytest.mark.parametrize("value", ["1\r\nEvil: 1", "a\x00b"])
async def test_a_header_that_cannot_be_sent_is_said_at_once_without_showing_it(value):
    script = Script(Answer())
    async with Server(script) as server, http(server) as client:
        reply = await client.reply(Ask("GET", "/", {"Authorization": f"{CANARY}{value}"}))
    assert reply.failure.final
    assert "canary" not in repr(reply)
    assert script.requests == []


@pytest.mark.parametrize(
    ("after", "says"),
    [("60", False), ("61", "2 minutes"), ("7200", "120 minutes"), ("soon", False), (None, False)],
)
async def test_a_wish_longer_than_we_wait_is_told(after, says):
    headers = (("Retry-After", after),) if after else ()
    async with Server(Script(Answer(429, headers=headers))) as server, http(server) as client:
        reply = await client.reply(Ask("GET", "/"))
        told = client.given_up("It is busy.", reply)
    assert told.startswith("It is busy. It was tried ")
    assert (says in told) if says else ("left alone" not in told)


async def test_a_typed_address_may_hold_other_letters_than_ascii():
    script = Script(Answer(204))
    async with Server(script) as server, Http(f"{server.url}/größe/a%20b") as client:
        assert (await client.reply(Ask("GET", "/x"))).status == 204
    assert script.requests[0].target == "/gr%C3%B6%C3%9Fe/a%20b/x"
