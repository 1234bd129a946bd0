"""Suggestions for typing mistakes, the last run by name, undo hints, and shell completion."""

from __future__ import annotations

import shutil
import subprocess

import pytest


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["chekc"], "Did you mean check?"),
        (["runs", "shwo"], "Did you mean show?"),
        (["preview", "--jsn"], "Did you mean --json?"),
        (["undo", "x", "--allow-ofboard", "3"], "Did you mean --allow-offboard?"),
    ],
)
def test_what_was_meant_is_asked(cli, words, meant):
    told = cli(*words)
    assert told.code == 2
    assert meant in told.err


def test_nothing_near_is_no_question(cli):
    assert "Did you mean" not in cli("zzzzzzzz").err


def test_a_set_up_that_was_meant(cli, play):
    play()
    assert cli("--profile", "Acme", "sync", "--yes").code == 0
    told = cli("profiles", "show", "acmee")
    assert told.code == 2
    assert "Did you mean Acme?" in told.err


def test_last_is_the_newest_run(cli, play):
    play()
    assert "no runs yet" in cli("runs", "show", "last").err
    run = cli("sync", "--yes", "--json").json["run"]
    nothing = cli("sync", "--yes", "--json").json["run"]
    assert cli("runs", "show", "last", "--json").json["run"] == nothing
    seen = cli("undo", "last", "--preview", "--json")
    assert seen.json["undoes"] == run
    assert "The next sync makes these changes again" in seen.err


def test_an_undo_says_how_to_hold_the_daily_run(cli, play, crontab):
    play()
    assert cli("sync", "--yes").code == 0
    assert "schedule remove" not in cli("undo", "last", "--preview").err
    installed = cli("schedule", "install", "--using", "cron", "--secrets", "env-file")
    assert installed.code == 0, installed.err
    assert "alleo-onboard schedule remove" in cli("undo", "last", "--preview").err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_every_command(cli, shell):
    told = cli("--print-completion", shell)
    assert told.code == 0
    for word in ("handover", "profiles", "confirm", "allow-offboard"):
        assert word in told.out
    if shutil.which(shell):
        assert subprocess.run([shell, "-n"], input=told.out, text=True, check=False).returncode == 0


def test_runs_export_to_a_dash_is_standard_output(cli, play, tmp_path, monkeypatch):
    play(people=6)
    assert cli("sync", "--yes").code == 0
    monkeypatch.chdir(tmp_path)
    assert cli("runs", "export", "--out", "-").out == cli("runs", "export").out != ""
    assert not (tmp_path / "-").exists()
