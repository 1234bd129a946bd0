"""After lost answers the ledger says what is true at Alleo, and the next run finishes."""

from __future__ import annotations

from alleo_onboard.store.ledger import RunState, State

ONEOFF = "alleo_oneoff_all_budget"


def open_rows(office):
    with office.ledger as ledger:
        return ledger.unsettled()


def states(office, run):
    with office.ledger as ledger:
        return {row.change.personio_id: row.state for row in ledger.changes(run)}


async def test_a_change_that_was_made_although_its_answers_were_lost_is_found_at_the_end_of_the_run(office):
    place = office()
    await place.sync()
    number = place.linked(1)[0]
    place.personio.edit(number, last_name="Lost")
    for _try in range(5):
        place.scim.lose_answer("PATCH")
    result = await place.sync()
    assert result.applied == {"update": 1}
    assert result.failed == ()
    assert open_rows(place) == ()
    assert place.account(number)["name"]["familyName"] == "Lost"


async def test_a_change_that_was_not_made_stays_open_until_the_next_run_reads_alleo(office):
    place = office()
    await place.sync()
    number = place.linked(1)[0]
    place.personio.edit(number, last_name="Lost")
    place.scim.fail(500, 500, 500, 500, 500, method="PATCH")
    failed = await place.sync()
    assert [o.known for o in failed.failed] == [False]
    assert [row.change.personio_id for row in open_rows(place)] == [number]
    seen = await place.preview()
    assert [bool(s.outcome.error) for s in seen.knowledge.settlements] == [True]
    assert len(open_rows(place)) == 1
    again = await place.sync()
    assert again.applied == {"update": 1}
    assert open_rows(place) == ()
    assert states(place, failed.run) == {number: State.FAILED}


async def test_a_change_made_later_than_the_run_waited_is_confirmed_by_the_next(office):
    """The server was still working when the run gave up. At the next run it is done, and is not repeated."""
    place = office()
    await place.sync()
    number = place.linked(1)[0]
    place.personio.edit(number, last_name="Late")
    place.scim.fail(500, 500, 500, 500, 500, method="PATCH")
    failed = await place.sync()
    held = place.account(number)
    storage, kind = place.scim._storage, place.scim._type
    model = storage.get(kind, held["id"])
    model.name.family_name = "Late"
    storage.update(kind, model)
    done = await place.preview()
    assert done.plan.changes == ()
    assert (await place.sync()).applied == {}
    assert states(place, failed.run) == {number: State.CONFIRMED}


async def test_a_one_off_budget_whose_answer_was_lost_is_not_paid_again(office):
    place = office()
    first = await place.preview()
    paid = [p.personio_id for p in first.plan.people if p.change and ONEOFF in p.change.new]
    assert paid
    for _each in range(len(first.plan.changes)):
        place.scim.lose_answer("POST")
    result = await place.sync()
    assert result.failed == ()
    with place.ledger as ledger:
        assert {number for number, _name in ledger.granted()} == set(paid)
    again = await place.preview()
    assert again.plan.changes == ()


async def test_a_run_that_was_cut_short_by_a_refused_sign_in_leaves_nothing_unclear(office):
    place = office()
    first = await place.preview()
    place.scim.fail(401, method="POST")
    result = await place.sync()
    assert result.ended_by
    assert result.left
    with place.ledger as ledger:
        assert ledger.run(result.run).state is RunState.STOPPED
    again = await place.sync()
    assert again.failed == ()
    assert open_rows(place) == ()
    assert len(place.scim.accounts) == len(first.plan.changes)
