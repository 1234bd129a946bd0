"""With --json, standard output carries exactly one document where a command judged, and nothing else ever."""

from __future__ import annotations

import json

import pytest
from waits import waits_at_once

from alleo_onboard.cli.exit_codes import JUDGED, Exit

FILE = "{file}"
COMMANDS = [
    ("check",),
    ("preview",),
    ("compare", FILE),
    ("export", "--to", "html"),
    ("export", "--to", "json", "--out", "people.json", "--replace"),
    ("export", "--to", "pickup", "--out", "pickup.csv", "--replace"),
    ("export", "--to", "portal", "--out", "portal.xlsx", "--replace"),
    ("sync", "--yes"),
    ("sync", "--yes", "--resume"),
    ("sync", "--yes", "--scheduled"),
    ("sync", "--yes", "--plan", FILE),
    ("undo", "last", "--preview"),
    ("undo", "last", "--yes"),
    ("runs", "list"),
    ("runs", "show", "last"),
    ("runs", "confirm", "last"),
    ("runs", "verify", "--head", "0" * 64),
    ("history", "a"),
    ("profiles", "list"),
    ("profiles", "show", "default"),
    ("schedule", "show"),
    ("handover", "status"),
    ("handover", "activated"),
    ("handover", "withdraw"),
    ("handover", "send", "--server", "http://127.0.0.1:9"),
    ("doctor",),
]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    path = tmp_path / "here"
    path.mkdir()
    (path / "people.csv").write_text("email,department\nghost@acme.example,Sales\n")
    monkeypatch.chdir(path)
    with waits_at_once():
        yield path


def fine(cli, play, folder):
    play(people=6)
    return {Exit.DONE}


def rejected(cli, play, folder):
    play(people=6)
    cli.env["PERSONIO_CLIENT_SECRET"] = "wrong"
    return {Exit.REFUSED}


def without_rights(cli, play, folder):
    play(people=6).personio.scope = "absences:read"
    return {Exit.NOT_READY}


def not_ready(cli, play, folder):
    play("forgotten-attributes", people=6)
    return {Exit.NOT_READY}


def shut(cli, play, folder):
    play(people=6)
    cli.env["ALLEO_SCIM_TOKEN"] = "wrong"
    return {Exit.REFUSED}


def silent(cli, play, folder):
    play(people=6).stop()
    return {Exit.UNREACHABLE}


def handed_over(cli, play, folder):
    """A set-up whose sync Alleo runs itself."""
    play(people=6)
    for name in ("ALLEO_SCIM_URL", "ALLEO_SCIM_TOKEN"):
        cli.env.pop(name)
    file = cli.home / "profiles" / "default.toml"
    file.parent.mkdir(parents=True)
    file.write_text('[delivery]\nkind = "handover"\n')
    return {Exit.DONE}


def uploading(cli, play, folder):
    """A workbook for the portal waits for a person."""
    play(people=6)
    for name in ("ALLEO_SCIM_URL", "ALLEO_SCIM_TOKEN"):
        cli.env.pop(name)
    cli.env["ALLEO_PORTAL_FOLDER"] = str(folder)
    assert cli("sync", "--yes").code == 0
    return {Exit.NOT_READY}


def damaged(cli, play, folder):
    play(people=6)
    assert cli("sync", "--yes").code == 0
    next(cli.home.rglob("default.sqlite")).write_bytes(b"no database" * 99)
    return {Exit.USAGE}


@pytest.mark.parametrize(
    "situation",
    [fine, rejected, without_rights, not_ready, shut, silent, handed_over, uploading, damaged],
)
def test_one_document_where_it_judged_and_nothing_otherwise(cli, play, folder, situation):
    expected, seen, wrong = situation(cli, play, folder), set(), []
    for command in COMMANDS:
        words = [str(folder / "people.csv") if word == FILE else word for word in command]
        done = cli(*words, "--json")
        seen.add(done.code)
        assert "unrecognized" not in done.err
        if done.code in JUDGED:
            try:
                assert isinstance(json.loads(done.out), dict)
                assert done.code not in (3, 5, 6) or {"error", "findings"} & set(json.loads(done.out))
            except (ValueError, AssertionError):
                wrong.append((*words, done.code, done.out[:80], done.err[-300:]))
        elif done.out and '"run": "2' not in done.out:  # a run that began is told whatever cut it short
            wrong.append((*words, done.code, done.out[:80]))
    assert wrong == []
    assert expected <= seen


def test_a_document_keeps_its_keys_when_the_command_was_refused(cli, play):
    sandbox = play(people=6)
    assert cli("sync", "--yes").code == 0
    send = ("handover", "send", "--json", "--server", sandbox.addresses.onetime_url, "--profile")
    commands = (("one", (*send, "one")), ("two", ("undo", "last", "--preview", "--json")))
    fine = {name: set(cli(*words).json) for name, words in commands}
    cli.env["ALLEO_SCIM_TOKEN"] = "wrong"
    undone = cli("undo", "last", "--preview", "--json")
    sent = cli(*send, "other")
    assert (undone.code, sent.code) == (Exit.REFUSED, Exit.REFUSED)
    assert set(undone.json) == {*fine["two"], "skipped", "error"}
    assert set(sent.json) == {*fine["one"], "error"}
