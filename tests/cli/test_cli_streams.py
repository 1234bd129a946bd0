"""Text to terminals and files: no control characters, and a sentence when nothing can be written."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from itertools import cycle, product
from pathlib import Path

import pytest
from thorough import THOROUGH

from alleo_onboard.cli.streams import printable
from alleo_onboard.domain.progress import System, Waiting, Why
from alleo_onboard.presentation.progress import Sentences

if sys.platform == "win32":
    pytest.skip("/dev/full is POSIX", allow_module_level=True)

STEERING = "\x9b31m\x7f\u202e\u2028\x1b[2J"


def clean(text: str) -> bool:
    return all(c.isprintable() for c in text.replace("\n", ""))


def full(cli, *words: str, **changed: str) -> subprocess.CompletedProcess[str]:
    with Path("/dev/full").open("w") as nowhere:
        return subprocess.run(
            [sys.executable, "-m", "alleo_onboard", *words],
            env={**cli.env, **changed},
            stdin=subprocess.DEVNULL,
            stdout=nowhere,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
            timeout=60,
        )


FULL = [("--version",), ("check", "--json"), ("preview",), ("preview", "--json"), ("doctor",), ("runs", "export")]
CASES = [*product(FULL, ["", "1"])] if THOROUGH else [*zip(FULL, cycle(["", "1"]), strict=False)]


@pytest.mark.parametrize(("words", "unbuffered"), CASES)
def test_a_full_output_is_told_in_one_line(cli, play, words, unbuffered):
    play()
    assert cli("sync", "--yes").code == 0
    done = full(cli, *words, PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 1
    assert "cannot be written to standard output: No space left on device." in done.stderr
    for word in ("Traceback", "Exception ignored", "unexpected"):
        assert word not in done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_run_is_made_and_told_even_where_its_result_has_no_room(cli, play, unbuffered):
    sandbox = play()
    done = full(cli, "sync", "--yes", "--json", PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 1
    assert "What runs did is in runs list." in done.stderr
    assert "Traceback" not in done.stderr
    assert len(sandbox.scim.accounts) == 27
    assert cli("runs", "list", "--json").json["runs"][0]["state"] == "finished"


def test_a_full_standard_error_changes_no_exit_code(cli, play):
    play()
    for words, code in ((["check"], 0), (["runs", "show", "nope"], 2), (["nope"], 2)):
        line = f'"{sys.executable}" -m alleo_onboard {" ".join(words)} >/dev/null 2>/dev/full'
        assert subprocess.run(["/bin/sh", "-c", line], env=cli.env, check=False).returncode == code


def test_a_name_cannot_steer_the_terminal_in_text_or_json(cli, play):
    sandbox = play()
    assert cli("sync", "--yes").code == 0
    number = int(sandbox.scim.accounts[0]["externalId"])
    sandbox.personio.edit(number, first_name=f"An{STEERING}na")
    for words in (["preview"], ["preview", "--json"], ["sync", "--yes"], ["runs", "export"], ["history", str(number)]):
        done = cli(*words)
        assert done.code == 0, done.err
        assert clean(done.out + done.err), words
    (told,) = [p for p in cli("preview", "--json").json["people"] if p["personio_id"] == number]
    assert (told["decision"], told["reasons"]) == ("blocked", ["name_missing"])
    assert STEERING in told["name"]
    assert not any(STEERING in (account["name"]["givenName"] or "") for account in sandbox.scim.accounts)


def test_a_sentence_about_what_went_wrong_cannot_steer_the_terminal(cli):
    folder = cli.home / "profiles"
    folder.mkdir(parents=True)
    (folder / "default.toml").write_text('"\\u001b[2J" = 1\n')
    done = cli("check")
    assert done.code == 2
    assert "[2J" in done.err
    assert clean(done.err)
    done = cli("runs", "list", "\x1b[2J")
    assert done.code == 2
    assert clean(done.err)


@pytest.mark.parametrize("variable", ["ALLEO_ONBOARD_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"])
@pytest.mark.parametrize("folder", ["/tmp/" + "a" * 300, "/tmp" + "/a" * 2500, "/tmp" + "/a" * 1950])
def test_a_home_too_long_for_the_system_is_a_wrong_call(cli, variable, folder):
    for words in (("profiles", "list"), ("runs", "list"), ("doctor",)):
        done = cli(*words, **{"ALLEO_ONBOARD_HOME": None, variable: folder})
        assert done.code == 2, done.err
        assert "too long" in done.err
        assert len(done.err) < 500


def test_an_account_with_a_number_without_end_is_not_ours(cli, play):
    sandbox = play()
    run = cli("sync", "--yes", "--json").json["run"]
    odd = sandbox.scim._storage.get(sandbox.scim._type, sandbox.scim.accounts[0]["id"])
    odd.external_id = "9" * 5000
    sandbox.scim._storage.update(sandbox.scim._type, odd)
    done = cli("undo", run, "--preview", "--json")
    assert done.code == 0, done.err
    assert done.json["summary"]["offboard"] == 26


@pytest.mark.parametrize("table", ["changes", "links", "oneoffs", "journal", "drifts"])
def test_a_ledger_without_one_of_its_tables_is_damaged(cli, play, table):
    sandbox = play()
    assert cli("sync", "--yes").code == 0
    with contextlib.closing(sqlite3.connect(cli.home / "ledgers" / "default.sqlite")) as connection:
        connection.execute(f"DROP TABLE {table}")
    made = len(sandbox.scim.accounts)
    told = ""
    for words in (["sync", "--yes"], ["runs", "list"], ["runs", "verify"], ["profiles", "list"], ["runs", "export"]):
        done = cli(*words)
        assert "unexpected" not in done.err
        assert "Nothing in it is lost" not in done.err
        told += done.err
    assert f"is damaged: no such table: {table}" in told or "is damaged: no such table: main." in told
    assert len(sandbox.scim.accounts) == made


def test_that_limits_are_kept_to_is_said_once_and_every_other_wait_each_time():
    sentence = Sentences()
    paced, lost = (Waiting(System.PERSONIO, why, 1, 1) for why in (Why.PACE, Why.CONNECTION))
    assert [bool(sentence(event)) for event in (paced, paced, lost, lost, paced)] == [True, False, True, True, False]


@pytest.mark.parametrize(
    ("text", "shown"), [("Ann\u00a0de\u2009Wit", "Ann de Wit"), ("a\x1b[31m", "a\ufffd[31m"), ("Zoë", "Zoë")]
)
def test_what_is_printed_cannot_steer_a_terminal_and_any_space_is_one(text, shown):
    assert printable(text) == shown


@pytest.mark.parametrize("reader", ["left", "full"])
@pytest.mark.parametrize("words", [("check",), ("check", "--json"), ("sync", "--yes", "--json")])
def test_the_exit_code_is_true_also_when_nobody_reads_the_result(cli, play, words, reader):
    sandbox = play("forgotten-attributes")
    cli.use(sandbox)
    into = "/dev/full" if reader == "full" else None
    with Path(into).open("w") if into else contextlib.nullcontext(subprocess.PIPE) as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "alleo_onboard", *words], env=cli.env, stdout=out, stderr=subprocess.PIPE
        )
        if process.stdout:
            process.stdout.close()
        said = process.stderr.read()
        assert (process.wait(60), b"Traceback" in said) == (4, False)
