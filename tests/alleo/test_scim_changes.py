"""Changes to accounts on servers that refuse, throttle or use odd ids."""

from __future__ import annotations

import asyncio

import pytest
from rough_scim import Rough, person

from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.errors import DeliveryRefused
from alleo_onboard.domain.progress import Waiting, Why


@pytest.mark.parametrize("identity", ["o'hara+test/ü?#%@example.com", "a b", "%41", "../Groups", "x" * 300])
async def test_any_id_reaches_its_own_account(deliveries, alter, identity):
    with Rough([person(1, id=identity), person(2, id="A"), person(3, id="Groups")]) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            account = (await delivery.accounts())[0]
            assert (await delivery.apply(alter(Kind.OFFBOARD, account.id, active=False))).error == ""
        assert [a["active"] for a in rough.accounts] == [False, True, True]


@pytest.mark.parametrize("identity", ["", ".", ".."])
async def test_an_id_that_is_none_is_never_sent(deliveries, alter, identity):
    with Rough() as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            outcome = await delivery.apply(alter(Kind.OFFBOARD, identity, active=False))
        assert "no id that can be used" in outcome.error
        assert rough.sent("PATCH") == []


async def test_every_operation_has_a_path_and_booleans_are_real(deliveries, alter):
    with Rough([person(1)]) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            fields = {"external_id": "1", "active": True, "email": "n@example.com", "last_name": "Nieuw"}
            assert (await delivery.apply(alter(Kind.LINK, "id-1", **fields))).error == ""
        ((_path, body),) = rough.sent("PATCH")
    assert body["Operations"] == [
        {"op": "replace", "path": "externalId", "value": "1"},
        {"op": "replace", "path": "active", "value": True},
        {"op": "replace", "path": "userName", "value": "n@example.com"},
        {"op": "replace", "path": 'emails[type eq "work"].value', "value": "n@example.com"},
        {"op": "replace", "path": "name.familyName", "value": "Nieuw"},
    ]


async def test_a_server_without_value_paths_gets_the_whole_list_of_addresses(deliveries, alter):
    with Rough([person(1, externalId="1")], value_paths=False) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            assert (await delivery.apply(alter(Kind.UPDATE, "id-1", email="n@example.com"))).error == ""
        assert rough.accounts[0]["emails"] == [{"value": "n@example.com", "type": "work", "primary": True}]
        assert rough.accounts[0]["userName"] == "n@example.com"


async def test_losing_the_sign_in_ends_the_run(deliveries, alter):
    with Rough([person(1)]) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            rough.script.append("401")
            with pytest.raises(DeliveryRefused, match="401"):
                await delivery.apply(alter(Kind.OFFBOARD, "id-1", active=False))


async def test_one_account_that_may_not_be_touched_costs_that_change_and_no_other(deliveries, alter, onboard):
    with Rough([person(1), person(2)]) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            rough.script.extend(["403 the last owner stays", "", "403 not of a verified domain"])
            owner = await delivery.apply(alter(Kind.OFFBOARD, "id-1", active=False))
            other = await delivery.apply(alter(Kind.OFFBOARD, "id-2", active=False))
            new = await delivery.apply(onboard(9))
    assert (owner.status, owner.known) == (403, True)
    assert "It says: the last owner stays" in owner.error
    assert other.error == ""
    assert "not of a verified domain" in new.error


async def test_writes_that_are_all_forbidden_are_a_right_that_is_missing(deliveries, alter):
    people = [person(n) for n in range(1, 9)]
    with Rough(people) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            rough.script.extend(["403 read only, Bearer rough-canary-token"] * 8)
            for n in range(1, 5):
                assert "read only" in (await delivery.apply(alter(Kind.OFFBOARD, f"id-{n}", active=False))).error
            with pytest.raises(DeliveryRefused, match=r"403.*read only") as refused:
                await delivery.apply(alter(Kind.OFFBOARD, "id-5", active=False))
        assert len(rough.sent("PATCH")) == 5
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize(
    ("step", "says"),
    [("400 no", "refused this change (400). It says: no"), ("302", "not followed"), ("409", "(409)")],
)
async def test_a_refused_change_is_an_outcome(deliveries, alter, step, says):
    with Rough([person(1)]) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            rough.script.append(step)
            outcome = await delivery.apply(alter(Kind.OFFBOARD, "id-1", active=False))
        assert says in outcome.error
        assert outcome.status == int(step[:3])
        assert len(rough.sent("PATCH")) == 1


async def test_throttling_holds_back_everybody_for_as_long_as_asked(deliveries, alter):
    with Rough([person(n) for n in range(12)]) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            rough.script.extend(["429 30"] * 3)
            changes = [alter(Kind.OFFBOARD, f"id-{n}", active=False) for n in range(12)]
            outcomes = await asyncio.gather(*(delivery.apply(c) for c in changes))
        assert [o.error for o in outcomes] == [""] * 12
        assert len(rough.sent("PATCH")) == 15
    assert all(w.seconds >= 30 and w.why is Why.THROTTLED for w in deliveries.told(Waiting))


async def test_throttling_without_end_is_an_outcome(deliveries, alter):
    with Rough([person(1)]) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            rough.script.extend(["429 1"] * 50)
            outcome = await delivery.apply(alter(Kind.OFFBOARD, "id-1", active=False))
    assert (outcome.status, "keeps asking to wait (429)" in outcome.error) == (429, True)
