"""Nothing is written when a run would change unusually many people; a first run offboards nobody unconfirmed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alleo_onboard.domain.errors import GuardTripped, PlanStale, Unreachable, UpdateGuardTripped
from alleo_onboard.domain.profile import OnLeave
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.usecases.preview.preview import preview
from alleo_onboard.usecases.run.sync import Consent, sync


async def test_a_first_run_holds_offboardings_back_and_the_next_makes_them(office):
    place = office("mass-leave", people=9)
    seen = await place.preview()
    leavers = seen.plan.guard.offboard
    assert 0 < leavers <= 5
    first = await place.sync()
    assert first.applied == {}
    assert len(first.held_back) == leavers
    assert place.writes() == []
    second = await place.sync()
    assert second.applied == {"offboard": leavers}
    assert second.held_back == ()


async def test_whoever_names_the_number_may_offboard_in_a_first_run(office):
    place = office("mass-leave", people=9)
    leavers = (await place.preview()).plan.guard.offboard
    held = await place.sync(Consent(allow_offboard=leavers - 1))
    assert len(held.held_back) == leavers
    again = await place.sync(Consent(allow_offboard=leavers))
    assert again.applied == {"offboard": leavers}


async def test_new_addresses_for_most_people_stop_the_run(office):
    place = office(people=30)
    await place.sync()
    people = place.linked(30)
    for number in people[: len(people) // 2 + 1]:
        place.personio.edit(number, email=f"p{number}@mistyped.example")
    before = len(place.writes())
    count = len(people) // 2 + 1
    for consent in (Consent(), Consent(allow_offboard=99), Consent(allow_update=count - 1)):
        with pytest.raises(UpdateGuardTripped, match=f"{count} of {len(people)} people would get another e-mail"):
            await place.sync(consent)
    assert len(place.writes()) == before
    assert (await place.sync(Consent(allow_update=count))).applied == {"update": count}


async def test_why_people_would_lose_alleo_is_told_apart(office):
    place = office(people=30)
    await place.sync()
    people = place.linked(8)
    for number in people[:3]:
        place.personio.edit(number, status="inactive")
    for number in people[3:]:
        place.personio.edit(number, custom={place.personio.key_of("Alleo"): "No"})
    with pytest.raises(GuardTripped, match=r"Why: Alleo = No: 5, inactive in Personio: 3\."):
        await place.sync()


async def test_an_unreadable_field_never_looks_like_leaving(office):
    place = office(people=30)
    await place.sync()
    place.personio.hide("termination_date")
    seen = await place.preview()
    assert seen.plan.guard.offboard == 0
    assert [(one.rule, "termination_date" in one.before, "termination_date" in one.now) for one in seen.altered] == [
        ("readable", True, False)
    ]


async def test_a_changed_policy_is_told(office):
    place = office(people=30)
    await place.sync()
    profiles = Profiles(place.setup.home)
    profile = profiles.load("default")
    profiles.save(replace(profile, policy=replace(profile.policy, on_leave=OnLeave.EXCLUDE)))
    seen = await place.preview()
    assert [(one.rule, one.before, one.now) for one in seen.altered] == [("on_leave", "include", "exclude")]


async def test_people_missing_from_an_incomplete_reading_do_not_count_as_gone(office):
    place = office()
    await place.sync()
    number = place.linked(1)[0]
    place.personio.set_people(tuple(p for p in place.personio.people if p.id != number))
    seen = await place.preview()
    assert [c.reason for c in seen.plan.changes] == ["gone"]
    short = replace(seen, plan=replace(seen.plan, complete=False))
    async with place.session() as session:
        with pytest.raises(Unreachable):
            await sync(session, short, Consent())
        result = await sync(session, short, Consent(accept_incomplete=True))
    assert result.applied == {}
    assert place.account(number)["active"]


async def test_a_plan_made_before_another_run_is_stale(office):
    place = office()
    async with place.session() as session:
        seen = await preview(session)
        await place.sync()
        before = len(place.writes())
        with pytest.raises(PlanStale, match="Another run was made"):
            await sync(session, seen, Consent())
    assert len(place.writes()) == before
