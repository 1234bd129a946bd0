"""Written values are read back; values that a server does not keep are reported once and not sent for ever."""

from __future__ import annotations

import pytest
from scim2_server.storage import SearchPage

from alleo_onboard.domain.budget import Problem
from alleo_onboard.domain.drift import Drift
from alleo_onboard.sandbox.person import ONEOFF_ALL_KEY
from alleo_onboard.sandbox.scim_schema import ALLEO
from alleo_onboard.store.ledger import RunState


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
    for _run in range(2):  # once may be an accident: it counts after three runs
        assert one in {c.personio_id for c in (await place.preview()).plan.changes}
        assert (await place.sync()).drift
    seen = await place.preview()
    assert seen.plan.changes == ()
    assert all(Problem.NOT_KEPT in p.problems for p in seen.plan.people if p.personio_id == one)
    again = await place.sync()
    assert (again.applied, again.drift) == ({}, ())


async def test_known_drift_ends_when_the_wanted_value_changes(office):
    place = office()
    place.tamper(upper_names)
    for _run in range(3):
        await place.sync()
    one = place.linked(1)[0]
    place.personio.edit(one, last_name="New")
    result = await place.sync()
    assert result.applied == {"update": 1}
    assert [(d.personio_id, d.sent, d.found) for d in result.drift] == [(one, "New", "NEW")]
    for _run in range(2):
        assert (await place.sync()).applied == {"update": 1}
    assert (await place.preview()).plan.changes == ()


async def test_known_drift_ends_when_alleo_holds_something_else(office):
    place = office()
    place.tamper(upper_names)
    for _run in range(3):
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
    for _run in range(3):
        result = await place.sync()
        assert {d.field for d in result.drift} == {"birthday"}
    with place.ledger as ledger:
        found = {(one.sent, one.found) for one in ledger.drifts().values()}
    assert found == {("(set)", "(set)" if kept else None)}
    assert bool((await place.preview()).plan.changes) is kept


def lose(place, *numbers):
    """Answers all writes as done, and then loses the accounts of these people (or all)."""
    inner, storage, kind = place.scim._app, place.scim._storage, place.scim._type

    async def app(scope, receive, send):
        await inner(scope, receive, send)
        if scope["method"] in ("POST", "PATCH"):
            for account in place.scim.accounts:
                if not numbers or int(account["externalId"]) in numbers:
                    storage.delete(kind, account["id"])

    place.scim._app = app
    return inner


async def test_accounts_that_are_not_there_afterwards_are_failures_and_are_made_again(office):
    place = office()
    real = lose(place)
    first = await place.sync()
    assert first.applied == {}
    assert {o.error for o in first.failed} == {"Alleo answered that it was done, but has no such account."}
    with place.ledger as ledger:
        (run,) = ledger.runs()
        assert run.state is RunState.FINISHED_WITH_FAILURES
        assert (ledger.links(), ledger.granted()) == ({}, {})
        assert ledger.verify().faults == ()
    place.scim._app = real
    second = await place.sync()
    assert second.applied == {"onboard": len(first.failed)}
    assert len({a["externalId"] for a in place.scim.accounts}) == len(place.scim.accounts) == len(first.failed)
    assert any(a.get(ALLEO, {}).get("alleo_oneoff_all_budget") for a in place.scim.accounts)
    assert (await place.preview()).plan.changes == ()


@pytest.fixture
def unlisted(monkeypatch):
    """Makes the server leave these people (or all) out of its lists; requests by id still find them."""

    def leave_out(place, *numbers):
        storage = type(place.scim._storage)
        inner = storage.search

        def search(self, kinds, request, **more):
            if request.filter is not None:
                return inner(self, kinds, request, **more)
            shown = [a for a in self.in_order() if numbers and int(a.external_id or 0) not in numbers]
            start = request.start_index_0 or 0
            return SearchPage(len(shown), shown[start : start + (request.count or len(shown))])

        monkeypatch.setattr(storage, "search", search)

    return leave_out


async def test_a_list_that_shows_nobody_makes_no_account_twice(office, unlisted):
    place = office()
    unlisted(place)
    first = await place.sync()
    made = len(place.scim.accounts)
    assert (first.applied, first.failed, first.drift) == ({"onboard": made}, (), ())
    assert (await place.preview()).plan.changes == ()
    (one,) = place.linked(1)
    place.personio.edit(one, email="new.address@example.com")
    assert (await place.sync()).applied == {"update": 1}
    assert len(place.scim.accounts) == made
    assert place.account(one)["userName"] == "new.address@example.com"


async def test_a_lost_answer_and_a_list_that_lags_make_no_account_twice(office, unlisted):
    place = office()
    people = {p.personio_id for p in (await place.preview()).plan.people if p.change}
    one = min(people)
    place.scim.lose_answer("POST")
    unlisted(place, one)
    await place.sync()
    place.personio.edit(one, email="new.address@example.com")
    await place.sync()
    assert [a["externalId"] for a in place.scim.accounts].count(str(one)) == 1


async def test_a_one_off_that_was_taken_is_not_sent_again_when_the_account_was_not_listed_once(office, unlisted):
    place = office()
    await place.sync()
    one = next(int(a["externalId"]) for a in place.scim.accounts if not a.get(ALLEO, {}).get("alleo_oneoff_all_budget"))
    place.personio.edit(one, custom={**place.personio.person(one).custom, ONEOFF_ALL_KEY: 50})
    unlisted(place, one)
    assert (await place.sync()).applied == {"update": 1}
    place.alter(lambda m: m.external_id == str(one) and spend(m))
    result = await place.sync()
    assert (result.applied, result.failed) == ({}, ())


def spend(model):
    extension = next(e for e in type(model).get_extension_models().values() if "birthday" in e.model_fields)
    model[extension].alleo_oneoff_all_budget = None


async def test_somebody_who_was_lost_sight_of_once_is_still_switched_off_when_they_leave(office):
    place = office()
    await place.sync()
    (one,) = place.linked(1)
    place.personio.edit(one, last_name="Other")
    kept = dict(place.scim._storage._resources["User"])
    real = lose(place, one)
    assert [o.change.personio_id for o in (await place.sync()).failed] == [one]
    place.scim._app = real
    place.scim._storage._resources["User"].update(kept)
    place.scim._storage._order.update(dict.fromkeys(kept))
    place.personio.set_people(tuple(p for p in place.personio.people if p.id != one))
    assert (await place.sync()).applied == {"offboard": 1}


async def test_an_account_whose_id_changes_after_it_was_made_is_found_again(office):
    place = office()
    storage, inner = place.scim._storage, place.scim._app

    async def app(scope, receive, send):
        await inner(scope, receive, send)
        held = storage._resources.get("User", {})
        for old in [i for i in held if scope["method"] == "POST" and not i.startswith("final-")]:
            model = held.pop(old)
            model.id = f"final-{old}"
            held[model.id] = model
            storage._order = {(model.id if i == old else i): None for i in storage._order}

    place.scim._app = app
    first = await place.sync()
    assert (first.failed, first.drift) == ((), ())
    place.scim._app = inner
    assert (await place.preview()).plan.changes == ()
    with place.ledger as ledger:
        assert set(ledger.links().values()) == {a["id"] for a in place.scim.accounts}


async def test_a_server_that_no_longer_lists_who_was_switched_off_is_believed(office):
    place = office()
    await place.sync()
    (one,) = place.linked(1)
    place.personio.edit(one, status="inactive")
    lose(place, one)
    result = await place.sync()
    assert (result.applied, result.failed, result.drift) == ({"offboard": 1}, (), ())
