"""What the tool stores and reports: runs, people, verification, set-ups, and the report for support."""

from __future__ import annotations

import contextlib
import csv
import json
import sqlite3

import pytest

from alleo_onboard.presentation.people.surname import by_whole_name


@pytest.fixture
def synced(cli, play):
    sandbox = play()
    first = cli("sync", "--yes", "--json").json["run"]
    number = int(sandbox.scim.accounts[0]["externalId"])
    sandbox.personio.edit(number, last_name="Nieuwenhuis", email="new@example.com")
    second = cli("sync", "--yes", "--json").json["run"]
    return sandbox, number, (first, second)


def edit(cli, statement, *values):
    with contextlib.closing(sqlite3.connect(cli.home / "ledgers" / "default.sqlite")) as connection, connection:
        connection.execute(statement, values)


def test_runs_are_listed_and_shown(cli, synced):
    _sandbox, number, (first, second) = synced
    listed = cli("runs", "list", "--json").json["runs"]
    assert [one["run"] for one in listed] == [second, first]
    assert listed[1]["changes"] == {"intent": 0, "sent": 0, "confirmed": 27, "failed": 0}
    assert {"user", "machine", "version", "digest", "started", "ended", "state"} <= set(listed[0])
    shown = cli("runs", "show", second, "--json").json
    (change,) = shown["people"]
    assert change["personio_id"] == number
    assert change["fields"]["last_name"][1] == "Nieuwenhuis"
    assert change["fields"]["email"][1] == "new@example.com"
    assert (change["state"], change["status"]) == ("confirmed", 204)
    for words in (("runs",), ("runs", "list"), ("runs", "show", second)):
        done = cli(*words)
        assert done.code == 0
        assert second in done.out
    assert cli("runs", "show", "nonsense").code == 2


def test_the_people_of_a_run_stand_by_surname(cli, synced):
    _sandbox, _number, (first, _second) = synced
    names = [one["name"] for one in cli("runs", "show", first, "--json").json["people"]]
    told = cli("runs", "show", first).out
    shown = sorted(names, key=told.index)
    assert shown == by_whole_name(names, lambda name: name)
    undone = cli("undo", first, "--preview").out
    assert [name for name in shown if name in undone] == sorted((n for n in shown if n in undone), key=undone.index)


def test_the_history_of_one_person(cli, synced):
    sandbox, number, (first, second) = synced
    old = next(p.email for p in sandbox.personio.people if p.id == number)
    for who in (str(number), "NEW@example.com", old, "nieuwen"):
        found = cli("history", who, "--json").json["changes"]
        assert [(c["run"], c["change"]) for c in found] == [(first, "onboard"), (second, "update")], who
    assert "Nieuwenhuis" in cli("history", str(number)).out
    assert cli("history", "nobody at all", "--json").json == {"changes": []}


def test_the_export_is_one_json_document_for_each_change(cli, synced, tmp_path):
    lines = [json.loads(line) for line in cli("runs", "export").out.splitlines()]
    assert len(lines) == 28
    assert {
        "run",
        "user",
        "machine",
        "version",
        "digest",
        "personio_id",
        "change",
        "fields",
        "state",
        "status",
        "hash",
        "previous",
    } <= set(lines[0])
    assert len({line["hash"] for line in lines}) == 28
    file = tmp_path / "history.jsonl"
    assert cli("runs", "export", "--out", str(file)).code == 0
    assert [json.loads(line) for line in file.read_text().splitlines()] == lines
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("language", "name", "field", "kind"),
    [("en", "Name", "Field", "update"), ("nl", "Naam", "Veld", "bijwerken")],
)
def test_the_table_is_in_the_readers_words_and_json_lines_keep_the_codes(
    cli, synced, tmp_path, language, name, field, kind
):
    _sandbox, number, (_first, second) = synced
    file = tmp_path / "history.csv"
    assert cli("--language", language, "runs", "export", "--out", str(file)).code == 0
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened, delimiter={"en": ",", "nl": ";"}[language]))
    before, after = list(rows[0])[10:12]
    (renamed,) = [row for row in rows if row[after] == "Nieuwenhuis"]
    assert second in renamed.values()
    assert {str(number), kind} <= set(renamed.values())
    assert name in renamed
    assert renamed[before]
    everything = " ".join(" ".join(row.values()) for row in rows)
    assert not {"confirmed", "onboard", "alleo_monthly_all_budget", "last_name"} & set(everything.split())
    amounts = {row[after] for row in rows if "budget" in row[field].casefold()}
    assert {"en": "100.00", "nl": "100,00"}[language] in amounts


def test_nothing_edited(cli, synced):
    done = cli("runs", "verify", "--json")
    assert done.code == 0
    assert done.json["intact"] is True
    assert done.json["faults"] == []
    assert done.json["entries"] == 2 * 2 + 3 * 28  # also what is known about each person
    head = done.json["head"]
    assert cli("sync", "--yes").code == 0
    assert cli("runs", "verify", "--head", head).code == 0
    assert cli("runs", "verify", "--head", "f" * 64).code == 8


OF_A_CHANGE = (
    "UPDATE changes SET fields = replace(fields, 'Nieuwenhuis', 'Somebody') WHERE run = ?",
    "UPDATE changes SET error = 'x' WHERE run = ?",
    "UPDATE changes SET state = 'failed' WHERE run = ?",
    "UPDATE changes SET state = 'intent' WHERE run = ?",
    "UPDATE journal SET content = hex(content) WHERE run = ? AND what = 'settled'",
    "UPDATE journal SET at = '2020-01-01' WHERE run = ? AND what = 'planned'",
    "DELETE FROM journal WHERE run = ? AND what = 'settled'",
)
OF_A_RUN = (
    "UPDATE runs SET user = 'x' WHERE id = ?",
    "UPDATE runs SET state = 'stopped' WHERE id = ?",
    "UPDATE runs SET digest = 'x' WHERE id = ?",
)


def test_whatever_is_edited_is_found_and_named(cli, synced):
    _sandbox, number, (_first, second) = synced
    ledger = cli.home / "ledgers" / "default.sqlite"
    before = ledger.read_bytes()
    for statement in (*OF_A_CHANGE, *OF_A_RUN):
        ledger.write_bytes(before)
        edit(cli, statement, second)
        done = cli("runs", "verify", "--json")
        assert done.code == 8, statement
        assert done.json["intact"] is False
        assert {fault["run"] for fault in done.json["faults"]} >= {second}, statement
        assert {fault["personio_id"] for fault in done.json["faults"]} <= {number, None}
    assert f"run {second}" in cli("runs", "verify").out.replace("Run", "run")


def test_a_cut_off_history_does_not_hold_the_head_that_was_noted(cli, synced):
    _sandbox, _number, (_first, second) = synced
    head = cli("runs", "verify", "--json").json["head"]
    for table in ("journal", "oneoffs", "drifts", "changes", "runs"):
        column = {"runs": "id", "oneoffs": "change"}.get(table, "run")
        value = "SELECT id FROM changes WHERE run = ?" if column == "change" else "?"
        edit(cli, f"DELETE FROM {table} WHERE {column} IN ({value})", second)
    assert cli("runs", "verify").code == 0
    done = cli("runs", "verify", "--head", head)
    assert done.code == 8
    assert "not part of this history" in done.out


def test_no_history_yet_and_no_file_made_by_asking(cli):
    assert cli("runs", "list", "--json").json == {"runs": []}
    assert cli("runs", "verify", "--json").json["intact"] is True
    assert cli("runs", "export").out == ""
    assert cli("history", "x", "--json").json == {"changes": []}
    assert cli("profiles", "list", "--json").json == {"profiles": []}
    assert not (cli.home / "ledgers").exists()


def test_profiles_are_listed_shown_and_removed_with_all_that_was_kept(cli, synced):
    _sandbox, _number, (_first, second) = synced
    (listed,) = cli("profiles", "list", "--json").json["profiles"]
    assert (listed["name"], listed["linked"], listed["runs"]) == ("default", 27, 2)
    assert listed["last_run"]["run"] == second
    assert cli("profiles", "show", "default", "--json").json == listed
    assert "default" in cli("profiles").out
    assert cli("profiles", "show", "nobody").code == 2
    assert cli("profiles", "remove", "default").code == 2
    done = cli("profiles", "remove", "default", "--yes")
    assert done.code == 0
    assert "27 people linked to Alleo, last run" in done.err
    assert "default.toml" in done.out
    assert "default.sqlite" in done.out
    assert [p for p in cli.home.rglob("*") if p.is_file()] == []
    assert cli("profiles", "list", "--json").json == {"profiles": []}


def test_a_report_for_support_holds_nothing_that_must_not_be_mailed(cli, synced):
    sandbox, _number, _runs = synced
    done = cli("doctor", "--json")
    assert done.code == 0
    told = done.json
    assert (told["personio"]["reach"], told["alleo"]["reach"]) == ("answered", "answered")
    assert abs(told["personio"]["skew"] or 0) < 60
    assert told["ledger"]["intact"] == "yes"
    assert told["keyring"].startswith("none")
    text = done.out + cli("doctor").out
    for person in sandbox.personio.people:
        assert person.email not in text
        assert person.last_name not in text
    addresses = sandbox.addresses
    for secret in (cli.env["PERSONIO_CLIENT_ID"], cli.env["PERSONIO_CLIENT_SECRET"], cli.env["ALLEO_SCIM_TOKEN"]):
        assert secret not in text
    assert addresses.scim_url not in text


def test_a_report_where_nothing_is_set_or_nothing_answers(cli, play):
    nothing = cli("doctor", "--json")
    assert nothing.code == 0
    assert nothing.json["alleo"]["reach"] == "not_set"
    sandbox = play()
    sandbox.stop()
    silent = cli("doctor", "--json")
    assert silent.code == 0
    assert silent.json["personio"]["reach"] == "unreachable"
