"""Runs that are stopped, killed, resumed or planned: exit codes, JSON, and the accounts afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sqlite3
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from thorough import some

PEOPLE = 27  # people of the sandbox's 34 who sync


def wait_for_writes(sandbox, n, process):
    """Waits until `n` writes reached Alleo, or the process ended."""
    until = time.monotonic() + 60
    while sandbox.scim.counts["POST"] < n and process.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.005)


@contextlib.contextmanager
def cut(cli, sandbox, number, *, after=6, words=("sync", "--yes", "--json")):
    """Runs a slow sync, sends it a signal after some writes, and yields exit code, output and errors."""
    sandbox.scim.latency = 0.05
    with cli.begin(*words) as process:
        wait_for_writes(sandbox, after, process)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    sandbox.scim.latency = 0.0
    assert "Traceback" not in err
    yield process.returncode, out, err


def ids(sandbox):
    return sorted(a["externalId"] for a in sandbox.scim.accounts)


def unsettled(cli):
    with contextlib.closing(sqlite3.connect(cli.home / "ledgers" / "default.sqlite")) as connection:
        return connection.execute("SELECT count(*) FROM changes WHERE state = 'sent'").fetchone()[0]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_run_after_the_requests_under_way_and_resume_does_the_rest(cli, play, number):
    sandbox = play()
    with cut(cli, sandbox, number) as (code, out, err):
        assert code == 130
        stopped = json.loads(out)
        assert "Stopping: finishing the requests under way" in err
    done = stopped["applied"]["onboard"]
    assert 6 <= done < PEOPLE
    assert stopped["left"] == PEOPLE - done
    assert len(sandbox.scim.accounts) == done
    assert unsettled(cli) == 0
    resumed = cli("sync", "--resume", "--yes", "--json")
    assert resumed.code == 0
    assert resumed.json["applied"] == {"onboard": PEOPLE - done}
    assert f"Resuming run {stopped['run']}: {PEOPLE - done} people of it are planned anew" in resumed.err
    assert len(set(ids(sandbox))) == len(ids(sandbox)) == PEOPLE
    again = cli("sync", "--resume", "--yes", "--json")
    assert again.code == 0
    assert again.json["run"] is None
    assert "nothing to resume" in again.err


def test_resume_touches_nobody_else(cli, play):
    sandbox = play()
    with cut(cli, sandbox, signal.SIGTERM) as (code, _out, _err):
        assert code == 130
    known = int(sandbox.scim.accounts[0]["externalId"])
    sandbox.personio.edit(known, last_name="Changed")
    resumed = cli("sync", "--resume", "--yes", "--json")
    assert set(resumed.json["applied"]) == {"onboard"}
    assert cli("sync", "--yes", "--json").json["applied"] == {"update": 1}


@pytest.mark.parametrize("after", some([1, 5, 17, PEOPLE], 2, 1))
def test_killed_at_any_moment_the_next_run_knows_what_is_true_and_finishes(cli, play, after):
    sandbox = play()
    with cut(cli, sandbox, signal.SIGKILL, after=after) as (code, out, _err):
        assert (code, out) == (-signal.SIGKILL, "")
    again = cli("sync", "--yes", "--json")
    assert again.code == 0
    assert len(set(ids(sandbox))) == len(ids(sandbox)) == PEOPLE
    assert unsettled(cli) == 0
    last = cli("sync", "--yes", "--json")
    assert (last.json["applied"], last.json["drift"]) == ({}, [])
    amounts = [a.get("urn:alleo:onboard:sandbox:1.0:User") for a in sandbox.scim.accounts]
    assert len(amounts) == PEOPLE


def test_a_second_run_is_told_who_holds_the_set_up(cli, play):
    sandbox = play()
    inner, free = sandbox.scim._app, threading.Event()

    async def held(scope, receive, send):
        while scope["method"] == "POST" and not free.is_set():
            await asyncio.sleep(0.01)
        await inner(scope, receive, send)

    sandbox.scim._app = held
    with cli.begin("sync", "--yes", "--json") as first:
        wait_for_writes(sandbox, 1, first)
        second = cli("sync", "--yes", "--json")
        free.set()
        out, _err = first.communicate(timeout=60)
    assert second.code == 9
    assert second.out == ""
    assert f"process {first.pid}" in second.err
    assert first.returncode == 0
    assert json.loads(out)["applied"] == {"onboard": PEOPLE}


def saved(cli, tmp_path, *words):
    file = tmp_path / "plan.json"
    assert cli("preview", "--out", str(file), *words).code == 0
    return file


def refused(cli, file, why):
    done = cli("sync", "--yes", "--json", "--plan", str(file))
    assert done.code == 6, done.err
    assert done.json["run"] is None
    assert done.json["error"]["code"] == "plan_stale"
    assert why in done.err
    assert "Nothing was written" in done.err


def test_a_saved_plan_is_used_once(cli, play, tmp_path):
    sandbox = play()
    file = saved(cli, tmp_path)
    done = cli("sync", "--yes", "--json", "--plan", str(file))
    assert done.code == 0
    sandbox.scim.counts.clear()
    refused(cli, file, f"applied already, by run {done.json['run']}")
    assert not sandbox.scim.counts["POST"]


def test_a_saved_plan_expires(cli, play, tmp_path):
    play()
    file = saved(cli, tmp_path)
    document = json.loads(file.read_text())
    file.write_text(json.dumps({**document, "expires": document["made"]}))
    refused(cli, file, "It held until")
    file = saved(cli, tmp_path, "--expires", "48")
    document = json.loads(file.read_text())
    file.write_text(json.dumps({**document, "made": document["expires"]}))
    refused(cli, file, "by this computer's clock")
    file = saved(cli, tmp_path, "--expires", "48")
    expires = datetime.fromisoformat(json.loads(file.read_text())["expires"])
    assert timedelta(hours=47) < expires - datetime.now(UTC) < timedelta(hours=49)


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("version", "0.0.1", "saved by version 0.0.1"),
        ("profile", "other", "belongs to the set-up other"),
        ("format", 1, "another version"),
    ],
)
def test_a_saved_plan_is_bound(cli, play, tmp_path, key, value, why):
    play()
    file = saved(cli, tmp_path)
    file.write_text(json.dumps({**json.loads(file.read_text()), key: value}))
    refused(cli, file, why)


def test_what_changed_since_a_plan_was_saved_is_told(cli, play, tmp_path):
    sandbox = play()
    assert cli("sync", "--yes").code == 0
    file = saved(cli, tmp_path)
    account = sandbox.scim.accounts[0]
    number = int(account["externalId"])
    sandbox.personio.edit(number, status="inactive")
    refused(
        cli,
        file,
        f"People in Personio have changed since it was saved. The changes would be different now: + offboard {sandbox.personio.person(number).first_name}",
    )
    sandbox.personio.edit(number, status="active")
    model = sandbox.scim._storage.get(sandbox.scim._type, account["id"])
    model.active = False
    sandbox.scim._storage.update(sandbox.scim._type, model)
    refused(cli, file, "Accounts at Alleo have changed since it was saved.")


def test_a_saved_plan_holds_no_value_of_a_field(cli, play, tmp_path):
    sandbox = play()
    text = saved(cli, tmp_path).read_text()
    for person in sandbox.personio.people:
        assert person.email not in text
        assert str(person.birthday) not in text


def test_a_mass_update_stops_like_the_guard(cli, play):
    sandbox = play()
    assert cli("sync", "--yes").code == 0
    for account in sandbox.scim.accounts[:20]:
        number = int(account["externalId"])
        sandbox.personio.edit(number, email=f"p{number}@mistyped.example")
    done = cli("sync", "--yes", "--json", "--allow-offboard", "99")
    assert done.code == 5
    assert done.json["error"]["code"] == "update_guard_tripped"
    assert "--allow-update 20" in done.err
    assert cli("sync", "--yes", "--json", "--allow-update", "20").json["applied"] == {"update": 20}


def test_a_first_run_says_what_it_holds_back(cli, play):
    play("mass-leave", people=9)
    seen = cli("preview", "--json")
    held = seen.json["held_back"]
    assert held
    assert {h["change"] for h in held} == {"offboard"}
    done = cli("sync", "--yes", "--json")
    assert done.code == 0
    assert done.json["applied"] == {}
    assert len(done.json["held_back"]) == len(held)
    assert "A first run switches nobody off" in done.err
    assert "held_back" not in cli("preview", "--json").json
    assert cli("sync", "--yes", "--json").json["applied"] == {"offboard": len(held)}


def test_how_to_resolve_an_address_in_the_way(cli, play):
    sandbox = play()
    assert cli("sync", "--yes").code == 0
    leaver, heir = (int(a["externalId"]) for a in sandbox.scim.accounts[:2])
    sandbox.personio.edit(heir, email=sandbox.personio.person(leaver).email)
    sandbox.personio.edit(leaver, status="inactive")
    done = cli("preview")
    assert done.code == 0
    assert f"Personio id {leaver}" in done.err
    assert "give their account another address at Alleo" in done.err


def test_a_server_that_has_nothing_of_what_it_took_ends_as_failed_changes(cli, play):
    sandbox = play()
    cli.use(sandbox)
    inner, storage = sandbox.scim._app, sandbox.scim._storage

    async def app(scope, receive, send):
        await inner(scope, receive, send)
        for account in sandbox.scim.accounts if scope["method"] == "POST" else ():
            storage.delete(sandbox.scim._type, account["id"])

    sandbox.scim._app = app
    done = cli("sync", "--yes", "--json")
    assert done.code == 8
    assert (done.json["applied"], len(done.json["failed"])) == ({}, PEOPLE)
    assert done.json["failed"][0]["error"] == "Alleo answered that it was done, but has no such account."


@pytest.mark.parametrize("who", ["9" * 19, "9" * 5_000])
def test_the_history_of_an_id_that_nobody_has(cli, play, who):
    cli.use(play())
    assert cli("sync", "--yes").code == 0
    done = cli("history", who)
    assert (done.code, done.err) == (0, cli("history", "1").err.replace("1", who))
