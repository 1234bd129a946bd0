"""`compare FILE`: files as Alleo and spreadsheets write them, and malicious ones."""

from __future__ import annotations

import io
import os
import zipfile

import pytest
from openpyxl import Workbook


def people_of(cli):
    return [p for p in cli("preview", "--json").json["people"] if p["decision"] == "sync"]


def csv_of(people, sign=",", encoding="utf-8"):
    lines = [sign.join(("Voornaam", "E-mailadres", "external_id"))]
    lines += [sign.join((p["name"].split()[0], p["email"], str(p["personio_id"]))) for p in people]
    return "\r\n".join(lines).encode(encoding)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_as_spreadsheets_save_it(cli, play, tmp_path, sign, encoding):
    play()
    file = tmp_path / "test run.csv"
    file.write_bytes(csv_of(people_of(cli), sign, encoding))
    done = cli("compare", str(file))
    assert done.code == 0, done.out
    assert "agree on 27 people" in done.out


def test_the_headings_of_a_workbook_may_stand_anywhere(cli, play, tmp_path):
    play()
    people = people_of(cli)
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["See the next sheet"])
    sheet = book.create_sheet("Employees")
    sheet.append(["Employees on 2026-11-27"])
    sheet.append([])
    sheet.append(["Status", "Email", "Custom_employee_id"])
    for p in people:
        sheet.append(["Active", p["email"], p["personio_id"]])
    book.save(tmp_path / "overview.xlsx")
    assert cli("compare", str(tmp_path / "overview.xlsx")).code == 0


def test_who_is_only_there_only_here_or_other_there(cli, play, tmp_path):
    play()
    people = people_of(cli)
    skipped = next(p for p in cli("preview", "--json").json["people"] if p["decision"] == "skip")
    lines = ["email,first name,favourite colour", f"{people[0]['email']},Somebody,red", "ghost@acme.example,Ghost,blue"]
    lines += [f"{skipped['email']},X,red"]
    file = tmp_path / "alleo.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    done = cli("compare", str(file), "--json")
    assert done.code == 8
    told = done.json
    assert (told["equal"], told["rows"], told["same"]) == (False, 3, 0)
    assert [p["email"] for p in told["only_there"]] == ["ghost@acme.example", skipped["email"]]
    assert told["only_there"][1]["reasons"] == skipped["reasons"]
    assert len(told["only_here"]) == len(people) - 1
    (pair,) = told["differing"]
    assert pair["fields"] == {"first_name": ["Somebody", people[0]["name"].split()[0]]}
    assert (pair["by"], pair["row"]) == ("email", 2)
    assert told["unknown_columns"] == ["favourite colour"]
    text = cli("compare", str(file)).out
    for said in ("2 only at Alleo", f"{len(people) - 1} only here", "not in Personio", "favourite colour", "Somebody"):
        assert said in text


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def archive(**parts):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return written.getvalue()


LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><x>&j;</x>"
)
HARMFUL = {
    "nothing": (b"", "no CSV and no XLSX"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "no CSV and no XLSX"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "password"),
    "web page": (b"<html><table><tr><td>email</td></tr></table></html>", "web page"),
    "latin": ("email;voornaam\na@b.example;Zo\u00eb".encode("cp1252"), "CSV UTF-8"),
    "no address": (b"name,department\nAda,Sales\n", "name, department"),
    "plain words": (b"Dear all, please find the list attached.\n", "Dear all"),
    "formula": (workbook(["email", "name"], ["a@b.example", '=HYPERLINK("https://evil.example","x")']), "cell B2"),
    "not a workbook": (archive(**{"readme.txt": "hello"}), "no CSV and no XLSX"),
    "cut off": (workbook(["email"], ["a@b.example"])[:-200], "no CSV and no XLSX"),
    "bomb": (archive(**{"[Content_Types].xml": "<x/>", "xl/worksheets/sheet1.xml": b"\0" * (200 << 20)}), "unpacks to more"),
    "laughs": (archive(**{"[Content_Types].xml": LAUGHS, "_rels/.rels": LAUGHS, "xl/workbook.xml": LAUGHS}), "no CSV and no XLSX"),
    "endless field": (b'email\n"' + b"x" * 300_000, "no CSV and no XLSX"),
    "many rows": (b"email\n" + b"a@b.example\n" * 200_001, "more than 200000 rows"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HARMFUL)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_any_other_file_gets_a_sentence(cli, tmp_path, kind, ending):
    content, said = HARMFUL[kind]
    file = tmp_path / f"theirs.{ending}"
    file.write_bytes(content)
    done = cli("compare", str(file))
    assert done.code == 2
    assert said in done.err
    assert "theirs" in done.err
    assert done.out == ""


def test_a_cell_far_away_costs_nothing(cli, play, tmp_path):
    play()
    book = Workbook()
    book.active.append(["email", "status"])
    for p in people_of(cli):
        book.active.append([p["email"], "Active"])
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "far.xlsx")
    assert cli("compare", str(tmp_path / "far.xlsx")).code == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are made as POSIX does")
def test_a_pipe_is_not_waited_for(cli, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    done = cli("compare", str(tmp_path / "pipe"))
    assert done.code == 2
    assert "pipe" in done.err


def test_a_refused_credential_ends_with_a_document(cli, play, tmp_path):
    play()
    (tmp_path / "a.csv").write_text("email\na@b.example\n")
    done = cli("compare", str(tmp_path / "a.csv"), "--json", PERSONIO_CLIENT_SECRET="wrong")
    assert done.code == 3
    assert done.json["equal"] is None
    assert done.json["error"]["code"] == "credential_rejected"


def test_what_would_keep_a_sync_from_starting_is_told(cli, play, tmp_path):
    play("forgotten-attributes")
    (tmp_path / "a.csv").write_text("email\na@b.example\n")
    done = cli("compare", str(tmp_path / "a.csv"))
    assert done.code == 8
    assert "A sync would be refused" in done.err


def test_what_a_library_says_about_a_workbook_is_not_shown(cli, tmp_path):
    plain = zipfile.ZipFile(io.BytesIO(workbook(["name"], ["Ada"])))
    bare = "<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'/>"
    parts = {name: bare if name == "xl/styles.xml" else plain.read(name) for name in plain.namelist()}
    (tmp_path / "theirs.xlsx").write_bytes(archive(**parts))
    done = cli.process("compare", str(tmp_path / "theirs.xlsx"))
    assert done.code == 2
    assert "Its first line is: name." in done.err
    assert "Warning" not in done.err


def test_a_comparison_is_made_also_where_the_hand_over_cannot_be_noted(cli, play, tmp_path):
    play(people=6)
    del cli.env["ALLEO_SCIM_URL"], cli.env["ALLEO_SCIM_TOKEN"]
    record = cli.home / "handovers" / "default.json"
    record.parent.mkdir(parents=True)
    record.write_text("damaged")
    file = tmp_path / "theirs.csv"
    file.write_text("email\nghost@acme.example\n")
    done = cli("compare", str(file), "--json")
    assert done.code == 8
    assert done.json["equal"] is False
    assert "damaged" in done.err
