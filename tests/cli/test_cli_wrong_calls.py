"""Wrong calls and damaged files: each is reported as what it is."""

from __future__ import annotations

import pytest
from fleet import leave, saved

from alleo_onboard.domain.errors import NotReady
from alleo_onboard.scheduler.job import on_disk

EMPTY = "it is empty; leave the option out, or name something"


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--ca-file", ""),
        ("schedule", "install", "--at", "", "--print"),
        ("schedule", "install", "--zone", " ", "--print"),
        ("schedule", "install", "--out", ""),
        ("handover", "activated", "--on", ""),
        ("history", ""),
        ("runs", "show", ""),
        ("runs", "verify", "--head", ""),
        ("undo", "", "--yes"),
        ("receive", ""),
        ("profiles", "remove", " ", "--yes"),
        ("sync", "--yes", "--allow-missing", ""),
    ],
)
def test_an_empty_value_never_means_none(cli, words):
    done = cli(*words)
    assert (done.code, done.out) == (2, "")
    assert EMPTY in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--json", "preview"), "--json belongs to preview: put it after that."),
        (("runs", "list", "--limit", "0"), "not a whole number from 1"),
        (("preview", "--expires", "0"), "not a whole number from 1"),
        (("runs", "verify", "--head", "xyz"), "xyz is no head"),
        (("preview", "extra"), "unrecognized arguments: extra"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(cli, words, said):
    done = cli(*words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


@pytest.mark.parametrize("words", [("--client-secret", "canary-1"), ("--client-secret=canary-1",)])
def test_a_secret_given_as_an_option_that_does_not_exist_is_not_repeated(cli, words):
    done = cli("check", *words)
    assert done.code == 2
    assert "--client-secret" in done.err
    assert "canary" not in done.err


def test_one_set_up_that_cannot_be_used_is_named_and_hides_no_other(cli, play):
    saved(cli, "good", play(people=5))
    leave(cli)
    (cli.home / "profiles" / "bad.toml").write_text("[delivery]\nkind = 7\n")
    for words in (("profiles", "list"), ("profiles", "list", "--json")):
        done = cli(*words)
        assert done.code == 2
        assert "bad" in done.err
        assert "There is no delivery called 7" in done.err
        assert ".." not in done.err
    assert "good" in cli("profiles", "list").out
    assert ".." not in cli("--profile", "bad", "check").err.replace("...", "")


@pytest.mark.parametrize("name", ["last.json", "installed.json"])
@pytest.mark.parametrize("text", ["", "{", "[]", '{"started": 5}'])
def test_a_damaged_record_of_the_daily_run_is_told(cli, play, crontab, name, text):
    saved(cli, "default", play(people=5))
    leave(cli)
    assert cli("schedule", "install", "--using", "cron", "--secrets", "command").code == 0
    assert cli("sync", "--yes", "--scheduled").code == 0
    (cli.home / "schedules" / "default" / name).write_text(text)
    assert "is damaged" in cli("schedule", "show").out
    shown = cli("schedule", "show", "--json").json
    assert "record_unreadable" in [symptom["code"] for symptom in shown["symptoms"]]
    assert not shown["well"]
    assert "is damaged" in cli("doctor").out
    assert "needs attention" in cli("profiles", "list").out
    assert cli("sync", "--yes", "--scheduled").code == 0
    if name == "installed.json":
        assert cli("schedule", "install", "--using", "cron", "--secrets", "command").code == 0
    assert "record_unreadable" not in str(cli("schedule", "show", "--json").json["symptoms"])


@pytest.mark.parametrize(
    "words",
    [
        ("runs", "list"),
        ("history", "a"),
        ("runs", "verify"),
        ("runs", "export"),
        ("profiles", "list"),
        ("undo", "last", "--yes"),
    ],
)
def test_a_history_that_cannot_be_looked_at_is_not_told_as_none(cli, play, words):
    saved(cli, "default", play(people=5))
    (cli.home / "ledgers").write_text("a file where the folder was")
    done = cli(*words)
    assert done.code == 2
    assert "ledgers/default.sqlite cannot be read" in done.err
    assert cli("doctor").code == 0


def test_a_folder_that_may_not_be_read_is_told_by_whoever_looks_for_a_job(tmp_path, monkeypatch):
    def refused(path, **_more):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.exists", refused)
    with pytest.raises(NotReady, match="cannot be read: Permission denied"):
        on_disk(tmp_path / "job.timer")


@pytest.mark.parametrize(
    "words", [("check", "--language"), ("runs", "show"), ("handover", "send", "--server"), ("sync", "--yes", "--plan")]
)
def test_a_value_of_a_megabyte_is_not_said_back(cli, play, words):
    play()
    done = cli(*words, "https://" + "a" * 1_000_000)
    assert done.code == 2
    assert len(done.err) < 20_000
