"""Undoing a run: old values, switched-off accounts, new accounts and links, and what is left unchanged."""

from __future__ import annotations

import pytest

CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
PEOPLE = 27


@pytest.fixture
def synced(cli, play):
    sandbox = play()
    done = cli("sync", "--yes", "--json")
    assert done.code == 0
    return sandbox, done.json["run"]


def writes(sandbox):
    return sandbox.scim.counts["POST"] + sandbox.scim.counts["PATCH"]


def sync(cli, *words):
    done = cli("sync", "--yes", "--json", *words)
    assert done.code == 0, done.err
    return done.json


def undo(cli, run, *words):
    done = cli("undo", run, "--yes", "--json", *words)
    assert done.code == 0, done.err
    return done.json


def test_a_preview_of_an_undo_writes_nothing(cli, synced):
    sandbox, run = synced
    before = writes(sandbox)
    seen = cli("undo", run, "--preview", "--json")
    assert seen.code == 0
    assert seen.json["undoes"] == run
    assert seen.json["summary"]["offboard"] == PEOPLE
    assert {p["change"] for p in seen.json["people"]} == {"offboard"}
    assert writes(sandbox) == before
    assert "Nothing was written." in seen.err


def test_an_undo_is_guarded_like_any_other_run(cli, synced):
    sandbox, run = synced
    before = writes(sandbox)
    refused = cli("undo", run, "--yes", "--json")
    assert refused.code == 5
    assert f"--allow-offboard {PEOPLE}" in refused.err
    assert writes(sandbox) == before
    assert undo(cli, run, "--allow-offboard", str(PEOPLE))["applied"] == {"offboard": PEOPLE}
    assert not any(a["active"] for a in sandbox.scim.accounts)
    assert sync(cli)["applied"] == {"reactivate": PEOPLE}


def test_old_values_come_back_and_whoever_was_switched_off_is_switched_on(cli, synced):
    sandbox, _run = synced
    one, two, three = (int(a["externalId"]) for a in sandbox.scim.accounts[:3])
    before = [sandbox.scim.account(str(n)) for n in (one, two, three)]
    sandbox.personio.edit(one, last_name="Wrong", email="wrong@example.com")
    sandbox.personio.edit(two, status="inactive")
    sandbox.personio.edit(three, department=None)
    run = sync(cli)["run"]
    told = undo(cli, run)
    assert told["applied"] == {"update": 2, "reactivate": 1}
    assert told["undone"] == run
    after = [sandbox.scim.account(str(n)) for n in (one, two, three)]
    for was, now in zip(before, after, strict=True):
        assert {**was, "meta": None} == {**now, "meta": None}


def test_what_changed_since_stays_and_is_told(cli, synced):
    sandbox, _run = synced
    one, two = (int(a["externalId"]) for a in sandbox.scim.accounts[:2])
    sandbox.personio.edit(one, last_name="First")
    sandbox.personio.edit(two, last_name="First")
    run = sync(cli)["run"]
    sandbox.personio.edit(one, last_name="Second")
    sync(cli)
    done = cli("undo", run, "--yes", "--json")
    assert done.code == 0
    assert done.json["applied"] == {"update": 1}
    assert done.json["skipped"] == [{"personio_id": one, "field": "last_name", "why": "changed_since"}]
    assert sandbox.scim.account(str(one))["name"]["familyName"] == "Second"
    assert "was changed since, so it stays as it is" in done.err


def test_a_link_that_the_run_made_is_taken_off_again(cli, play):
    sandbox = play()
    person = cli("preview", "--json").json["people"]
    email = next(p["email"] for p in person if p["change"] == "onboard")
    sandbox.scim.add(
        {"schemas": [CORE], "userName": email, "active": True, "name": {"givenName": "Old", "familyName": "Name"}}
    )
    run = sync(cli)["run"]
    told = undo(cli, run, "--allow-offboard", str(PEOPLE))
    assert told["applied"] == {"update": 1, "offboard": PEOPLE - 1}
    (account,) = [a for a in sandbox.scim.accounts if a["userName"] == email]
    assert account.get("externalId") is None
    assert account["active"]
    assert account["name"]["familyName"] == "Name"
    assert sync(cli)["applied"] == {"link": 1, "reactivate": PEOPLE - 1}


def test_granted_amounts_and_dates_of_birth_are_left_and_told(cli, synced):
    sandbox, first = synced
    account = next(a for a in sandbox.scim.accounts)
    number = int(account["externalId"])
    sandbox.personio.edit(number, birthday=sandbox.personio.person(number).hire_date.replace(year=1980), last_name="X")
    run = sync(cli)["run"]
    told = undo(cli, run)
    assert told["applied"] == {"update": 1}
    assert told["skipped"] == [{"personio_id": number, "field": "birthday", "why": "birthday"}]
    paid = cli("undo", first, "--preview", "--json").json["skipped"]
    assert {s["why"] for s in paid} == {"paid"}


def test_an_undo_of_an_undo_and_of_nothing(cli, synced):
    _sandbox, run = synced
    back = undo(cli, run, "--allow-offboard", str(PEOPLE))["run"]
    assert undo(cli, back)["applied"] == {"reactivate": PEOPLE}
    missing = cli("undo", "20200101T000000-abcdef", "--yes")
    assert missing.code == 2
    assert "There is no run" in missing.err
    assert cli("undo", run).code == 2


def test_a_run_cut_short_by_an_undo_is_not_resumed_by_sync(cli, synced):
    _sandbox, run = synced
    undo(cli, run, "--allow-offboard", str(PEOPLE))
    assert "nothing to resume" in cli("sync", "--resume", "--yes").err


def test_a_run_is_not_taken_back_at_another_alleo(cli, synced, play, tmp_path):
    """Two servers know the same people by the same ids; what was written at one says nothing about the other."""
    sandbox, run = synced
    other = play()
    with_other = {name: value for name, value in other.addresses.environment().items() if name.startswith("ALLEO_")}
    assert cli("sync", "--yes", ALLEO_ONBOARD_HOME=str(tmp_path / "elsewhere"), **with_other).code == 0
    before = writes(other)
    refused = cli("undo", run, "--yes", "--json", "--allow-offboard", str(PEOPLE), **with_other)
    assert refused.code == 4
    assert sandbox.addresses.scim_url in refused.err
    assert other.addresses.scim_url in refused.err
    assert writes(other) == before
    assert cli("undo", run, "--preview", "--json", **with_other).code == 4
    assert refused.json["error"]["findings"][0]["code"] == "basis_changed"
