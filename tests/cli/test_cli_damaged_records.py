"""Records that somebody edited, cut or replaced: a sentence, never a crash, and no record is taken for another."""

from __future__ import annotations

import json
import os
import sqlite3
import sys

import pytest

from alleo_onboard.domain.letter import unsealed
from alleo_onboard.domain.secret import Secret

NESTED = "[" * 200_000
HANDED = {
    "via": "onetimesecret", "host": "127.0.0.1:9", "sent": "2026-11-20T10:00:00+00:00", "kept": True, "given_up": False,
    "expires": "2026-11-27T10:00:00+00:00", "state": "waiting", "credential": "abcdef12", "base": "http://127.0.0.1:9",
    "opened": None, "activated": None, "looked": None, "ended": None, "lost": False,
}  # fmt: skip
NO_INSTANTS = ("0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00", "2026-11-20T10:00:00")


@pytest.mark.parametrize(
    "text",
    [NESTED, *(json.dumps([{**HANDED, "state": "opened", "opened": one}]) for one in NO_INSTANTS),
     *(json.dumps([{**HANDED, "sent": one}]) for one in NO_INSTANTS), json.dumps([{**HANDED, "expires": "2026-11-20"}])],
    ids=lambda text: text[:9],
)  # fmt: skip
def test_a_damaged_record_of_hand_overs(cli, text):
    file = cli.home / "handovers" / "default.json"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    for words in (("handover", "status"), ("handover", "status", "--json"), ("handover", "withdraw"), ("runs",)):
        done = cli(*words)
        assert done.code == 2, (words, done.err)
        assert "damaged" in done.err
        assert done.out == "" or words == ("runs",)
    assert file.read_text() == text


@pytest.mark.parametrize("text", [NESTED, "{}", '{"exit": 1e999}', "null"])
@pytest.mark.parametrize("name", ["last.json", "installed.json"])
def test_a_damaged_record_of_the_daily_run(cli, play, name, text):
    play()
    assert cli("sync", "--scheduled", "--yes").code == 0
    file = cli.home / "schedules" / "default" / name
    text = (
        json.dumps({**json.loads(file.read_text()), "exit": float("inf")}) if "exit" in text and file.exists() else text
    )
    file.write_text(text)
    for words in (("schedule", "show"), ("schedule", "show", "--json"), ("doctor", "--json"), ("profiles", "list")):
        assert cli(*words).code == 0, words
    assert cli("sync", "--scheduled", "--yes", "--json").code == 0


@pytest.mark.parametrize("moment", NO_INSTANTS)
def test_a_daily_run_at_no_time(cli, play, moment):
    play()
    assert cli("sync", "--scheduled", "--yes").code == 0
    file = cli.home / "schedules" / "default" / "last.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "started": moment, "last_success": moment}))
    assert cli("schedule", "show").code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are POSIX")
def test_a_pipe_in_place_of_a_record_is_not_waited_for(cli):
    folder = cli.home / "schedules" / "default"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "last.json")
    done = cli.process("schedule", "show", "--json")
    assert done.code == 0, done.err


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM runs",
        "UPDATE runs SET user = X'ff'",
        "UPDATE changes SET name = X'ff00'",
        "UPDATE runs SET started = '0001-01-01T00:00:00+23:00'",
    ],
)
def test_a_ledger_that_holds_what_was_never_written(cli, play, statement):
    play()
    assert cli("sync", "--yes").code == 0
    with sqlite3.connect(cli.home / "ledgers" / "default.sqlite") as connection:
        connection.execute(statement)
    connection.close()
    for words in (("runs", "list"), ("runs", "export"), ("history", "a", "--json"), ("undo", "last", "--preview")):
        done = cli(*words)
        assert done.code in (0, 2), (words, done.err)
        assert done.code == 0 or "damaged" in done.err or "no runs" in done.err
    verified = cli("runs", "verify", "--json")
    assert verified.code == 8
    assert verified.json["intact"] is False
    assert cli("doctor", "--json").code == 0
    assert cli("doctor").code == 0


def test_a_link_that_holds_what_is_nested_without_end():
    assert unsealed(Secret(NESTED)) == NESTED
