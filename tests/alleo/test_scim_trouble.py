"""A problem with one account, answer or token costs only itself, not the run."""

from __future__ import annotations

import asyncio

import pytest
from rough_scim import Rough, person
from test_scim_tokens import SECRET, oauth

from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.progress import Waiting, Why
from alleo_onboard.net.breaker import Down

BUDGETS = "urn:example:alleo:2.0:User"
BONUS = "alleo_oneoff_all_budget"
SCHEMAS = {
    "Resources": [
        {"id": BUDGETS, "attributes": [{"name": BONUS, "type": "string"}, {"name": "birthday", "type": "string"}]}
    ]
}
WANTED = frozenset({"email", "first_name", "last_name", BONUS, "birthday"})


def bonus(identity: str, number: int = 1, **more: str) -> Change:
    fields = (Field(BONUS, None, "75.00"), *(Field(k, None, v) for k, v in more.items()))
    return Change(Kind.UPDATE, number, identity, "Anna", fields)


def paid(rough: Rough, identity: str) -> str:
    return (rough.account(identity).get(BUDGETS) or {}).get(BONUS, "")


@pytest.mark.parametrize("trouble", ["late 502", "late 500", "late lost"])
async def test_a_payment_whose_answer_was_lost_is_read_and_not_sent_again(deliveries, trouble):
    with Rough([person(1, externalId="1")], discovery={"Schemas": SCHEMAS}) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(WANTED)
            rough.script.append(trouble)
            outcome = await delivery.apply(bonus("id-1"))
        assert (outcome.error, paid(rough, "id-1")) == ("", "75.00")
        assert len(rough.sent("PATCH")) == 1


@pytest.mark.parametrize("trouble", ["502", "lost"])
async def test_a_payment_that_did_not_arrive_is_sent_again_after_a_look(deliveries, trouble):
    with Rough([person(1, externalId="1")], discovery={"Schemas": SCHEMAS}) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(WANTED)
            before = len(rough.seen)
            rough.script.append(trouble)
            outcome = await delivery.apply(bonus("id-1"))
        assert (outcome.error, paid(rough, "id-1")) == ("", "75.00")
        assert [verb for verb, _path, _body in rough.seen[before:]] == ["PATCH", "GET", "PATCH"]


async def test_a_payment_that_may_have_arrived_in_part_is_left_open(deliveries):
    with Rough([person(1, externalId="1")], discovery={"Schemas": SCHEMAS}) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(WANTED)
            rough.script.append("502")
            rough.account("id-1")["name"]["familyName"] = "New"
            outcome = await delivery.apply(bonus("id-1", last_name="New"))
        assert outcome.error
        assert not outcome.known
        assert len(rough.sent("PATCH")) == 1


async def test_a_payment_is_left_open_where_the_account_cannot_be_read(deliveries):
    with Rough([person(1, externalId="1")], discovery={"Schemas": SCHEMAS}) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(WANTED)
            rough.script.append("late 502")
            rough.gone.add("id-1")
            outcome = await delivery.apply(bonus("id-1"))
        assert outcome.error
        assert not outcome.known
        assert len(rough.sent("PATCH")) == 1


async def test_a_payment_told_to_wait_is_sent_once_more_and_one_refused_is_not(deliveries):
    with Rough([person(1), person(2)], discovery={"Schemas": SCHEMAS}) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(WANTED)
            rough.script.extend(["429 1", "", "422 no bonus"])
            waited, refused = await delivery.apply(bonus("id-1")), await delivery.apply(bonus("id-2", 2))
        assert (waited.error, paid(rough, "id-1")) == ("", "75.00")
        assert "no bonus" in refused.error
        assert refused.known
        assert len(rough.sent("PATCH")) == 3


async def test_an_update_that_pays_nothing_is_repeated_as_before(deliveries, alter):
    with Rough([person(1)], discovery={"Schemas": SCHEMAS}) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(WANTED)
            rough.script.extend(["502", "late lost"])
            assert (await delivery.apply(alter(Kind.UPDATE, "id-1", last_name="New"))).error == ""
        assert len(rough.sent("PATCH")) == 3


@pytest.mark.parametrize("listed", [True, False])
async def test_a_new_account_under_a_strangers_id_is_found_by_its_own(deliveries, onboard, listed):
    with Rough([person(7, externalId="7")], discovery={"Schemas": SCHEMAS}, created_id="id-7") as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(WANTED)
            if listed:
                await delivery.accounts()
            outcome = await delivery.apply(onboard(1, **{BONUS: "75.00"}))
        own = next(a["id"] for a in rough.accounts if a.get("externalId") == "1")
        assert (outcome.error, outcome.account_id) == ("", own)


async def test_without_money_a_listed_strangers_id_is_seen_through_too(deliveries, onboard):
    with Rough([person(7, externalId="7")], created_id="id-7") as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            await delivery.accounts()
            outcome = await delivery.apply(onboard(1))
        assert outcome.account_id == next(a["id"] for a in rough.accounts if a.get("externalId") == "1")


async def test_an_account_made_without_the_bonus_that_was_sent_is_no_bonus_granted(deliveries, onboard):
    with Rough(discovery={"Schemas": SCHEMAS}, forgets=BUDGETS) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(WANTED)
            await delivery.accounts()
            outcome = await delivery.apply(onboard(1, **{BONUS: "75.00"}))
        assert "Run again" in outcome.error
        assert len(rough.sent("POST")) == 1


@pytest.mark.parametrize("identity", ["x" * 70_000, "\ud83d", "é" * 700, "..", "."])
async def test_an_id_that_no_address_can_hold_costs_its_own_person(deliveries, alter, identity):
    with Rough([person(1)]) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            lost = await delivery.apply(alter(Kind.OFFBOARD, identity, active=False))
            fine = await delivery.apply(alter(Kind.OFFBOARD, "id-1", active=False))
            assert await delivery.account(identity, 9) is None
    assert "no id that can be used" in lost.error
    assert fine.error == ""


async def test_half_a_character_in_one_change_costs_that_change(deliveries, alter, onboard):
    with Rough([person(1)]) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            await delivery.accounts()
            lost = await delivery.apply(alter(Kind.UPDATE, "id-1", first_name="\ud83d"))
            new = await delivery.apply(onboard(4, first_name="\udc00"))
            fine = await delivery.apply(alter(Kind.UPDATE, "id-1", first_name="Ann"))
        assert "cannot be sent" in lost.error
        assert "cannot be sent" in new.error
        assert (fine.error, rough.accounts[0]["name"]["givenName"]) == ("", "Ann")
        assert not rough.sent("POST")


async def test_a_token_that_ends_twice_is_renewed_twice(deliveries, alter):
    with Rough([person(1)], token_style="basic") as rough:
        async with deliveries.to(oauth(rough), SECRET) as delivery:
            await delivery.open(frozenset())
            for number in range(3):
                rough.token = f"ended {number}"
                assert (await delivery.apply(alter(Kind.UPDATE, "id-1", last_name=f"N{number}"))).error == ""
        assert rough.tokens_given == 4


async def test_a_server_that_is_down_ends_the_run_after_a_while(deliveries, alter):
    people = [person(n) for n in range(1, 101)]
    with Rough(people) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            before, rough.script = len(rough.seen), type(rough.script)(["503"] * 1000)

            async def apply_all() -> None:
                for n in range(1, 101):
                    assert (await delivery.apply(alter(Kind.OFFBOARD, f"id-{n}", active=False))).error

            with pytest.raises(Down, match="no more are sent"):
                await apply_all()
        assert len(rough.seen) - before <= 50
    assert sum(deliveries.clock.waits) < 600


async def test_one_that_is_told_to_wait_holds_back_everybody(deliveries, alter):
    """While a change waits after a 429, no other request is sent."""
    over, left = asyncio.Event(), []

    async def sleep(seconds: float) -> None:
        await over.wait()
        deliveries.clock.now += seconds

    deliveries.clock.sleep = sleep
    with Rough([person(n) for n in range(1, 9)]) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            connections = delivery._connected()._api.http._connections
            send = connections.send
            connections.send = lambda *request: (left.append(request), send(*request))[1]
            rough.script.append("429 40")
            first = asyncio.ensure_future(delivery.apply(alter(Kind.OFFBOARD, "id-1", active=False)))
            while not deliveries.told(Waiting):
                await asyncio.sleep(0)
            changes = [alter(Kind.OFFBOARD, f"id-{n}", active=False) for n in range(2, 9)]
            others = [asyncio.ensure_future(delivery.apply(change)) for change in changes]
            for _turn in range(100):
                await asyncio.sleep(0)
            assert len(left) == 1
            over.set()
            assert [o.error for o in await asyncio.gather(first, *others)] == [""] * 8
    assert [w.why for w in deliveries.told(Waiting)] == [Why.THROTTLED]


async def test_a_change_that_was_told_to_wait_longer_than_we_do_says_so(deliveries, alter):
    with Rough([person(1)]) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            rough.script.extend(["429 7200"] * 9)
            outcome = await delivery.apply(alter(Kind.OFFBOARD, "id-1", active=False))
    assert "left alone for 120 minutes" in outcome.error


async def test_that_a_server_takes_no_changes_is_reported_when_it_is_tested(deliveries):
    config = {"patch": {"supported": False}}
    with Rough([person(1)], discovery={"ServiceProviderConfig": config}) as rough:
        async with deliveries.to(rough) as delivery:
            assert not (await delivery.open(frozenset())).updates
    with Rough([person(1)]) as rough:
        async with deliveries.to(rough) as delivery:
            assert (await delivery.open(frozenset())).updates
