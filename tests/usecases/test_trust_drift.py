"""What was written is read back; what a server does not keep is told once, and does not come back for ever."""

from __future__ import annotations

import pytest

from alleo_onboard.domain.budget import Problem
from alleo_onboard.domain.drift import Drift


def upper_names(model):
    if model.name and model.name.family_name:
        model.name.family_name = model.name.family_name.upper()


def no_external_id(model):
    model.external_id = None


def never_inactive(model):
    model.active = True


async def test_a_server_that_keeps_everything_shows_no_drift(office):
    result = await office().sync()
    assert (result.drift, result.verified) == ((), True)


async def test_a_value_that_the_server_normalises_is_drift_and_no_change_for_ever(office):
    place = office()
    place.tamper(upper_names)
    first = await place.sync()
    one = place.linked(1)[0]
    sent = place.personio.person(one).last_name
    assert (
        Drift(one, place.personio.person(one).first_name + " " + sent, "last_name", sent, sent.upper()) in first.drift
    )
    seen = await place.preview()
    assert seen.plan.changes == ()
    assert all(Problem.NOT_KEPT in p.problems for p in seen.plan.people if p.personio_id == one)
    again = await place.sync()
    assert (again.applied, again.drift) == ({}, ())


async def test_known_drift_ends_when_the_wanted_value_changes(office):
    place = office()
    place.tamper(upper_names)
    await place.sync()
    one = place.linked(1)[0]
    place.personio.edit(one, last_name="New")
    result = await place.sync()
    assert result.applied == {"update": 1}
    assert [(d.personio_id, d.sent, d.found) for d in result.drift] == [(one, "New", "NEW")]
    assert (await place.preview()).plan.changes == ()


async def test_known_drift_ends_when_alleo_holds_something_else(office):
    place = office()
    place.tamper(upper_names)
    await place.sync()
    one = place.linked(1)[0]
    wanted = place.personio.person(one).last_name

    def edited_by_hand(model):
        if model.external_id == str(one):
            model.name.family_name = "By hand"

    place.alter(edited_by_hand)
    (change,) = (await place.preview()).plan.changes
    assert change.new == {"last_name": wanted}


async def test_a_server_that_drops_the_link_does_not_get_a_second_account_nor_lose_a_leaver(office):
    place = office()
    place.tamper(no_external_id)
    first = await place.sync()
    made = len(place.scim.accounts)
    assert {d.field for d in first.drift} == {"external_id"}
    assert (await place.preview()).plan.changes == ()
    (one, *_rest) = [p.personio_id for p in (await place.preview()).plan.people if p.account]
    place.personio.edit(one, email="moved@example.com")
    assert (await place.sync()).applied == {"update": 1}
    assert len(place.scim.accounts) == made
    place.personio.edit(one, status="inactive")
    result = await place.sync()
    assert result.applied == {"offboard": 1}
    assert [a["userName"] for a in place.scim.accounts if not a["active"]] == ["moved@example.com"]


async def test_an_offboarding_that_does_not_take_is_told_in_every_run(office):
    place = office()
    await place.sync()
    place.tamper(never_inactive)
    place.personio.edit(place.linked(1)[0], status="inactive")
    for _run in range(2):
        result = await place.sync()
        assert result.applied == {"offboard": 1}
        assert [(d.field, d.sent, d.found) for d in result.drift] == [("active", False, True)]


@pytest.mark.parametrize("kept", [False, True])
async def test_no_date_of_birth_is_remembered_as_drift(office, kept):
    place = office()

    def alter(model):
        extension = next(e for e in type(model).get_extension_models().values() if "birthday" in e.model_fields)
        if model[extension]:
            model[extension].birthday = "1900-01-01" if kept else None

    place.tamper(alter)
    result = await place.sync()
    assert {d.field for d in result.drift} == {"birthday"}
    with place.ledger as ledger:
        found = {(one.sent, one.found) for one in ledger.drifts().values()}
    assert found == {("(set)", "(set)" if kept else None)}
    assert bool((await place.preview()).plan.changes) is kept
