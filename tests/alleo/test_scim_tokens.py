"""OAuth2 client credentials: one token for a run, replaced when it ends, never shown."""

from __future__ import annotations

import asyncio
from base64 import b64decode

import pytest
from rough_scim import Rough, person

from alleo_onboard.alleo.scim.settings import ScimSettings, SignIn
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.errors import DeliveryRefused, Unreachable, Usage

SECRET = "canary+/=secret"


def oauth(rough: Rough, **more: str) -> ScimSettings:
    values = {"token_url": f"{rough.base}/token", "client_id": "alleo:client"} | more
    return ScimSettings(rough.url, SignIn.OAUTH2, **values)


@pytest.mark.parametrize(("style", "asked"), [("basic", 1), ("body", 2)])
async def test_one_token_serves_the_run(deliveries, alter, style, asked):
    with Rough([person(n) for n in range(5)], token_style=style) as rough:
        async with deliveries.to(oauth(rough), SECRET) as delivery:
            await delivery.open(frozenset())
            changes = [alter(Kind.OFFBOARD, f"id-{n}", active=False) for n in range(5)]
            assert [o.error for o in await asyncio.gather(*map(delivery.apply, changes))] == [""] * 5
        tokens = rough.sent("TOKEN")
        assert (rough.tokens_given, len(tokens)) == (1, asked)
        assert b64decode(tokens[0][0].removeprefix("Basic ")) == b"alleo%3Aclient:canary%2B%2F%3Dsecret"
        assert tokens[-1][1] == (["grant_type"] if style == "basic" else ["client_id", "client_secret", "grant_type"])


async def test_a_token_is_replaced_before_it_ends(deliveries):
    with Rough(expires_in="600") as rough:
        async with deliveries.to(oauth(rough), SECRET) as delivery:
            await delivery.open(frozenset())
            deliveries.clock.now += 500
            await delivery.accounts()
            assert rough.tokens_given == 1
            deliveries.clock.now += 50
            await delivery.accounts()
            assert rough.tokens_given == 2
            assert all(status is None for _, status in rough.sent("GET"))


async def test_a_token_that_is_turned_down_is_fetched_once_more(deliveries, onboard):
    with Rough(expires_in=None) as rough:
        async with deliveries.to(oauth(rough), SECRET) as delivery:
            await delivery.open(frozenset())
            await delivery.accounts()
            rough.token = "withdrawn"
            outcomes = await asyncio.gather(*(delivery.apply(onboard(n)) for n in range(4)))
        assert [o.error for o in outcomes] == [""] * 4
        assert len(rough.accounts) == 4
        assert rough.tokens_given == 2


async def test_a_refused_client_is_refused_once_and_for_all(deliveries):
    with Rough(token_style="refused") as rough:
        async with deliveries.to(oauth(rough), SECRET) as delivery:
            with pytest.raises(DeliveryRefused, match="client id and secret") as refused:
                await delivery.open(frozenset())
        assert len(rough.sent("TOKEN")) == 2
    assert "canary" not in repr(refused.value)


async def test_a_token_address_that_is_none_is_named(deliveries):
    with Rough(token_style="html") as rough:
        async with deliveries.to(oauth(rough), SECRET) as delivery:
            with pytest.raises(DeliveryRefused, match="/token does not hand out tokens"):
                await delivery.open(frozenset())


async def test_a_token_server_that_is_not_there_is_unreachable(deliveries):
    with Rough() as gone:
        address = gone.base
    with Rough() as rough:
        async with deliveries.to(oauth(rough, token_url=f"{address}/token"), SECRET) as delivery:
            with pytest.raises(Unreachable):
                await delivery.open(frozenset())


@pytest.mark.parametrize(
    "missing", [{"token_url": ""}, {"client_id": ""}, {"token_url": "http://login.example.com/token"}]
)
async def test_settings_that_cannot_work_are_a_usage_error(deliveries, missing):
    with Rough() as rough:
        with pytest.raises(Usage):
            await deliveries.to(oauth(rough, **missing), SECRET).open(frozenset())
        assert rough.seen == []
