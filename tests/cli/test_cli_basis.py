"""A changed basis (Alleo's address, tenant, Alleo field) stops a run until a person accepts it."""

from __future__ import annotations

import sqlite3

import pytest
from fleet import leave, saved

from alleo_onboard.sandbox.people import ALLEO_KEY


@pytest.fixture
def settled(cli, play):
    """A synced company, and an unrelated one."""
    mine, other = play(people=12), play(people=12, seed=7)
    saved(cli, "default", mine)
    leave(cli)
    assert cli("sync", "--yes").code == 0
    return mine, other


def stopped(cli, subject, before, now, *words):
    """Asserts that `check` reports the changed basis and that a run stops with it."""
    found = [f for f in cli("check", "--json").json["findings"] if f["code"] == "basis_changed"]
    assert [f["subject"] for f in found] == [subject]
    assert found[0]["severity"] == "error"
    assert before in found[0]["message"]
    assert now in found[0]["message"]
    for more in ((), ("--scheduled",)):
        done = cli("sync", "--yes", "--json", *more, *words)
        assert done.code == 4
        assert done.json["run"] is None
        assert done.json["error"]["code"] == "basis_changed"
        assert before in done.json["error"]["message"]
        (told,) = done.json["error"]["findings"]
        assert (told["code"], told["subject"]) == ("basis_changed", subject)
        assert told["detail"]["before"] == before
        assert now in told["detail"]["now"]


def test_another_alleo_stops_a_run_until_it_is_accepted(cli, settled):
    mine, other = settled
    saved(cli, "default", mine, url=other.addresses.scim_url, secret_command=f"echo {other.addresses.scim_token}")
    stopped(cli, "alleo_address", mine.addresses.scim_url, other.addresses.scim_url)
    assert other.scim.accounts == []
    refused = cli("sync", "--yes", "--scheduled", "--accept-change")
    assert refused.code == 2
    done = cli("sync", "--yes", "--json", "--accept-change")
    assert done.code == 0, done.err
    assert other.scim.accounts
    assert cli("sync", "--yes").code == 0


def test_an_address_in_another_spelling_is_the_same(cli, settled):
    mine, _other = settled
    saved(cli, "default", mine, url=mine.addresses.scim_url.replace("http://", "HTTP://") + "/")
    assert cli("sync", "--yes").code == 0


def test_another_personio_stops_a_run(cli, settled):
    mine, other = settled
    saved(cli, "default", other, url=mine.addresses.scim_url, secret_command=f"echo {mine.addresses.scim_token}")
    before = mine.scim.accounts
    found = [f["subject"] for f in cli("check", "--json").json["findings"] if f["code"] == "basis_changed"]
    assert found == ["personio_address", "people"]
    assert cli("sync", "--yes", "--allow-offboard", "99").code == 4
    assert mine.scim.accounts == before


@pytest.mark.parametrize("left", [0, 5])
def test_nobody_of_those_linked_in_sight_stops_a_run_however_small(cli, play, left):
    """As with another tenant's credential at the same address, or when Personio lists nobody."""
    sandbox = play(people=5)
    for person in sandbox.personio.people:
        sandbox.personio.edit(person.id, status="active", custom={ALLEO_KEY: "Yes"})
    assert cli("sync", "--yes").code == 0
    n = len(sandbox.scim.accounts)
    assert n >= 3
    strangers = play(people=5, seed=7)
    sandbox.personio.set_people(strangers.personio.people[:left])
    cli.use(sandbox)
    if left:
        stopped(cli, "people", str(n), "", "--allow-offboard", "99")
    assert cli("sync", "--yes", "--allow-offboard", "99").code == 4  # an empty list is a finding of its own
    assert all(a["active"] for a in sandbox.scim.accounts)


def test_a_new_credential_is_told_and_stops_nothing(cli, settled):
    mine, _other = settled
    saved(cli, "default", mine)
    path = cli.home / "profiles" / "default.toml"
    mine.personio.credential = ("papi-new", "papi-secret")
    path.write_text(
        path.read_text()
        .replace(mine.addresses.client_id, "papi-new")
        .replace(mine.addresses.client_secret, "papi-secret")
    )
    done = cli("sync", "--yes")
    assert done.code == 0, done.err
    assert "another Personio credential is used" in done.err


def test_everyone_in_place_of_the_alleo_field_stops_a_run(cli, settled):
    """As on a second machine without the profile, where the field cannot be read."""
    mine, _other = settled
    saved(cli, "default", mine)
    mine.personio.hide("Alleo")
    before = mine.scim.accounts
    stopped(cli, "alleo_field", mine.personio.key_of("Alleo"), "everyone")
    assert mine.scim.accounts == before


def test_another_field_in_place_of_the_pinned_one_is_lost_and_never_pinned_anew(cli, settled):
    mine, _other = settled
    path = cli.home / "profiles" / "default.toml"
    key = mine.personio.key_of("Alleo")
    assert f'selective_key = "{key}"' in path.read_text()
    path.write_text(path.read_text().replace(key, "dynamic_1"))
    before = mine.scim.accounts
    done = cli("sync", "--yes", "--json")
    assert done.code == 4
    assert 'selective_key = "dynamic_1"' in path.read_text()
    assert mine.scim.accounts == before
    done = cli("sync", "--yes", "--accept-change")
    assert done.code == 0, done.err
    assert f'selective_key = "{key}"' in path.read_text()


def test_a_ledger_without_a_policy_stops_nothing(cli, settled):
    with sqlite3.connect(cli.home / "ledgers" / "default.sqlite") as connection:
        connection.execute("UPDATE runs SET policy = ''")
    connection.close()
    assert not [f for f in cli("check", "--json").json["findings"] if f["code"] == "basis_changed"]


def test_two_linked_people_may_both_be_gone(cli, play):
    """Fewer than three prove nothing; the guard handles them."""
    sandbox = play(people=8)
    for person in sandbox.personio.people[2:]:
        sandbox.personio.edit(person.id, status="inactive")
    for person in sandbox.personio.people[:2]:
        sandbox.personio.edit(person.id, status="active", custom={ALLEO_KEY: "Yes"})
    assert cli("sync", "--yes").code == 0
    sandbox.personio.set_people(sandbox.personio.people[2:])
    assert not [f for f in cli("check", "--json").json["findings"] if f["code"] == "basis_changed"]


def test_a_token_of_another_customer_at_the_same_address_stops(cli, play):
    """Many servers have one address for all customers; the token decides whose accounts they show."""
    sandbox = play(people=12)
    assert cli("sync", "--yes").code == 0
    before = len(sandbox.scim.accounts)
    for account in sandbox.scim.accounts:
        sandbox.scim._storage.delete(sandbox.scim._type, account["id"])
    done = cli("sync", "--yes", "--json")
    assert done.code == 4
    assert [f["subject"] for f in done.json["error"]["findings"]] == ["accounts"]
    assert "another customer's token" in done.err
    assert cli("sync", "--yes", "--scheduled").code == 4
    assert sandbox.scim.accounts == []
    assert cli("sync", "--yes", "--accept-change").code == 0
    assert len(sandbox.scim.accounts) == before
    assert cli("sync", "--yes", "--json").json["applied"] == {}
