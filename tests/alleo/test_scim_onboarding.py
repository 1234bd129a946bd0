"""New accounts on servers that fail, lie or do not answer: never two accounts, and never somebody else's."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rough_scim import TOKEN, Rough, person
from thorough import examples


@pytest.mark.parametrize("filters", ["work", "ignored", "refused", "nobody"])
@pytest.mark.parametrize("trouble", ["late lost", "late 500", "late 503", "lost", "500", "502"])
async def test_an_open_answer_never_makes_two_accounts(deliveries, onboard, filters, trouble):
    others = [person(n) for n in range(100, 250)]
    with Rough(others, filters=filters, unique=False) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            await delivery.accounts()
            rough.script.extend([trouble, trouble.removeprefix("late ")])
            outcome = await delivery.apply(onboard(1))
        made = [a for a in rough.accounts if a.get("externalId") == "1"]
        assert (outcome.error, [a["id"] for a in made]) == ("", [outcome.account_id])
        assert len(rough.sent("POST")) == (1 if trouble.startswith("late") else 3)
        assert [a["id"] for a in rough.accounts[:150]] == [a["id"] for a in others[:150]]


async def test_a_server_that_stays_broken_is_reported_without_a_second_account(deliveries, onboard):
    with Rough() as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            await delivery.accounts()
            rough.script.extend(["503"] * 50)
            outcome = await delivery.apply(onboard(1))
            rough.script.clear()
            again = await delivery.apply(onboard(1))
        assert (outcome.status, outcome.account_id) == (503, None)
        assert "answers with an error (503)" in outcome.error
        assert (again.error, len(rough.accounts)) == ("", 1)


async def test_where_nothing_can_be_asked_the_outcome_says_that_it_is_open(deliveries, onboard):
    with Rough(filters="failing") as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            await delivery.accounts()
            rough.script.append("late lost")
            outcome = await delivery.apply(onboard(1))
        assert "It is not known whether" in outcome.error
        assert len(rough.sent("POST")) == 1


async def test_without_a_list_the_account_is_looked_for_first(deliveries, onboard):
    with Rough([person(1), person(2, externalId="2")]) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            outcomes = [await delivery.apply(onboard(n)) for n in (1, 2, 3)]
        assert ["link it" in outcomes[0].error, outcomes[1].error, outcomes[2].error] == [True, "", ""]
        assert [body["externalId"] for _, body in rough.sent("POST")] == ["3"]


async def test_the_same_person_twice_is_one_account(deliveries, onboard):
    with Rough() as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            await delivery.accounts()
            first, second = await delivery.apply(onboard(1)), await delivery.apply(onboard(1))
        assert first.account_id == second.account_id
        assert len(rough.sent("POST")) == 1


@pytest.mark.parametrize("filters", ["work", "ignored", "refused", "nobody"])
async def test_a_conflict_without_detail_is_looked_into(deliveries, onboard, filters):
    with Rough(filters=filters) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            await delivery.accounts()
            rough.accounts.append(person(1, externalId="77"))
            outcome = await delivery.apply(onboard(1))
        assert "external id 77" in outcome.error
        assert len(rough.sent("POST")) == 1


async def test_a_conflict_with_nobody_to_be_seen_is_reported(deliveries, onboard):
    with Rough() as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            await delivery.accounts()
            rough.script.append("409 taken by a deleted user")
            outcome = await delivery.apply(onboard(1))
    assert outcome.status == 409
    assert "It says: taken by a deleted user" in outcome.error


async def test_a_filter_quotes_what_it_asks_for(deliveries, onboard):
    email = 'o"hara\\+ü& or active eq true@example.com'
    with Rough([person(5)]) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            assert (await delivery.apply(onboard(1, email=email))).error == ""
        asked = [parse_qs(urlsplit(p).query)["filter"][0] for p, _ in rough.sent("GET") if "filter=" in p]
    assert asked == ['externalId eq "1"', f"userName eq {json.dumps(email, ensure_ascii=False)}"]


async def test_an_account_made_without_a_word_is_found(deliveries, onboard):
    with Rough(created_body=False) as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            await delivery.accounts()
            outcome = await delivery.apply(onboard(1))
    assert (outcome.account_id, outcome.error) == ("made-0", "")


async def test_a_secret_echoed_into_an_error_is_masked(deliveries, onboard):
    with Rough() as rough:
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            await delivery.accounts()
            rough.script.append(f"400 header Bearer {TOKEN} with\x1b[31m colours " + "x" * 900)
            outcome = await delivery.apply(onboard(1))
    assert TOKEN not in repr(outcome)
    assert "***" in outcome.error
    assert "\x1b" not in outcome.error
    assert len(outcome.error) <= 200


_STEPS = st.sampled_from(["", "", "late lost", "lost", "late 500", "500", "503", "429 2", "late 502", "409"])


@settings(max_examples=examples(15, 100), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(_STEPS, max_size=30),
    filters=st.sampled_from(["work", "ignored", "refused", "nobody"]),
    listed=st.booleans(),
)
def test_any_faults_leave_one_account_each_and_say_what_is_true(deliveries, onboard, steps, filters, listed):
    """Makes six accounts at once, and compares accounts and outcomes with what the server has."""
    strangers = [person(n) for n in range(100, 103)]
    before = [dict(stranger) for stranger in strangers]

    async def run(rough: Rough):
        async with deliveries.to(rough) as delivery:
            await delivery.open(frozenset())
            if listed:
                await delivery.accounts()
            rough.script.extend(steps)
            return await asyncio.gather(*(delivery.apply(onboard(n)) for n in range(6)))

    with Rough(strangers, filters=filters, unique=False) as rough:
        outcomes = asyncio.run(run(rough))
        made = [(a["externalId"], a["id"]) for a in rough.accounts if "externalId" in a]
    assert len({external for external, _id in made}) == len(made)
    done = {(str(o.change.personio_id), o.account_id) for o in outcomes if not o.error}
    assert done <= set(made)
    assert rough.accounts[:3] == before
