"""Accounts changed by others at Alleo: reported by name with what to do, and never touched."""

from __future__ import annotations

import pytest

from alleo_onboard.personio.client import PersonioClient
from alleo_onboard.sandbox.people import ALLEO_KEY
from alleo_onboard.sandbox.scim_schema import CORE


@pytest.fixture
def settled(cli, play):
    """Ten people who all got Alleo through this tool."""
    sandbox = play(people=10)
    for person in sandbox.personio.people:
        sandbox.personio.edit(person.id, status="active", termination_date=None, custom={ALLEO_KEY: "Yes"})
    assert cli("sync", "--yes").code == 0
    assert len(sandbox.scim.accounts) >= 8
    return sandbox


def someone(sandbox, nth=0):
    return sandbox.personio.person(int(sandbox.scim.accounts[nth]["externalId"]))


def changed(sandbox, number, **fields):
    """Changes a person's account as somebody at Alleo would."""
    storage, kind = sandbox.scim._storage, sandbox.scim._type
    with storage.lock:
        model = storage.get(kind, sandbox.scim.account(str(number))["id"])
        for name, value in fields.items():
            setattr(model, name, value)
        storage.update(kind, model)
        return model.id


def by_hand(sandbox, email, **more):
    person = {"schemas": [CORE], "userName": email, "active": True, "name": {"givenName": "Hand", "familyName": "Made"}}
    return sandbox.scim.add({**person, **more})[0]


def account(sandbox, identity):
    return next(a for a in sandbox.scim.accounts if a["id"] == identity)


def row(cli, number):
    return next(p for p in cli("preview", "--json").json["people"] if p["personio_id"] == number)


def test_a_leaver_whose_id_was_cleared_still_loses_alleo(cli, settled):
    leaver = someone(settled)
    identity = changed(settled, leaver.id, external_id=None)
    settled.personio.edit(leaver.id, status="inactive")
    assert cli("sync", "--yes", "--json").json["applied"] == {"offboard": 1}
    assert account(settled, identity)["active"] is False


def test_somebody_deleted_whose_id_was_cleared_still_loses_alleo(cli, settled):
    leaver = someone(settled)
    identity = changed(settled, leaver.id, external_id=None)
    settled.personio.set_people(tuple(p for p in settled.personio.people if p.id != leaver.id))
    assert cli("sync", "--yes", "--json").json["applied"] == {"offboard": 1}
    assert account(settled, identity)["active"] is False


def test_a_cleared_id_is_set_again_even_where_the_address_changes(cli, settled):
    person = someone(settled)
    identity = changed(settled, person.id, external_id=None)
    settled.personio.edit(person.id, email="new.address@polderwerk.example")
    assert cli("sync", "--yes", "--json").json["applied"] == {"link": 1}
    now = account(settled, identity)
    assert (now["externalId"], now["userName"]) == (str(person.id), "new.address@polderwerk.example")


def test_a_cleared_id_with_another_address_is_not_ours_to_switch_off(cli, settled):
    leaver = someone(settled)
    identity = changed(settled, leaver.id, external_id=None, user_name="x@other.example", emails=None)
    settled.personio.edit(leaver.id, status="inactive")
    assert cli("sync", "--yes", "--json").json["applied"] == {}
    assert account(settled, identity)["active"] is True


@pytest.mark.parametrize("deleted", [False, True])
def test_a_replaced_id_is_told_and_the_account_left_alone(cli, settled, deleted):
    leaver = someone(settled)
    identity = changed(settled, leaver.id, external_id="HR-77")
    settled.personio.edit(leaver.id, status="inactive")
    if deleted:
        settled.personio.set_people(tuple(p for p in settled.personio.people if p.id != leaver.id))
    before = account(settled, identity)
    assert "link_replaced" in row(cli, leaver.id)["problems"]
    done = cli("sync", "--yes", "--json")
    assert done.json["applied"] == {}
    assert "carries the id HR-77 now" in done.err
    assert account(settled, identity) == before


@pytest.mark.parametrize("fields", [{"status": "inactive"}, {"custom": {ALLEO_KEY: "No"}}])
def test_an_account_made_by_hand_for_somebody_who_should_not_have_it_is_told(cli, play, fields):
    sandbox = play(people=10)
    person = sandbox.personio.people[0]
    sandbox.personio.edit(person.id, **fields)
    identity = by_hand(sandbox, person.email.upper())
    told = row(cli, person.id)
    assert (told["problems"], told["change"], told["decision"]) == (["account_by_hand"], None, "skip")
    done = cli("sync", "--yes", "--json")
    assert f"{person.first_name} {person.last_name} should not have Alleo" in done.err
    assert account(sandbox, identity)["active"] is True


def test_an_account_made_by_hand_that_is_off_or_of_somebody_who_starts_soon_is_nobodys_concern(cli, play):
    sandbox = play(people=10)
    one, two = sandbox.personio.people[:2]
    sandbox.personio.edit(one.id, status="inactive")
    by_hand(sandbox, one.email, active=False)
    sandbox.personio.edit(two.id, status="onboarding")
    by_hand(sandbox, two.email)
    assert row(cli, one.id)["problems"] == row(cli, two.id)["problems"] == []


def test_after_the_ledger_was_lost_accounts_of_people_since_deleted_are_told(cli, settled):
    leaver = someone(settled)
    settled.personio.set_people(tuple(p for p in settled.personio.people if p.id != leaver.id))
    (cli.home / "ledgers" / "default.sqlite").unlink()
    told = row(cli, leaver.id)
    assert (told["problems"], told["change"], told["reasons"]) == (["account_of_nobody"], None, ["gone"])
    done = cli("sync", "--yes", "--json")
    assert "which Personio no longer knows" in done.err
    assert settled.scim.account(str(leaver.id))["active"] is True
    assert row(cli, leaver.id)["problems"] == ["account_of_nobody"]


def test_ids_of_another_shape_are_another_systems(cli, settled):
    for number, external in enumerate(["4711", "HR-7", "0" * 8, "99999999999", "１３６４９２９０"]):
        by_hand(settled, f"hr{number}@polderwerk.example", externalId=external)
    people = cli("preview", "--json").json["people"]
    assert not [p for p in people if p["problems"]]


def test_in_a_first_run_an_id_alone_takes_nobodys_account(cli, play):
    """Two tenants use the same numbers for different people: neither address nor name fits."""
    sandbox = play(people=10)
    person, other = sandbox.personio.people[:2]
    for one in (person, other):
        sandbox.personio.edit(one.id, status="active", custom={ALLEO_KEY: "Yes"})
    foreign = by_hand(sandbox, "somebody@else.example", externalId=str(person.id))
    renamed = by_hand(
        sandbox,
        "old.name@polderwerk.example",
        externalId=str(other.id),
        name={"givenName": other.first_name, "familyName": other.last_name},
    )
    before = account(sandbox, foreign)
    told = row(cli, person.id)
    assert (told["decision"], told["reasons"], told["change"]) == ("blocked", ["account_conflict"], None)
    assert cli("sync", "--yes").code == 0
    assert account(sandbox, foreign) == before
    assert account(sandbox, renamed)["userName"] == other.email


@pytest.mark.parametrize(
    ("hours", "code", "told"),
    [
        (90 * 24, 4, "clock"),
        (-13, 4, "clock"),
        (0.5, 0, "30 minutes ahead"),
        (-2, 0, "120 minutes behind"),
        (0.1, 0, ""),
    ],
)
def test_a_wrong_clock_is_told_and_one_that_is_half_a_day_off_stops_the_run(cli, play, monkeypatch, hours, code, told):
    sandbox = play(people=10)
    monkeypatch.setattr(PersonioClient, "clock_ahead", property(lambda _self: hours * 3600))
    done = cli("sync", "--yes", "--json")
    assert done.code == code
    assert told in done.err
    assert ("clock" in done.err) == bool(told)
    assert bool(sandbox.scim.accounts) == (code == 0)
    codes = [f["code"] for f in cli("check", "--json").json["findings"]]
    assert ("clock_wrong" in codes) == (code == 4)


def test_the_share_that_lost_alleo_within_thirty_days_is_told_when_it_passes_a_quarter(cli, play):
    sandbox = play(people=40)
    for person in sandbox.personio.people:
        sandbox.personio.edit(person.id, status="active", termination_date=None, custom={ALLEO_KEY: "Yes"})
    assert cli("sync", "--yes").code == 0
    n = len(sandbox.scim.accounts)
    told = []
    for _day in range(3):
        leaving = [p.id for p in sandbox.personio.people if p.status == "active"][:4]
        for number in leaving:
            sandbox.personio.edit(number, status="inactive")
        done = cli("sync", "--yes")
        assert done.code == 0, done.err
        told.append("within 30 days" in done.err)
    assert told == [False, False, True]
    assert f"12 people of {n}" in done.err


def test_a_server_that_leaves_out_who_is_off_is_answered_from_the_ledger(cli, settled):
    """`active` is never stated: the leaver is switched off once, and does not count in the guard afterwards."""
    leaver = someone(settled)
    settled.personio.edit(leaver.id, status="inactive")
    silent(settled)
    assert cli("sync", "--yes", "--json").json["applied"] == {"offboard": 1}
    for _again in range(2):
        assert cli("sync", "--yes", "--json").json["applied"] == {}
    settled.personio.edit(leaver.id, status="active")
    assert cli("sync", "--yes", "--json").json["applied"] == {"reactivate": 1}
    assert cli("sync", "--yes", "--json").json["applied"] == {}


def silent(sandbox):
    """Makes the server leave out whether an account is active."""
    inner = sandbox.scim._app

    async def app(scope, receive, send):
        async def without(message):
            if message["type"] == "http.response.start":
                message = {**message, "headers": [h for h in message["headers"] if h[0].lower() != b"content-length"]}
            if message.get("body"):
                body = message["body"].replace(b'"active": true,', b"").replace(b'"active": false,', b"")
                body = body.replace(b'"active":true,', b"").replace(b'"active":false,', b"")
                message = {**message, "body": body}
            await send(message)

        await inner(scope, receive, without)

    sandbox.scim._app = app


def test_a_rehire_whose_account_the_server_does_not_list_is_switched_on_again(cli, settled):
    leaver = someone(settled)
    settled.personio.edit(leaver.id, status="inactive")
    assert cli("sync", "--yes", "--json").json["applied"] == {"offboard": 1}
    unlisted(settled)
    assert cli("sync", "--yes", "--json").json["applied"] == {}
    settled.personio.edit(leaver.id, status="active")
    done = cli("sync", "--yes", "--json")
    assert (done.code, done.json["applied"]) == (0, {"reactivate": 1})
    assert cli("sync", "--yes", "--json").json["applied"] == {}


def unlisted(sandbox):
    """Makes lists and filters show active accounts only; requests by id find all."""
    import json

    inner = sandbox.scim._app

    async def app(scope, receive, send):
        listing = scope["method"] == "GET" and scope["path"].rstrip("/").endswith("/Users")
        held = []

        async def keep(message):
            held.append(message)

        await inner(scope, receive, keep if listing else send)
        if not listing:
            return
        body = json.loads(b"".join(m.get("body", b"") for m in held))
        rows = body.get("Resources") or []
        body["Resources"] = [r for r in rows if r.get("active") is not False]
        body["totalResults"] -= len(rows) - len(body["Resources"])
        start = {**held[0], "headers": [h for h in held[0]["headers"] if h[0].lower() != b"content-length"]}
        await send(start)
        await send({"type": "http.response.body", "body": json.dumps(body).encode()})

    sandbox.scim._app = app
