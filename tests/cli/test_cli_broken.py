"""The command line in difficult environments: closed streams, narrow encodings, odd files and settings."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys

import pytest
from fleet import leave, saved
from thorough import THOROUGH

from alleo_onboard.store.ledger import ledger_path
from alleo_onboard.store.paths import home

COMMAND = f'"{sys.executable}" -m alleo_onboard'

posix = pytest.mark.skipif(sys.platform == "win32", reason="streams are closed and pipes made as POSIX does")


def shell(cli, line: str, **changed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", line],
        env={**cli.env, **changed},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def ledger_of(cli):
    return ledger_path(home(cli.env), "default")


def edit(cli, statement: str) -> None:
    with sqlite3.connect(ledger_of(cli)) as connection:
        connection.execute(statement)
    connection.close()


@posix
@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-"])
def test_a_closed_stream_changes_no_exit_code(cli, play, closed):
    sandbox = play()
    assert shell(cli, f"{COMMAND} check --json {closed}").returncode == 0
    if THOROUGH or "1" in closed:  # where a result cannot be written
        assert shell(cli, f"{COMMAND} runs show nope {closed}").returncode == 2
        assert shell(cli, f"{COMMAND} sync {closed} </dev/null").returncode == 2
    assert shell(cli, f"{COMMAND} sync --yes --json {closed}").returncode == 0
    assert len(sandbox.scim.accounts) == 27


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_narrow_encoding_gets_the_same_document(cli, play, encoding):
    play("messy-data")
    whole = cli("preview", "--json")
    narrow = cli("preview", "--json", PYTHONIOENCODING=encoding)
    assert narrow.code == 0
    assert narrow.out.isascii()
    assert narrow.json == whole.json


def test_a_narrow_encoding_stops_no_command(cli, play):
    sandbox = play("messy-data")
    for words in (["check"], ["preview"], ["sync", "--yes"], ["history", "a"], ["runs", "export"]):
        done = cli(*words, PYTHONIOENCODING="ascii")
        assert done.code == 0, (words, done.err)
        assert "unexpected" not in done.err
    for line in done.out.splitlines():
        json.loads(line)
    saved(cli, "default", sandbox)
    leave(cli)
    done = cli("sync", "--all", "--yes", "--json", PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert done.json["exit"] == 0


@posix
def test_a_plan_replaces_files_only(cli, play, tmp_path):
    play()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert cli("preview", "--out", str(pipe)).code == 2
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    for place in (".", "/", str(tmp_path)):
        done = cli("preview", "--out", place)
        assert done.code == 2
        assert "unexpected" not in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("sync", "--yes", "--plan", ""),
        ("preview", "--out", ""),
        ("runs", "export", "--out", ""),
        ("--profile", "", "sync", "--yes"),
    ],
)
def test_an_empty_name_is_not_the_same_as_none(cli, play, words):
    """A script may pass "$PLAN" without having set it; a sync of everybody would be wrong."""
    sandbox = play()
    done = cli(*words)
    assert done.code == 2
    assert done.out == ""
    assert sandbox.scim.accounts == []


@pytest.mark.parametrize(
    "changed",
    [
        {"expires": "9999-12-31T23:59:59-12:00"},
        {"changes": [{"change": "onboard", "personio_id": float("inf"), "name": "x"}]},
        {"policy": "{garbage"},
        {"policy": "[1]"},
        {"id": "\ud800"},
        None,
    ],
)
def test_a_plan_that_is_none(cli, play, tmp_path, changed):
    play()
    file = tmp_path / "plan.json"
    assert cli("preview", "--out", str(file)).code == 0
    text = json.dumps({**json.loads(file.read_text("utf-8")), **changed}) if changed else "[" * 200_000
    file.write_text(text, "utf-8")
    done = cli("sync", "--yes", "--json", "--plan", str(file))
    assert done.code == 2
    assert done.out == ""
    assert "is not a plan saved by preview --out" in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("runs", "list", "--limit", "9" * 20),
        ("preview", "--out", "plan.json", "--expires", "9" * 11),
        ("preview", "--out", "plan.json", "--expires", "999999999"),
    ],
)
def test_a_number_beyond_reason_is_a_wrong_call(cli, words):
    assert cli(*words).code == 2


def test_a_home_that_is_nobodys(cli):
    done = cli("runs", "list", ALLEO_ONBOARD_HOME="~nobody-of-this-name/x")
    assert done.code == 2
    assert "ALLEO_ONBOARD_HOME" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="environments there are text")
@pytest.mark.parametrize("variable", ["PERSONIO_CLIENT_ID", "PERSONIO_CLIENT_SECRET"])
def test_a_credential_that_is_not_text(cli, play, variable):
    play()
    done = cli("check", "--json", **{variable: "\udcff-canary"})
    assert done.code == 2
    assert "canary" not in done.err


def test_a_client_id_for_alleo_that_is_not_text(cli, play):
    play()
    more = {"ALLEO_SCIM_TOKEN": None, "ALLEO_CLIENT_SECRET": "x", "ALLEO_CLIENT_ID": "a\x07b"}
    assert cli("preview", ALLEO_TOKEN_URL="https://127.0.0.1:1/token", **more).code == 2


def test_a_blank_token_does_not_send_the_client_secret_as_one(cli, play):
    play()
    more = {"ALLEO_SCIM_TOKEN": " ", "ALLEO_CLIENT_SECRET": "x", "ALLEO_CLIENT_ID": "y"}
    done = cli("preview", **more)
    assert done.code == 2
    assert "OAuth2" in done.err


@pytest.mark.parametrize("variable", ["PERSONIO_BASE_URL", "ALLEO_SCIM_URL"])
@pytest.mark.parametrize("host", ["xn--", "xn--a", "\N{SNOWMAN}\N{ZERO WIDTH JOINER}.nl"])
def test_a_host_name_that_cannot_be(cli, play, variable, host):
    play()
    done = cli("preview", **{variable: f"https://{host}/"})
    assert done.code == 2
    assert "address" in done.err


@pytest.mark.parametrize("proxy", ["::::", "ftp://127.0.0.1:1", "socks5://127.0.0.1:1"])
def test_a_proxy_to_alleo_that_cannot_be_used(cli, play, proxy):
    play()
    done = cli("preview", ALLEO_SCIM_URL="https://alleo.invalid/scim", HTTPS_PROXY=proxy)
    assert done.code == 2
    assert "prox" in done.err.lower()


def test_a_set_up_nested_without_end(cli):
    folder = cli.home / "profiles"
    folder.mkdir(parents=True)
    (folder / "default.toml").write_text("a=" + "[" * 100_000, "utf-8")
    assert cli("runs", "list").code == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE runs SET started = 'long ago'",
        "UPDATE runs SET state = 'fine'",
        "UPDATE changes SET fields = 'nothing'",
        "UPDATE changes SET kind = 'promote'",
        "INSERT INTO drifts (personio_id, field, sent, found, run) SELECT 1, 'email', 'x', 'y', id FROM runs",
        "INSERT INTO oneoffs VALUES (1, 'dynamic_1', 'alleo_oneoff_all_budget', 'much', 1)",
        "UPDATE journal SET change = 'x' WHERE seq = 2",
        "UPDATE runs SET policy = 'none'",
    ],
)
def test_a_ledger_edited_into_nonsense_is_told_as_damaged(cli, play, statement):
    play()
    assert cli("sync", "--yes").code == 0
    run = cli("runs", "list", "--json").json["runs"][0]["run"]
    edit(cli, statement)
    for words in (["runs", "list"], ["runs", "show", run], ["runs", "export"], ["history", "a"], ["profiles", "list"]):
        done = cli(*words)
        assert done.code in (0, 2), (words, done.err)
        assert done.code == 0 or "damaged" in done.err
    for words in (["sync", "--yes"], ["undo", run, "--preview"]):
        done = cli(*words)
        assert done.code in (0, 2), (words, done.err)
    assert cli("doctor", "--json").code == 0
    assert cli("runs", "verify", "--json").code in (0, 8)


@pytest.mark.skipif(sys.platform == "win32", reason="arguments there are text")
def test_a_run_id_that_is_not_text(cli, play):
    play()
    assert cli("sync", "--yes").code == 0
    assert cli("runs", "show", "\udcff").code == 2
    assert cli("undo", "--yes", "\udcff").code == 2


def test_doctor_bears_an_address_that_is_none(cli, play):
    sandbox = play()
    leave(cli)
    saved(cli, "default", sandbox, url="http://[::1")
    done = cli("doctor", "--json")
    assert (done.code, done.json["alleo"]["reach"]) == (0, "unusable")


@pytest.mark.parametrize("variable", ["ALLEO_SCIM_URL", "ALLEO_PICKUP_PLACE"])
def test_a_password_in_an_address_is_shown_nowhere(cli, play, variable):
    play()
    assert cli("sync", "--yes").code == 0
    scheme = "https" if variable == "ALLEO_SCIM_URL" else "sftp"
    changed = {"ALLEO_SCIM_URL": None, variable: f"{scheme}://somebody:canary-password@alleo.invalid/x"}
    for words in (
        ("check", "--json"),
        ("preview", "--json"),
        ("undo", "last", "--preview", "--json"),
        ("doctor",),
        ("export", "--to", "html", "--out", "-"),
        ("schedule", "install", "--print", "--using", "systemd"),
        ("schedule", "install", "--print", "--using", "kubernetes", "--image", "x"),
    ):
        done = cli(*words, **changed)
        assert "canary-password" not in done.out + done.err, words
        assert done.code in (0, 2, 4), (words, done.err)


@posix
@pytest.mark.parametrize("using", ["systemd", "cron"])
def test_what_is_not_text_is_not_written_into_a_schedule(cli, play, using):
    play()
    done = cli("schedule", "install", "--print", "--using", using, XDG_CONFIG_HOME="/tmp/\udcff")
    assert done.code == 2
    assert "XDG_CONFIG_HOME" in done.err
