"""Reading all accounts from servers with wrong pages, wrong totals or unusual JSON."""

from __future__ import annotations

import asyncio

import pytest
from rough_scim import Rough, person

from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.domain.progress import AccountsRead


@pytest.mark.parametrize("totals", ["true", "none", "page"])
@pytest.mark.parametrize("people", [0, 1, 99, 100, 101, 250])
async def test_everybody_is_read_whatever_the_total_says(deliveries, totals, people):
    with Rough([person(n) for n in range(people)], totals=totals) as rough:
        accounts = await deliveries.read(rough)
    assert sorted(a.id for a in accounts) == sorted(f"id-{n}" for n in range(people))
    ends = [event for event in deliveries.told(AccountsRead) if event.done == event.total]
    assert ends == [AccountsRead(people, people)]  # what is told at the end is told once


async def test_a_server_that_gives_fewer_than_asked_is_read_to_the_end(deliveries):
    with Rough([person(n) for n in range(250)], cap=30) as rough:
        assert len(await deliveries.read(rough)) == 250
    assert deliveries.told(AccountsRead)[-1] == AccountsRead(250, 250)


async def test_ignored_paging_is_fine_when_all_came_at_once(deliveries):
    with Rough([person(n) for n in range(40)], pages="ignored") as rough:
        assert len(await deliveries.read(rough)) == 40


async def test_ignored_paging_that_hides_accounts_is_an_error(deliveries):
    with Rough([person(n) for n in range(150)], pages="ignored") as rough:
        with pytest.raises(Unreachable, match="100 of its 150 accounts"):
            await deliveries.read(rough)
        assert len(rough.seen) < 16


async def test_a_total_beyond_reason_costs_no_more_than_the_pages_there_are(deliveries):
    with Rough([person(n) for n in range(300)], totals="vast") as rough:
        async with asyncio.timeout(20):
            with pytest.raises(Unreachable, match="300 of its 100000000000 accounts"):
                await deliveries.read(rough)
        assert len(rough.seen) < 80


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"totalResults": 1e99999999999999999999, "Resources": []}'])
async def test_an_answer_that_cannot_be_read_is_no_list(deliveries, content):
    with (
        Rough(users=(200, "application/scim+json", content)) as rough,
        pytest.raises(Unreachable, match="not JSON"),
    ):
        await deliveries.read(rough)


async def test_a_total_that_is_never_reached_is_an_error(deliveries):
    with (
        Rough([person(n) for n in range(3)], totals="beyond") as rough,
        pytest.raises(Unreachable, match="3 of its 4 accounts"),
    ):
        await deliveries.read(rough)


@pytest.mark.parametrize("announced", [True, False])
async def test_cursors_are_followed(deliveries, announced):
    config = {"pagination": {"cursor": announced, "maxPageSize": 50}}
    people = [person(n) for n in range(130)]
    with Rough(people, pages="cursor", totals="none", discovery={"ServiceProviderConfig": config}) as rough:
        assert len(await deliveries.read(rough)) == 130
        assert sum("cursor=50" in path for path, _ in rough.sent("GET")) == 1


async def test_odd_accounts_are_understood(deliveries):
    odd = [
        {"id": 9007199254740993, "userName": "a@example.com", "externalId": 17},
        person(2, active="False", emails=[{"value": "b@example.com"}], userName="b"),
        person(3, active="true", name=None, emails=[{"type": "home", "value": "h@x.y"}], userName="c@example.com"),
        {"ID": "4", "USERNAME": "d@example.com", "Active": None},
    ]
    with Rough(odd) as rough:
        one, two, three, four = await deliveries.read(rough)
    assert (one.id, one.external_id, one.email, one.active) == ("9007199254740993", "17", "a@example.com", True)
    assert (two.email, two.active) == ("b@example.com", False)
    assert (three.email, three.active, three.name) == ("c@example.com", True, "")
    assert (four.id, four.email, four.active) == ("4", "d@example.com", True)


@pytest.mark.parametrize("people", [20, 40, 90, 250])
async def test_a_total_that_counts_the_page_of_a_server_that_gives_fewer_than_asked_hides_nobody(deliveries, people):
    with Rough([person(n) for n in range(people)], totals="page", cap=20) as rough:
        assert len(await deliveries.read(rough)) == people


@pytest.mark.parametrize("status", [400, 404, 416])
async def test_a_server_that_refuses_a_page_behind_the_end_was_read(deliveries, status):
    with Rough([person(n) for n in range(40)], past_end=status) as rough:
        assert len(await deliveries.read(rough)) == 40


@pytest.mark.parametrize("cap", [1000, 7])
async def test_pages_that_overlap_unless_they_are_sorted_are_asked_for_sorted(deliveries, cap):
    with Rough([person(n) for n in range(230)], pages="shuffled", cap=cap) as rough:
        accounts = await deliveries.read(rough)
    assert sorted(a.id for a in accounts) == sorted(f"id-{n}" for n in range(230))


async def test_where_nothing_sorts_overlapping_pages_are_an_error_and_not_a_short_list(deliveries):
    with (
        Rough([person(n) for n in range(230)], pages="shuffled", sorts=False) as rough,
        pytest.raises(Unreachable, match="of its 230 accounts"),
    ):
        await deliveries.read(rough)


@pytest.mark.parametrize("pages", ["circle", "stuck"])
@pytest.mark.parametrize("totals", ["true", "none", "beyond"])
async def test_cursors_that_go_round_in_circles_come_to_an_end(deliveries, pages, totals):
    config = {"pagination": {"cursor": True}}
    with Rough(
        [person(n) for n in range(5)], pages=pages, totals=totals, discovery={"ServiceProviderConfig": config}
    ) as rough:
        if totals == "beyond":
            with pytest.raises(Unreachable, match="5 of its 6 accounts"):
                await deliveries.read(rough)
        else:
            assert len(await deliveries.read(rough)) == 5
        assert len(rough.seen) < 25


async def test_a_byte_order_mark_before_every_answer_is_passed_over(deliveries, onboard):
    with Rough([person(n) for n in range(130)], mark=b"\xef\xbb\xbf") as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            assert len(await delivery.accounts()) == 130
            assert (await delivery.apply(onboard(900))).error == ""


async def test_half_a_character_in_one_name_costs_that_name_only(deliveries):
    broken = person(2)
    broken["name"]["givenName"] = "\ud83d"
    with Rough([person(1), broken, person(3)]) as rough:
        accounts = await deliveries.read(rough)
    assert [a.first_name for a in accounts] == ["Anna", "\ufffd", "Anna"]


@pytest.mark.parametrize(
    ("stated", "active", "known"),
    [({"active": True}, True, True), ({"active": "False"}, False, True), ({"active": None}, True, False), ({}, True, False)],
)  # fmt: skip
async def test_whether_a_server_states_that_an_account_is_active_is_known(deliveries, stated, active, known):
    one = {k: v for k, v in person(1).items() if k != "active"} | stated
    with Rough([one]) as rough:
        (account,) = await deliveries.read(rough)
    assert (account.active, account.active_known) == (active, known)
