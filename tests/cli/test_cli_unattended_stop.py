"""Unattended runs that are stopped or hindered: started work is finished, and the rest is reported."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time

import pytest
from fleet import leave, saved

PEOPLE = 27
NAMES = ("alpha", "beta", "gamma")


@pytest.fixture
def fleet(cli, play):
    """Three set-ups of one company."""
    sandbox = play()
    for name in NAMES:
        saved(cli, name, sandbox, "shared = true")
    leave(cli)
    return sandbox


def until(true, process):
    deadline = time.monotonic() + 60
    while not true() and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)


def stopped(cli, sandbox, words, number, true):
    """Runs slowly, sends a signal once `true()`, and returns exit code, output and errors."""
    sandbox.scim.latency = 0.05
    with cli.begin(*words) as process:
        until(true, process)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    sandbox.scim.latency = 0.0
    assert "Traceback" not in err
    return process.returncode, out, err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_fleet_that_is_told_to_stop_finishes_what_is_under_way_and_begins_nothing_more(cli, fleet, number):
    begun = lambda: fleet.scim.counts["POST"] >= 6  # noqa: E731
    code, out, err = stopped(cli, fleet, ("sync", "--all", "--yes", "--json"), number, begun)
    assert code == 130
    told = json.loads(out)
    assert told["exit"] == 130
    assert [one["profile"] for one in told["profiles"]] == list(NAMES)
    assert [one["exit"] for one in told["profiles"]] == [130] * 3
    first, *others = told["profiles"]
    done = first["sync"]["applied"]["onboard"]
    assert 6 <= done == len(fleet.scim.accounts) < PEOPLE
    assert first["sync"]["left"] == PEOPLE - done
    assert all(one["sync"] is None and "Not begun" in one["message"] for one in others)
    assert "Stopping: finishing the requests under way" in err
    for name in NAMES[1:]:
        assert cli("--profile", name, "runs", "list", "--json").json == {"runs": []}
    assert cli("--profile", "alpha", "sync", "--resume", "--yes").code == 0
    assert len({a["externalId"] for a in fleet.scim.accounts}) == len(fleet.scim.accounts) == PEOPLE


def test_a_fleet_that_is_told_to_stop_while_it_reads_writes_nothing(cli, fleet):
    reading = lambda: fleet.scim.counts["GET"] >= 1  # noqa: E731
    code, out, _err = stopped(cli, fleet, ("sync", "--all", "--yes"), signal.SIGTERM, reading)
    assert code == 130
    assert [line.split("  ")[:2] for line in out.splitlines()] == [[name, "130"] for name in NAMES]
    assert "It was interrupted." in out
    assert out.count("Not begun") == 2
    assert fleet.scim.accounts == []


def test_a_fleet_that_is_told_to_stop_while_it_looks_for_a_secret_reads_nothing(cli, fleet, tmp_path):
    client, secret = fleet.addresses.client_id, fleet.addresses.client_secret
    asked, go = tmp_path / "asked", tmp_path / "go"
    manager = tmp_path / "manager"
    manager.write_text(f"#!/bin/sh\ntouch {asked}\nuntil [ -e {go} ]; do sleep 0.05; done\necho {secret}\n")
    manager.chmod(0o700)
    for name in NAMES:
        path = cli.home / "profiles" / f"{name}.toml"
        path.write_text(f'shared = true\nclient_id = "{client}"\nsecret_command = "{manager}"\n', "utf-8")
    with cli.begin("sync", "--all", "--yes") as process:
        until(asked.exists, process)
        process.send_signal(signal.SIGTERM)
        go.touch()
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "It was interrupted." in out
    assert out.count("Not begun") == 2
    assert "Traceback" not in err
    assert fleet.scim.counts["GET"] == 0


def test_a_scheduled_fleet_keeps_on_record_how_it_was_stopped(cli, fleet):
    begun = lambda: fleet.scim.counts["POST"] >= 6  # noqa: E731
    words = ("sync", "--all", "--scheduled", "--yes")
    assert stopped(cli, fleet, words, signal.SIGTERM, begun)[0] == 130
    folder = cli.home / "schedules"
    assert [path.name for path in folder.iterdir()] == ["alpha"]
    last = json.loads((folder / "alpha" / "last.json").read_text("utf-8"))
    assert last["exit"] == 130
    assert "not begun" in last["message"]


def test_a_set_up_whose_run_cannot_be_written_down_keeps_no_other_from_its_turn(cli, fleet):
    (cli.home / "profiles" / "aux.toml").write_text("", "utf-8")  # a device name on Windows
    (cli.home / "schedules").mkdir()
    (cli.home / "schedules" / "beta").write_text("in the way", "utf-8")
    done = cli("sync", "--all", "--scheduled", "--yes", "--json")
    assert [(one["profile"], one["exit"]) for one in done.json["profiles"]] == [
        ("alpha", 0),
        ("aux", 2),
        ("beta", 2),
        ("gamma", 0),
    ]
    assert done.code == 2
    listed = cli("profiles", "list")
    assert listed.code == 2
    assert "'aux' cannot be the name of a set-up." in listed.err
    assert [line.split("  ")[0] for line in listed.out.splitlines()] == ["alpha", "beta", "gamma"]
    assert cli("profiles", "list", "--json").out == ""


def test_a_closed_terminal_does_not_stop_what_was_started_with_nohup(cli, play):
    fleet = play()
    fleet.scim.latency = 0.05
    command = 'trap "" HUP; exec "$0" -m alleo_onboard sync --yes --json'
    with subprocess.Popen(["/bin/sh", "-c", command, sys.executable], env=cli.env, stdout=subprocess.PIPE) as process:
        until(lambda: fleet.scim.counts["POST"] >= 3, process)
        process.send_signal(signal.SIGHUP)
        out, _err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert json.loads(out)["applied"] == {"onboard": PEOPLE}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_was_started_by_hand_is_stopped_gently_too(cli, play, crontab, number):
    sandbox = play()
    at = sandbox.addresses
    (cli.home / "profiles").mkdir(parents=True)
    (cli.home / "profiles" / "default.toml").write_text(
        f'client_id = "{at.client_id}"\nbase_url = "{at.personio_base_url}"\n[scim]\nurl = "{at.scim_url}"\n'
    )
    assert cli("schedule", "install", "--using", "cron", "--secrets", "env-file").code == 0
    begun = lambda: sandbox.scim.counts["POST"] >= 6  # noqa: E731
    code, _out, err = stopped(cli, sandbox, ("schedule", "run-now"), number, begun)
    assert code == 130
    assert re.search(r"The run ended with 130: \d+ accounts created; not begun \d+", err)
    assert cli("sync", "--resume", "--yes").code == 0
    assert len({a["externalId"] for a in sandbox.scim.accounts}) == len(sandbox.scim.accounts) == PEOPLE
