"""The daily watch of a set-up whose sync Alleo runs: reports what is new and writes nothing at Alleo."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from test_cli_handover import Office

from alleo_onboard.sandbox.onetime.vault import Mishap


@pytest.fixture
def office(cli, play, tmp_path):
    place = Office(cli, play("selective"), tmp_path)
    place.sent()
    return place


def look(office):
    done = office.cli("sync", "--scheduled", "--yes", "--json")
    assert done.code == 0, done.err
    return done.json


def syncing(office, *, but=()):
    field = office.sandbox.personio.key_of("Alleo")
    people = office.sandbox.personio.people
    return next(p for p in people if p.custom.get(field) == "Yes" and p.status == "active" and p.id not in but)


def test_what_is_new_since_yesterday(office):
    first = look(office)
    assert first["run"] is None
    assert first["watch"] == {"first": True, "joins": [], "leaves": [], "budgets": [], "blocked": []}
    assert look(office)["watch"] == {"first": False, "joins": [], "leaves": [], "budgets": [], "blocked": []}
    personio = office.sandbox.personio
    field, budget = personio.key_of("Alleo"), personio.key_of("alleo_monthly_all_budget")
    joiner = next(p for p in personio.people if p.custom.get(field) == "No" and p.status == "active")
    leaver = syncing(office)
    richer = syncing(office, but=(leaver.id,))
    mended = syncing(office, but=(leaver.id, richer.id))
    personio.edit(joiner.id, custom={field: "Yes"})
    personio.edit(leaver.id, custom={field: "No"})
    personio.edit(richer.id, custom={budget: 777})
    personio.edit(mended.id, email="nobody at home")
    news = look(office)["watch"]
    assert [one["personio_id"] for one in news["joins"]] == [joiner.id]
    assert [one["personio_id"] for one in news["leaves"]] == [leaver.id]
    assert richer.id in [one["personio_id"] for one in news["budgets"]]
    assert [one["personio_id"] for one in news["blocked"]] == [mended.id]
    assert look(office)["watch"]["blocked"] == []


def test_somebody_who_is_gone_from_personio_leaves(office):
    look(office)
    leaver = syncing(office)
    personio = office.sandbox.personio
    personio.set_people(tuple(p for p in personio.people if p.id != leaver.id))
    assert look(office)["watch"]["leaves"] == [{"personio_id": leaver.id, "name": None}]


def test_nothing_personal_is_remembered_between_two_days(office):
    look(office)
    text = (office.cli.home / "watched" / "default.json").read_text()
    for person in office.sandbox.personio.people:
        for told in (person.last_name, person.email, str(person.birthday)):
            assert told not in text
    assert "100" not in [one for seen in json.loads(text)["people"].values() for one in seen]


def test_nothing_is_written_at_alleo(office):
    look(office)
    assert not office.sandbox.scim.counts
    assert not office.sandbox.scim.accounts


def test_losing_the_alleo_field_is_an_alarm(office):
    look(office)
    before = (office.cli.home / "watched" / "default.json").read_text()
    office.sandbox.personio.hide("Alleo")
    done = office.cli("sync", "--scheduled", "--yes", "--json")
    assert done.code == 4
    assert done.json["error"]["code"] == "not_ready"
    assert (office.cli.home / "watched" / "default.json").read_text() == before


def test_a_rejected_credential_is_an_alarm(office):
    done = office.cli("sync", "--scheduled", "--yes", "--json", PERSONIO_CLIENT_SECRET="wrong")
    assert done.code == 3


@pytest.mark.parametrize(("on", "told"), [("attention", 1), ("failure", 0)])
@pytest.mark.skipif(sys.platform == "win32", reason="the command is a shell's")
def test_newly_blocked_people_are_told_of(office, on, told):
    look(office)
    out = office.tmp / "mail"
    profile = office.cli.home / "profiles" / "default.toml"
    profile.write_text(
        profile.read_text() + f'\n[alarm]\nmail_command = "{sys.executable} {office.tmp / "mail.py"}"\non = "{on}"\n'
    )
    (office.tmp / "mail.py").write_text(f"import sys; open({str(out)!r}, 'a').write(sys.stdin.read())")
    look(office)
    assert not out.exists()
    office.sandbox.personio.edit(syncing(office).id, email="nobody at home")
    look(office)
    assert out.exists() == bool(told)
    if told:
        assert "1 newly blocked" in out.read_text()
        assert "nobody" not in out.read_text()


def test_sync_by_hand_says_who_runs_it(office):
    done = office.cli("sync", "--yes")
    assert done.code == 2
    assert "Alleo runs the sync" in done.err


def test_the_schedule_is_installed_for_it(office, crontab):
    done = office.cli("schedule", "install", "--using", "cron", "--secrets", "keyring", "--print")
    assert done.code == 0, done.err
    assert "sync --yes --scheduled" in done.out


def test_the_link_is_not_asked_for_by_the_watch(office):
    office.vault.let(*[Mishap.HTML] * 3)
    office.vault.pass_time(timedelta(days=1).total_seconds())
    asked = len(office.vault.requests)
    look(office)
    assert len(office.vault.requests) == asked


def test_the_daily_look_is_installed_and_run(office, crontab):
    done = office.cli("schedule", "install", "--using", "cron", "--secrets", "env-file")
    assert done.code == 0, done.err
    assert office.cli("schedule", "run-now").code == 0
    told = office.cli("schedule", "show", "--json").json
    assert told["last"]["exit"] == 0
    assert "Alleo would hold" in json.dumps(told)


def all_leave(office):
    """Sets the Alleo field to No for everybody, as one wrong click could."""
    field = office.sandbox.personio.key_of("Alleo")
    for person in office.sandbox.personio.people:
        office.sandbox.personio.edit(person.id, custom={field: "No"})


def another_tenant(office):
    """Makes the credential show another company."""
    personio = office.sandbox.personio
    personio.set_people(tuple(replace(person, id=person.id + 900_000) for person in personio.people))


@pytest.mark.parametrize("mishap", [all_leave, another_tenant])
def test_unusually_many_leavers_are_an_alarm_once(office, mishap):
    look(office)
    mishap(office)
    done = office.cli("sync", "--scheduled", "--yes", "--json")
    assert (done.code, done.json["error"]["code"]) == (5, "guard_tripped")
    assert len(done.json["watch"]["leaves"]) == 27
    assert "27 of 27 people would lose Alleo" in office.cli("schedule", "show").out
    assert look(office)["watch"]["leaves"] == []


@pytest.mark.parametrize(("leavers", "code"), [(5, 0), (6, 5)])
def test_leavers_at_the_edge_of_the_usual(office, leavers, code):
    look(office)
    gone = []
    for _leaver in range(leavers):
        one = syncing(office, but=gone)
        gone.append(one.id)
        office.sandbox.personio.edit(one.id, status="inactive")
    assert office.cli("sync", "--scheduled", "--yes").code == code


DAMAGED = ["", "{", "[]", '{"people": 7}', '{"key": "k", "people": {"1": ["sync"]}}', "[" * 100_000]


@pytest.mark.parametrize("text", DAMAGED, ids=range(len(DAMAGED)))
def test_a_lost_comparison_is_told_once_and_raises_the_alarm(office, text):
    look(office)
    file = office.cli.home / "watched" / "default.json"
    file.write_text(text)
    done = office.cli("sync", "--scheduled", "--yes", "--json")
    assert done.code == 8
    assert "cannot be read any more, so nothing could be compared" in done.err
    assert done.json["watch"] == {"first": False, "lost": True, "joins": [], "leaves": [], "budgets": [], "blocked": []}
    assert "nothing could be compared" in office.cli("schedule", "show").out
    assert look(office)["watch"] == {"first": False, "joins": [], "leaves": [], "budgets": [], "blocked": []}


def test_the_demo_without_a_terminal_ends_with_the_daily_look(cli):
    done = cli.process("demo", "--people", "5")
    assert done.code == 0
    assert done.out.splitlines()[-1].endswith("there is nothing to compare with.")
    assert ".." not in done.out
