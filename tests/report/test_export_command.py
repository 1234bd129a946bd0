"""`export` and `sync --report` as users call them."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys

import pytest
from openpyxl import load_workbook


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Changes to an empty folder and returns it."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


def test_without_a_name_it_takes_a_free_one_and_says_so(cli, play, folder):
    play()
    for _time in range(2):
        done = cli("export")
        assert done.code == 0
        assert done.out == ""
    first, second = sorted(folder.iterdir(), key=lambda path: len(path.name))
    assert first.name.startswith("alleo-preview-default-20")
    assert second.name == f"{first.stem}-2.html"
    assert second.name in done.err
    assert first.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
@pytest.mark.parametrize("to", ["html", "xlsx", "csv", "json"])
def test_only_its_owner_can_read_it(cli, play, folder, to):
    play()
    assert cli("export", "--to", to).code == 0
    (written,) = folder.iterdir()
    assert written.suffix == f".{to}"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_left_alone_unless_told(cli, play, folder):
    play()
    theirs = folder / "payroll.html"
    theirs.write_text("mine")
    done = cli("export", "--out", str(theirs))
    assert done.code == 2
    assert "--replace" in done.err
    assert theirs.read_text() == "mine"
    done = cli("export", "--out", str(theirs), "--replace")
    assert done.code == 0
    assert "in place of" in done.err
    assert theirs.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--out", "plan.pdf"), "--to"),
        (("--to", "xlsx", "--out", "-"), "--out"),
        (("--to", "csv", "--without-names"), "--without-names"),
        (("--out", "nowhere/at/all.html"), "nowhere"),
        (("--out", ".", "--to", "html"), "folder"),
        (("--out", "x" * 300 + ".html"), "xxx"),
    ],
)
def test_what_does_not_go_together_is_told(cli, play, folder, words, said):
    play()
    done = cli("export", *words)
    assert done.code == 2
    assert said in done.err
    assert list(folder.iterdir()) == []


def test_json_is_the_document_of_preview(cli, play, folder):
    play()
    assert cli("export", "--out", "a.json").code == 0
    assert json.loads((folder / "a.json").read_text(encoding="utf-8")) == cli("preview", "--json").json
    assert cli("export", "--to", "json", "--out", "-").json == cli("preview", "--json").json


def test_csv_has_everybody_and_runs_nothing(cli, play, folder):
    play("messy-data")
    assert cli("export", "--to", "csv").code == 0
    (written,) = folder.iterdir()
    assert "for-reading" in written.name
    assert written.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(written.read_text(encoding="utf-8-sig"), newline="")))
    people = cli("preview", "--json").json["people"]
    assert len(rows) == 1 + len(people)
    assert not [value for row in rows for value in row if value.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert any(p["name"].startswith("=") for p in people)


def test_a_workbook_answers_one_question_a_sheet(cli, play, folder):
    play("messy-data")
    assert cli("export", "--out", "a.xlsx").code == 0
    book = load_workbook(folder / "a.xlsx")
    assert book.sheetnames == ["Everybody", "To mend", "Changes", "Budgets", "Who gets Alleo"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert any("=HYPERLINK" in cell.value for cell in cells)
    mend = [[cell.value for cell in row] for row in book["To mend"].iter_rows(min_row=2)]
    assert all(row[2] and row[3] for row in mend)
    blocked = {p["personio_id"] for p in cli("preview", "--json").json["people"] if p["decision"] == "blocked"}
    assert blocked <= {int(row[-1]) for row in mend}
    assert any("profile > E-mail" in row[3] for row in mend)


def test_sync_saves_its_plan_as_a_report_before_it_writes(cli, play, folder):
    sandbox = play()
    for said in ("saved in", "in place of"):
        done = cli("sync", "--yes", "--report", "plan.html")
        assert done.code == 0
        assert said in done.err
    assert sandbox.scim.accounts
    assert (folder / "plan.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("words", [("plan.pdf",), ("plan.html", "--scheduled"), ("plan.html", "--all")])
def test_a_report_that_cannot_be_keeps_sync_from_starting(cli, play, folder, words):
    sandbox = play()
    assert cli("sync", "--yes", "--report", *words).code == 2
    assert sandbox.scim.accounts == []
    assert list(folder.iterdir()) == []


def test_a_report_of_a_run_that_the_guard_stops_is_there(cli, play, folder):
    play("mass-leave")
    assert cli("sync", "--yes", "--report", "why.html").code == 5
    assert "More people than usual would lose Alleo" in (folder / "why.html").read_text(encoding="utf-8")


def test_a_first_run_is_not_called_dearer_than_usual(cli, play, folder):
    play()
    said = "More money than usual"
    assert cli("sync", "--yes", "--report", "first.html").code == 0
    assert said not in (folder / "first.html").read_text(encoding="utf-8")


def test_standard_output_takes_html_in_any_encoding(cli, play):
    play()
    done = cli.process("export", "--to", "html", "--out", "-", PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert done.out.isascii()
    assert "&#228;" in done.out


@pytest.mark.parametrize(
    ("language", "sign", "amount"), [("en", ",", "100.00"), ("nl", ";", "100,00"), ("de", ";", "100,00")]
)
def test_csv_is_parted_as_spreadsheets_of_the_language_expect(cli, play, folder, language, sign, amount):
    play()
    done = cli.process("export", "--to", "csv", "--out", "-", LANGUAGE=language)
    assert done.code == 0
    rows = list(csv.reader(io.StringIO(done.out, newline=""), delimiter=sign))
    assert {len(row) for row in rows} == {9}
    assert any(amount in row for row in rows)


@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_the_page_names_its_language(cli, play, language):
    play()
    assert f'<html lang="{language}">' in cli.process("export", "--out", "-", LANGUAGE=language).out


@pytest.mark.parametrize("to", ["html", "xlsx", "csv", "json", "pickup", "portal"])
def test_export_tells_a_program_where_the_file_is(cli, play, folder, to):
    play(people=8)
    done = cli("export", "--to", to, "--out", "made", "--json")
    assert done.code == 0
    told = done.json
    assert (told["form"], told["path"], told["replaced"]) == (to, str(folder / "made"), False)
    assert told["people"] > 0
    assert cli("export", "--to", to, "--out", "made", "--json").code == 2
    assert cli("export", "--to", to, "--out", "made", "--json", "--replace").json["replaced"] is True
    both = cli("export", "--to", to, "--out", "-", "--json")
    assert (both.code, both.out) == (2, "")
