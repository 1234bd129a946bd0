"""People stay linked to their accounts through changes of names and addresses, if user names must be unique."""

from __future__ import annotations

from itertools import pairwise

import pytest

from alleo_onboard.domain.budget import Problem
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.sequence import PARKING
from alleo_onboard.presentation.warnings import conflict_sentence
from alleo_onboard.store.ledger import ledger_path
from alleo_onboard.usecases.preview.preview import preview
from alleo_onboard.usecases.run.sync import Consent, sync

CORE = "urn:ietf:params:scim:schemas:core:2.0:User"


def email(place, number):
    account = place.account(number)
    assert account["emails"][0]["value"] == account["userName"]
    return account["userName"]


async def test_an_email_change_stays_the_same_account(office):
    place = office()
    await place.sync()
    (number,) = place.linked(1)
    before = place.account(number)["id"]
    place.personio.edit(number, email="new.address@example.com")
    assert (await place.sync()).applied == {"update": 1}
    assert place.account(number)["id"] == before
    assert email(place, number) == "new.address@example.com"


async def test_a_name_change(office):
    place = office()
    await place.sync()
    (number,) = place.linked(1)
    place.personio.edit(number, first_name="Änne", last_name="van 't Hoff [/b]")
    assert (await place.sync()).applied == {"update": 1}
    assert place.account(number)["name"] == {"givenName": "Änne", "familyName": "van 't Hoff [/b]"}


async def test_two_people_swap_addresses_in_one_run(office):
    place = office()
    await place.sync()
    one, two = place.linked(2)
    was = email(place, one), email(place, two)
    place.personio.edit(one, email=was[1])
    place.personio.edit(two, email=was[0])
    result = await place.sync()
    assert (result.applied, result.failed, result.drift) == ({"update": 2}, (), ())
    assert (email(place, one), email(place, two)) == was[::-1]
    assert (await place.preview()).plan.changes == ()


async def test_a_ring_of_three_and_a_chain_in_one_run(office):
    place = office(people=30)
    await place.sync()
    people = place.linked(6)
    was = {n: email(place, n) for n in people}
    ring, chain = people[:3], people[3:]
    for number, other in zip(ring, ring[1:] + ring[:1], strict=True):
        place.personio.edit(number, email=was[other])
    for number, other in pairwise(chain):
        place.personio.edit(number, email=was[other])
    place.personio.edit(chain[-1], email="free@example.com")
    result = await place.sync()
    assert (result.applied, result.failed) == ({"update": 6}, ())
    assert [email(place, n) for n in ring] == [was[ring[1]], was[ring[2]], was[ring[0]]]
    assert [email(place, n) for n in chain] == [was[chain[1]], was[chain[2]], "free@example.com"]


@pytest.mark.parametrize("after", range(1, 4))
async def test_a_swap_that_ends_anywhere_is_finished_by_the_next_run(office, after):
    """The process ends after some of the three requests of a swap."""
    place = office()
    await place.sync()
    one, two = place.linked(2)
    was = email(place, one), email(place, two)
    place.personio.edit(one, email=was[1])
    place.personio.edit(two, email=was[0])
    seen = []

    class Gone(BaseException):
        pass

    async with place.session() as session:
        planned = await preview(session)
        delivery = session.delivery()
        apply = delivery.apply

        async def cut(change):
            outcome = await apply(change)
            seen.append(outcome)
            if len(seen) == after:
                raise Gone
            return outcome

        delivery.apply = cut
        with pytest.raises(Gone):
            await sync(session, planned, Consent())
    result = await place.sync()
    assert result.failed == ()
    assert (email(place, one), email(place, two)) == was[::-1]
    assert not [a for a in place.scim.accounts if PARKING in a["userName"]]
    assert len(place.scim.accounts) == len(planned.plan.people) - planned.plan.summary["skip"]


async def test_a_swap_of_which_one_half_is_refused_puts_the_other_back(office):
    place = office()
    await place.sync()
    one, two = place.linked(2)
    was = email(place, one), email(place, two)
    place.personio.edit(one, email=was[1])
    place.personio.edit(two, email=was[0])
    inner, patches = place.scim._app, []

    async def app(scope, receive, send):
        patches.extend([scope["path"]] if scope["method"] == "PATCH" else [])
        if scope["method"] == "PATCH" and len(patches) == 2:
            place.scim._app = inner
            place.scim.fail(409, method="PATCH")
            await place.scim(scope, receive, send)
        else:
            await inner(scope, receive, send)

    place.scim._app = app
    result = await place.sync()
    assert {o.change.personio_id for o in result.failed} == {one, two}
    assert (email(place, one), email(place, two)) == was
    assert (await place.sync()).applied == {"update": 2}
    assert (email(place, one), email(place, two)) == was[::-1]


async def test_a_starter_gets_the_address_that_somebody_gives_up_in_the_same_run(office):
    place = office()
    starter = (await place.preview()).plan.changes[-1].personio_id
    place.personio.edit(starter, custom={place.personio.key_of("Alleo"): "No"})
    await place.sync()
    (number,) = place.linked(1)
    given_up = email(place, number)
    place.personio.edit(number, email="moved@example.com")
    place.personio.edit(starter, email=given_up, custom={place.personio.key_of("Alleo"): "Yes"})
    result = await place.sync()
    assert (result.applied, result.failed) == ({"onboard": 1, "update": 1}, ())
    assert (email(place, number), email(place, starter)) == ("moved@example.com", given_up)


async def test_a_rehire_gets_the_same_account_back(office):
    place = office()
    await place.sync()
    (number,) = place.linked(1)
    before = place.account(number)["id"]
    place.personio.edit(number, status="inactive")
    assert (await place.sync()).applied == {"offboard": 1}
    place.personio.edit(number, status="active", email="back@example.com")
    assert (await place.sync()).applied == {"reactivate": 1}
    account = place.account(number)
    assert (account["id"], account["active"], account["userName"]) == (before, True, "back@example.com")


async def test_a_leavers_address_is_not_taken_from_them_and_it_is_told_how_to_resolve_that(office):
    place = office()
    await place.sync()
    leaver, heir = place.linked(2)
    wanted = email(place, leaver)
    place.personio.edit(leaver, status="inactive")
    await place.sync()
    place.personio.edit(heir, email=wanted)
    seen = await place.preview()
    (blocked,) = [p for p in seen.plan.people if p.decision is Decision.BLOCKED]
    assert (blocked.personio_id, blocked.problems) == (heir, (Problem.ACCOUNT_CONFLICT,))
    told = conflict_sentence(blocked)
    assert wanted in told
    assert f"Personio id {leaver}, switched off" in told
    assert "give their account another address at Alleo" in told
    assert (await place.sync()).applied == {}
    assert (email(place, leaver), place.account(leaver)["active"]) == (wanted, False)


async def test_upper_and_lower_case_make_no_change_and_no_second_account(office):
    place = office()
    first = (await place.preview()).plan.changes[0]
    address = first.new["email"]
    place.scim.add({"schemas": [CORE], "userName": address.upper(), "active": True})
    result = await place.sync()
    assert result.applied[Kind.LINK] == 1
    assert place.account(first.personio_id)["userName"] == address.upper()
    place.personio.edit(first.personio_id, email=address.title())
    assert (await place.preview()).plan.changes == ()


async def test_an_address_on_an_account_with_somebody_elses_id_is_left_alone(office):
    place = office()
    first = (await place.preview()).plan.changes[0]
    foreign = {"schemas": [CORE], "userName": first.new["email"], "externalId": "HR-7", "active": True}
    place.scim.add(foreign)
    before = [a for a in place.scim.accounts if a.get("externalId") == "HR-7"]
    result = await place.sync()
    assert result.failed == ()
    assert [a for a in place.scim.accounts if a.get("externalId") == "HR-7"] == before
    (blocked,) = [p for p in (await place.preview()).plan.people if p.decision is Decision.BLOCKED]
    assert blocked.holder.external_id == "HR-7"


def twin(place, number, **more):
    """Adds a second account with the same Personio id."""
    copy = {**place.account(number), "userName": f"twin.{number}@example.com", **more}
    copy["emails"] = [{"value": copy["userName"], "type": "work", "primary": True}]
    place.scim.add({k: v for k, v in copy.items() if k not in ("id", "meta")})


@pytest.mark.parametrize("active", [True, False])
async def test_of_two_accounts_with_one_personio_id_neither_is_touched_and_it_is_told(office, active):
    place = office()
    await place.sync()
    (number,) = place.linked(1)
    twin(place, number, active=active)
    place.personio.edit(number, last_name="Other")
    before = place.scim.accounts
    seen = await place.preview()
    (person,) = (p for p in seen.plan.people if p.personio_id == number)
    assert (person.decision, person.problems, person.change) == (Decision.BLOCKED, (Problem.ACCOUNT_CONFLICT,), None)
    assert "more than one account" in conflict_sentence(person)
    assert (await place.sync()).applied == {}
    assert place.scim.accounts == before


def leave(place, number, *, gone):
    if gone:
        place.personio.set_people(tuple(p for p in place.personio.people if p.id != number))
    else:
        place.personio.edit(number, status="inactive")


@pytest.mark.parametrize("gone", [True, False])
async def test_of_a_leaver_with_two_accounts_ours_is_switched_off_and_the_other_is_told(office, gone):
    place = office()
    await place.sync()
    (number,) = place.linked(1)
    ours = place.account(number)["id"]
    twin(place, number)
    leave(place, number, gone=gone)
    seen = await place.preview()
    (person,) = (p for p in seen.plan.people if p.personio_id == number)
    assert (person.decision, person.problems) == (Decision.SKIP, (Problem.ACCOUNT_CONFLICT,))
    assert (person.change.kind, person.change.account_id) == (Kind.OFFBOARD, ours)
    assert "tool linked is switched off" in conflict_sentence(person)
    assert (await place.sync()).applied == {"offboard": 1}
    assert {a["id"]: a["active"] for a in place.scim.accounts if a["externalId"] == str(number)}[ours] is False
    again = await place.preview()
    (person,) = (p for p in again.plan.people if p.personio_id == number)
    assert (person.problems, person.change) == ((Problem.ACCOUNT_CONFLICT,), None)
    assert "this tool did not link it: ask Alleo to switch it off" in conflict_sentence(person)
    before = place.scim.accounts
    assert (await place.sync()).applied == {}
    assert place.scim.accounts == before


async def test_of_a_leaver_with_two_accounts_neither_is_touched_where_the_ledger_knows_none(office):
    place = office()
    await place.sync()
    (number,) = place.linked(1)
    twin(place, number)
    leave(place, number, gone=False)
    with place.ledger:
        path = ledger_path(place.setup.home, place.setup.profile.name)
    path.unlink()
    seen = await place.preview()
    (person,) = (p for p in seen.plan.people if p.personio_id == number)
    assert (person.problems, person.change) == ((Problem.ACCOUNT_CONFLICT,), None)
    before = [a for a in place.scim.accounts if a["externalId"] == str(number)]
    await place.sync()
    assert [a for a in place.scim.accounts if a["externalId"] == str(number)] == before


async def test_whoever_was_at_alleo_all_along_is_switched_off_when_they_vanish_from_personio(office, tmp_path):
    place = office()
    await place.sync()
    (number,) = place.linked(1)
    with place.ledger as ledger:
        path = ledger_path(place.setup.home, place.setup.profile.name)
    path.unlink()  # another machine, which made none of these accounts
    assert (await place.sync()).applied == {}
    with place.ledger as ledger:
        assert ledger.links()[number] == place.account(number)["id"]
    place.personio.set_people(tuple(p for p in place.personio.people if p.id != number))
    assert (await place.sync()).applied == {"offboard": 1}
    assert not place.account(number)["active"]
