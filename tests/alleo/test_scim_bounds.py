"""Limits for the answers of a SCIM server: too large, or too slow."""

from __future__ import annotations

import json

import pytest
from bombs import gzip_of
from rough_scim import Rough, person

from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.net.clock import Clock
from alleo_onboard.net.patience import Patience


def answer(body: bytes, *headers: str, status: int = 200, length: int = -1) -> bytes:
    lines = [f"HTTP/1.1 {status} X", "Content-Type: application/scim+json", *headers]
    lines.append(f"Content-Length: {len(body) if length < 0 else length}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


BOMB = answer(gzip_of(300), "Content-Encoding: gzip")


@pytest.mark.parametrize("bomb", [BOMB, answer(b" " * 1000, length=400_000_000)], ids=["unpacked", "announced"])
async def test_a_list_beyond_reason_is_refused_at_once(deliveries, bomb):
    with Rough([person(1)]) as rough:
        rough.raw.append(bomb)
        with pytest.raises(Unreachable, match="more than 256 MB"):
            await deliveries.read(rough)
        assert len(rough.seen) == 1
    assert deliveries.clock.waits == []


async def test_a_very_large_company_at_once_is_not_beyond_reason(deliveries):
    """100,000 accounts of 1.5 kB, from a server that ignores paging."""
    body = json.dumps({"totalResults": 3, "Resources": [person(n) for n in range(3)]}).encode()
    with Rough([person(1)]) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            rough.raw.append(answer(body + b" " * 150_000_000))
            assert len(await delivery.accounts()) == 3


async def test_an_account_made_with_an_answer_beyond_reason_is_found_and_not_made_again(deliveries, onboard):
    with Rough() as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            await delivery.accounts()
            rough.raw.append(answer(gzip_of(300), "Content-Encoding: gzip", status=201))
            outcome = await delivery.apply(onboard())
        assert outcome.error == ""
        assert outcome.account_id == "made-0"
        assert len(rough.sent("POST")) == len(rough.accounts) == 1


async def test_a_change_answered_beyond_reason_is_open(deliveries, alter):
    with Rough([person(1)]) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            rough.raw.append(BOMB)
            outcome = await delivery.apply(alter(Kind.UPDATE, "id-1", first_name="Bo"))
        assert "more than 256 MB" in outcome.error
        assert not outcome.known
        assert len(rough.sent("PATCH")) == 1


async def test_a_list_that_only_drips_is_taken_as_none(deliveries):
    clock = Clock(sleep=deliveries.clock.sleep, monotonic=deliveries.clock.monotonic)
    with Rough([person(1)], drip=0.02) as rough:
        rough.raw.extend([answer(b"", length=1_000_000)] * 2)
        async with deliveries.to(rough, patience=Patience(attempts=2, answer=0.3, clock=clock)) as delivery:
            with pytest.raises(Unreachable, match="did not answer"):
                await delivery.open(frozenset())
        assert len(rough.seen) == 2
