"""Limits for answers: too large, or too slow."""

from __future__ import annotations

import resource
import sys

import pytest
from bombs import gzip_of, nested
from misbehaving import AUTH, EMPLOYEES, Answer, Server, Tenant, Time, client, people

from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.net.patience import Patience

GZIP = ("Content-Encoding", "gzip")


async def refused(tenant, **more):
    time = Time()
    async with Server(tenant) as server, client(server.url, **{"time": time, **more}) as personio:
        with pytest.raises(Unreachable) as caught:
            await personio.employees({"email": "email"})
    return str(caught.value), time


@pytest.mark.parametrize("path", [AUTH, EMPLOYEES])
@pytest.mark.parametrize(
    "answer",
    [Answer(body=gzip_of(300), headers=(GZIP,)), Answer(body=b" " * 1000, headers=(("Content-Length", "400000000"),))],
    ids=["unpacked", "announced"],
)
async def test_an_answer_beyond_reason_is_refused_at_once(path, answer):
    tenant = Tenant(people(3))
    tenant.script[path].append(answer)
    said, time = await refused(tenant)
    assert "more than 256 MB" in said
    assert "Check the address" in said
    assert len(tenant.seen(path)) == 1
    assert time.slept == []


@pytest.mark.skipif(sys.platform == "win32", reason="peak memory is told by POSIX")
async def test_what_was_packed_twice_is_never_unpacked():
    tenant = Tenant(people(3))
    tenant.script[EMPLOYEES].extend([Answer(body=nested(300), headers=(("Content-Encoding", "gzip, gzip"),))] * 9)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said, _time = await refused(tenant)
    assert "cut short" in said
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


async def test_an_answer_that_only_drips_is_taken_as_none():
    tenant = Tenant(people(3))
    tenant.script[EMPLOYEES].extend([Answer(drip=0.02)] * 2)
    said, _time = await refused(tenant, patience=Patience(attempts=2, answer=0.3, clock=Time().clock))
    assert "did not answer in time. It was tried 2 times." in said


async def test_after_an_answer_that_dripped_the_next_one_counts():
    tenant, patience = Tenant(people(250)), Patience(answer=1.0, clock=Time().clock)
    tenant.script[EMPLOYEES].append(Answer(drip=0.02))
    async with Server(tenant) as server, client(server.url, patience=patience) as personio:
        found = await personio.employees({"email": "email"})
    assert found.complete
    assert len(found.employees) == 250
