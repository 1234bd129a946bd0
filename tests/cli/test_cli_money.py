"""Budgets on the command line: one-off amounts, waiting amounts, the guard, and the messages."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from alleo_onboard.sandbox.people import ALLEO_KEY, MONTHLY_ALL_KEY, ONEOFF_ALL_KEY

ONCE, MONTHLY = "alleo_oneoff_all_budget", "alleo_monthly_all_budget"


@pytest.fixture
def synced(cli, play):
    """A company after its first run, and the id of a person with an account and without one-off budget."""
    sandbox = play(people=12)
    for person in sandbox.personio.people:
        sandbox.personio.edit(person.id, custom={ONEOFF_ALL_KEY: None, MONTHLY_ALL_KEY: 50})
    assert cli("sync", "--yes").code == 0
    return sandbox, int(next(a["externalId"] for a in sandbox.scim.accounts if a["active"]))


def paid(sandbox, number):
    """Returns the one-off amount in a person's account."""
    account = next(a for a in sandbox.scim.accounts if a.get("externalId") == str(number))
    extension = next((v for k, v in account.items() if "alleo" in k.lower()), {})
    return extension.get(ONCE)


def lose_ledger(cli):
    for file in (cli.home / "ledgers").iterdir():
        file.unlink()


def relabel(sandbox, key, **change):
    listed = (replace(a, **change) if a.key == key else a for a in sandbox.personio.attributes)
    sandbox.personio.set_attributes(*listed)


def codes(done):
    return {f["code"]: f for f in done.json["findings"]}


def test_a_renamed_field_does_not_pay_again(cli, synced):
    sandbox, number = synced
    sandbox.personio.edit(number, custom={ONEOFF_ALL_KEY: 250})
    assert cli("sync", "--yes", "--json").json["applied"] == {"update": 1}
    relabel(sandbox, ONEOFF_ALL_KEY, label="alleo_oneoff_bonus_budget")
    done = cli("sync", "--yes", "--json")
    assert (done.code, done.json["applied"]) == (0, {})
    assert f"The budget field {ONCE} is no longer used" in done.err
    assert codes(cli("check", "--json"))["budget_field_lost"]["subject"] == ONCE


def test_with_a_lost_ledger_a_one_off_waits_until_a_person_decides(cli, synced):
    sandbox, number = synced
    other = next(
        p["personio_id"]
        for p in cli("preview", "--json").json["people"]
        if p["change"] is None and p["decision"] == "sync" and p["personio_id"] != number
    )
    for one in (number, other):
        sandbox.personio.edit(one, custom={ONEOFF_ALL_KEY: 250})
    lose_ledger(cli)
    for _run in range(3):  # it still waits, although the ledger knows the accounts by now
        done = cli("sync", "--yes", "--json")
        assert (done.code, done.json["applied"]) == (0, {})
        assert "2 one-off budgets wait for your yes" in done.err
    told = cli("preview", "--json").json
    assert {w["personio_id"]: w["why"] for w in told["waiting"]} == dict.fromkeys((number, other), "budget_oneoff_held")
    assert cli("sync", "--yes", "--send-oneoff", str(number), "--drop-oneoff", str(other)).code == 0
    assert (float(paid(sandbox, number)), paid(sandbox, other)) == (250, None)
    done = cli("sync", "--yes", "--json")
    assert (done.json["applied"], "wait for your yes" in done.err) == ({}, False)
    assert cli("runs", "verify").code == 0


def test_a_changed_one_off_waits_and_all_sends_it(cli, synced):
    sandbox, number = synced
    sandbox.personio.edit(number, custom={ONEOFF_ALL_KEY: 250})
    assert cli("sync", "--yes").code == 0
    sandbox.personio.edit(number, custom={ONEOFF_ALL_KEY: 300})
    done = cli("sync", "--yes", "--json")
    assert done.json["applied"] == {}
    assert "EUR 300.00; EUR 250.00 was sent before" in done.err
    assert cli("sync", "--yes", "--send-oneoff", "all", "--json").json["applied"] == {"update": 1}
    assert float(paid(sandbox, number)) == 300
    assert cli("sync", "--yes", "--json").json["applied"] == {}


@pytest.mark.parametrize(
    "words",
    [
        ["--send-oneoff", "1"],
        ["--drop-oneoff", "99"],
        ["--send-oneoff", "x"],
        ["--send-oneoff", ""],
        ["--drop-oneoff", "all"],
        ["--send-oneoff", "5", "--drop-oneoff", "5"],
        ["--send-oneoff", "all", "--scheduled"],
        ["--drop-oneoff", "5", "--scheduled"],
        ["--send-oneoff", "all", "--all"],
        ["--allow-budget", "5", "--all"],
        ["--allow-budget", "1.200,50"],
        ["--allow-budget", "-5"],
    ],
)
def test_decisions_that_mean_nothing_are_refused(cli, synced, words):
    sandbox, _number = synced
    before = sandbox.scim.accounts
    assert cli("sync", "--yes", *words).code == 2
    assert sandbox.scim.accounts == before


def test_a_slip_of_two_zeros_for_everybody_is_stopped_until_the_euros_are_named(cli, synced):
    sandbox, _number = synced
    before = sandbox.scim.accounts
    for person in sandbox.personio.people:
        sandbox.personio.edit(person.id, custom={MONTHLY_ALL_KEY: 5000})
    done = cli("sync", "--yes")
    assert done.code == 5
    assert sandbox.scim.accounts == before
    (named,) = [line for line in done.err.splitlines() if "--allow-budget" in line]
    euros = named.rstrip(".").split()[-1]
    assert cli("sync", "--yes", "--allow-budget", str(float(euros) - 1)).code == 5
    assert cli("sync", "--yes", "--allow-budget", euros).code == 0


def test_a_ledger_without_its_one_offs_does_not_pass(cli, synced):
    sandbox, number = synced
    sandbox.personio.edit(number, custom={ONEOFF_ALL_KEY: 250})
    assert cli("sync", "--yes").code == 0
    with closing(sqlite3.connect(cli.home / "ledgers" / "default.sqlite")) as connection, connection:
        connection.execute("DELETE FROM oneoffs")
    done = cli("runs", "verify", "--json")
    assert done.code == 8
    assert [fault["personio_id"] for fault in done.json["faults"]] == [number]


@pytest.mark.parametrize("written", ["1.200", "１００", "-0", "EUR 100"])
def test_a_withheld_amount_is_told_by_every_command(cli, synced, written):
    sandbox, number = synced
    sandbox.personio.edit(number, custom={MONTHLY_ALL_KEY: written})
    found = codes(cli("check", "--json"))["budget_invalid"]
    assert found["subject"] == MONTHLY
    assert found["message"].startswith("1 person ")
    for words in (["preview"], ["sync", "--yes"]):
        done = cli(*words)
        assert done.code == 0
        assert f"Amounts in {MONTHLY} are withheld. 1 person " in done.err
        assert "already has everything as it should be" not in done.out + done.err
    assert cli("sync", "--yes", "--scheduled").code == 0
    last = cli("schedule", "show", "--json").json["last"]
    assert f"Amounts in {MONTHLY} are withheld" in last["message"]


def test_a_field_that_takes_the_alleo_fields_name_switches_nobody_off(cli, synced):
    sandbox, _number = synced
    before = sandbox.scim.accounts
    listed = [replace(a, label="Old") if a.key == ALLEO_KEY else a for a in sandbox.personio.attributes]
    alleo = next(a for a in sandbox.personio.attributes if a.key == ALLEO_KEY)
    sandbox.personio.set_attributes(*listed, replace(alleo, key="dynamic_999"))
    sandbox.personio.set_readable(sandbox.personio.readable | {"dynamic_999"})
    assert cli("check", "--json").code == 4
    for _run in range(2):
        assert cli("sync", "--yes").code == 4
    assert sandbox.scim.accounts == before


def test_a_credential_that_sees_nobody_is_not_ready(cli, play):
    sandbox = play()
    sandbox.personio.set_people(())
    done = cli("check", "--json")
    assert (done.code, done.json["ready"]) == (4, False)
    assert codes(done)["employees_not_readable"]["severity"] == "error"
