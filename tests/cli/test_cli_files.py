"""The file deliveries on the command line: the pickup, and the portal with its confirmed upload."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

NAME = "alleo_employees_current.csv"


def today():
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def without_scim(cli):
    for name in [n for n in cli.env if n.startswith("ALLEO_SCIM") or n in ("ALLEO_CLIENT_ID", "ALLEO_TOKEN_URL")]:
        del cli.env[name]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "files"
    path.mkdir()
    return path


@pytest.fixture
def pickup(cli, play, folder):
    sandbox = play(people=14)
    without_scim(cli)
    cli.env["ALLEO_PICKUP_PLACE"] = str(folder)
    return sandbox


@pytest.fixture
def portal(cli, play, folder):
    sandbox = play(people=14)
    without_scim(cli)
    cli.env["ALLEO_PORTAL_FOLDER"] = str(folder)
    return sandbox


def workbook(folder: Path) -> list[dict[str, str]]:
    (path,) = folder.glob("*.xlsx")
    header, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [{h: v or "" for h, v in zip(header, row, strict=True)} for row in rows]


def sync(cli, *words):
    done = cli("sync", "--yes", "--json", *words)
    assert done.code == 0, done.err
    return done


def test_a_pickup_run_says_where_the_file_is_and_when_it_is_collected(cli, pickup, folder):
    seen = cli("preview", "--json").json
    done = sync(cli)
    assert done.json["file"]["name"] == NAME
    assert done.json["file"]["verified"] is True
    assert f"{NAME} is in place: {folder}." in done.err
    assert "Alleo collects it at" in done.err
    rows = list(csv.DictReader(io.StringIO((folder / NAME).read_bytes().decode(), newline="")))
    assert len(rows) == seen["summary"]["sync"] == done.json["applied"]["onboard"]
    assert cli("preview", "--json").json["summary"]["unchanged"] == len(rows)
    assert cli("runs", "verify").code == 0


def test_budgets_that_the_file_cannot_hold_are_told_with_the_way_that_can(cli, pickup):
    told = cli("preview")
    assert "This delivery cannot carry" in told.out
    assert "Budgets can be given by hand in Alleo's Manager Portal" in told.out


def test_a_saved_plan_is_applied_and_its_run_undone(cli, pickup, folder, tmp_path):
    assert cli("preview", "--out", str(tmp_path / "plan.json")).code == 0
    run = sync(cli, "--plan", str(tmp_path / "plan.json")).json["run"]
    assert cli("sync", "--yes", "--plan", str(tmp_path / "plan.json")).code == 6
    undone = cli("undo", run, "--yes", "--json", "--allow-offboard", "100")
    assert undone.code == 0, undone.err
    rows = list(csv.DictReader(io.StringIO((folder / NAME).read_bytes().decode(), newline="")))
    assert rows
    assert all(row["Offboarding date"] for row in rows)


def test_a_scheduled_pickup_writes_the_daily_file(cli, pickup, folder):
    assert cli("sync", "--yes", "--scheduled").code == 0
    assert (folder / NAME).exists()


def test_a_portal_run_waits_until_somebody_says_uploaded(cli, portal, folder):
    done = sync(cli)
    run = done.json["run"]
    assert done.json["applied"] == {}
    assert done.json["waits"] is True
    assert "Data Management > Imports" in done.err
    assert f"runs confirm {run}" in done.err
    assert cli("runs", "list", "--json").json["runs"][0]["state"] == "waiting"
    again = cli("sync", "--yes", "--json")
    assert again.code == 4
    assert "waits: was" in again.err
    said = cli("runs", "confirm", run)
    assert said.code == 0
    assert "was uploaded" in said.out
    seen = cli("preview", "--json").json["summary"]
    assert seen["unchanged"] == len(workbook(folder)) == seen["sync"]
    assert cli("runs", "verify").code == 0
    assert cli("runs", "confirm", run).code == 2


def test_a_file_that_never_was_uploaded_counts_for_nothing(cli, portal, folder):
    before = cli("preview", "--json").json["summary"]
    run = sync(cli).json["run"]
    said = cli("runs", "confirm", run, "--not-uploaded", "--json")
    assert said.code == 0
    assert said.json["uploaded"] is False
    assert cli("preview", "--json").json["summary"] == before
    assert cli("runs", "verify").code == 0
    sync(cli)


def test_the_workbook_has_exactly_the_documented_headers_and_the_portals_dates(cli, portal, folder):
    sync(cli)
    rows = workbook(folder)
    assert list(rows[0]) == [
        "Email", "First name", "Last name", "Prefix", "Onboarding date",
        "Offboarding Date", "Birthday", "Work Anniversary", "Language", "Company Group",
    ]  # fmt: skip
    assert {row["Onboarding date"] for row in rows} == {""}
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert all(row["Offboarding Date"] == "" or row["Offboarding Date"] >= tomorrow for row in rows)


def test_a_leaver_gets_a_date_in_the_future_and_the_short_notice_is_told(cli, portal, folder):
    cli("runs", "confirm", sync(cli).json["run"])
    for path in folder.iterdir():
        path.unlink()
    someone = next(p for p in cli("preview", "--json").json["people"] if p["decision"] == "sync")
    portal.personio.edit(someone["personio_id"], status="inactive")
    done = sync(cli)
    assert "leaves in less than 30 days" in done.err
    (row,) = workbook(folder)
    assert row["Email"] == someone["email"]
    assert row["Offboarding Date"] > today().isoformat()


def test_undo_makes_the_workbook_that_takes_a_run_back(cli, portal, folder):
    cli("runs", "confirm", sync(cli).json["run"])
    someone = next(p for p in cli("preview", "--json").json["people"] if p["decision"] == "sync")
    portal.personio.edit(someone["personio_id"], first_name="Somebody")
    run = sync(cli).json["run"]
    cli("runs", "confirm", run)
    for path in folder.iterdir():
        path.unlink()
    undone = cli("undo", run, "--yes", "--json")
    assert undone.code == 0, undone.err
    (row,) = workbook(folder)
    assert row["Email"] == someone["email"]
    assert f"{row['First name']} {row['Last name']}" == someone["name"]


def test_the_daily_run_of_the_portal_is_a_reminder(cli, portal, folder):
    done = cli("sync", "--yes", "--scheduled")
    assert done.code == 4
    assert "wait for an upload" in done.err
    assert list(folder.iterdir()) == []
    run = sync(cli).json["run"]
    assert cli("sync", "--yes", "--scheduled").code == 4
    cli("runs", "confirm", run)
    assert cli("sync", "--yes", "--scheduled").code == 0


def test_the_customers_own_template_is_filled(cli, portal, folder, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Fill in below. Do not change the headers."])
    sheet.append(
        [
            "custom_employee_id",
            "Last name *",
            "First name *",
            "Email *",
            "Favourite fruit",
            "alleo_monthly_all_budget",
            "Offboarding Date",
        ]
    )
    sheet.append(["1", "Example", "Erik", "erik@example.org", "=1+1", "", ""])
    book.create_sheet("Explanation").append(["text"])
    path = tmp_path / "template.xlsx"
    book.save(path)
    cli.env["ALLEO_PORTAL_TEMPLATE"] = str(path)
    done = sync(cli)
    assert "alleo_monthly_all_budget" not in done.json["not_carried"]
    (made,) = folder.glob("*.xlsx")
    filled = openpyxl.load_workbook(made)
    assert filled.sheetnames == ["Sheet", "Explanation"]
    first, header, *rows = filled.worksheets[0].iter_rows()
    assert [c.value for c in header] == [c.value for c in sheet[2]]
    assert first[0].value == sheet["A1"].value
    people = {str(p["personio_id"]): p for p in cli("preview", "--json").json["people"]}
    assert {str(r[0].value) for r in rows} <= people.keys()
    assert "Erik" not in {r[2].value for r in rows}
    for row in rows:
        person = people[str(row[0].value)]
        assert row[3].value == person["email"]
        assert row[4].value is None
        assert (row[5].value or None) == person["budgets"].get("alleo_monthly_all_budget")
        assert {c.data_type for c in row if c.value is not None} == {"s"}
        assert {c.number_format for c in row if c.value is not None} == {"@"}
        assert all(c.quotePrefix for c in row if c.value is not None)


def spread_out():
    """Returns a workbook with the headers and one cell as far away as there is."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Email", "First name", "Last name"])
    book.active["XFD1048576"] = "x"
    book.save(file)
    return file.getvalue()


def chart_without_data():
    """Returns a workbook with an empty sheet for a chart, which openpyxl writes and cannot read."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.create_chartsheet()
    book.save(file)
    return file.getvalue()


def bomb():
    """Returns an archive that unpacks to 101 MB."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (101 << 20))
    return file.getvalue()


NO_TEMPLATES = {
    "nothing": lambda: b"",
    "archive": lambda: b"PK\x03\x04nothing",
    "csv": lambda: b"Email,First name,Last name\n",
    "spread out": spread_out,
    "chart": chart_without_data,
    "bomb": bomb,
    "folder": None,
    "pipe": None,
}


@pytest.mark.parametrize("kind", NO_TEMPLATES)
def test_a_template_that_is_none_is_told(cli, portal, tmp_path, kind):
    path = tmp_path / "template.xlsx"
    if made := NO_TEMPLATES[kind]:
        path.write_bytes(made())
    elif kind == "folder":
        path.mkdir()
    elif hasattr(os, "mkfifo"):
        os.mkfifo(path)
    else:
        pytest.skip("pipes are made as POSIX does")
    cli.env["ALLEO_PORTAL_TEMPLATE"] = str(path)
    refused = cli("preview")
    assert refused.code == 2
    assert "cannot be filled" in refused.err


def test_a_folder_that_is_not_there_is_told(cli, portal, folder):
    folder.rmdir()
    refused = cli("sync", "--yes")
    assert refused.code == 2
    assert "cannot be saved" in refused.err


def test_an_address_that_changed_is_told_and_the_row_keeps_the_old_one(cli, portal, folder):
    cli("runs", "confirm", sync(cli).json["run"])
    someone = next(p for p in cli("preview", "--json").json["people"] if p["decision"] == "sync")
    portal.personio.edit(someone["personio_id"], email="other@new.example")
    person = next(p for p in cli("preview", "--json").json["people"] if p["personio_id"] == someone["personio_id"])
    assert person["problems"] == ["email_fixed"]
    assert person["change"] is None
    number = str(someone["personio_id"])
    assert cli("sync", "--yes", "--address-changed", "1").code == 2
    assert cli("sync", "--yes", "--scheduled", "--address-changed", number).code == 2
    for made in folder.iterdir():
        made.unlink()
    told = sync(cli, "--address-changed", number)
    assert workbook(folder)[0]["Email"] == "other@new.example"
    cli("runs", "confirm", told.json["run"])
    person = next(p for p in cli("preview", "--json").json["people"] if p["personio_id"] == someone["personio_id"])
    assert (person["problems"], person["change"]) == ([], None)


def test_another_folder_for_workbooks_is_no_other_alleo(cli, portal, folder, tmp_path):
    cli("runs", "confirm", sync(cli).json["run"])
    (tmp_path / "elsewhere").mkdir()
    cli.env["ALLEO_PORTAL_FOLDER"] = str(tmp_path / "elsewhere")
    told = cli("check", "--json").json
    assert "basis_changed" not in {one["code"] for one in told["findings"]}
    assert cli("sync", "--yes").code == 0


def test_another_place_for_the_file_may_be_another_alleo(cli, pickup, tmp_path):
    sync(cli)
    (tmp_path / "elsewhere").mkdir()
    cli.env["ALLEO_PICKUP_PLACE"] = str(tmp_path / "elsewhere")
    refused = cli("sync", "--yes")
    assert refused.code == 4
    assert "another customer's Alleo?" in refused.err


def test_no_budget_fields_are_no_error(cli, pickup):
    for name in ("alleo_monthly_all_budget", "alleo_oneoff_all_budget"):
        key = pickup.personio.key_of(name)
        for person in pickup.personio.people:
            pickup.personio.edit(person.id, custom={key: None})
    assert cli("check").code == 0
    sync(cli)


def test_export_writes_the_file_for_pickup_and_notes_nothing(cli, play, tmp_path):
    play(people=14)
    out = tmp_path / "out.csv"
    done = cli("export", "--to", "pickup", "--out", str(out))
    assert done.code == 0, done.err
    rows = list(csv.DictReader(io.StringIO(out.read_bytes().decode(), newline="")))
    assert len(rows) == cli("preview", "--json").json["summary"]["sync"]
    assert f"It holds {len(rows)} people" in done.err
    assert cli("runs", "list", "--json").json == {"runs": []}
    assert cli("export", "--to", "pickup", "--out", str(out)).code == 2


def test_export_fills_a_template_for_the_portal(cli, play, tmp_path):
    play(people=14)
    book = openpyxl.Workbook()
    book.active.append(["Last name", "Email", "First name"])
    book.save(tmp_path / "template.xlsx")
    out = tmp_path / "out.xlsx"
    words = ("export", "--to", "portal", "--template", str(tmp_path / "template.xlsx"), "--out", str(out))
    done = cli(*words)
    assert done.code == 0, done.err
    header, *rows = openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True)
    assert header == ("Last name", "Email", "First name")
    assert len(rows) == cli("preview", "--json").json["summary"]["sync"]
    assert cli(*words, "--replace", "--to", "pickup").code == 2


def test_check_finds_values_that_cannot_stand_in_a_file_and_only_for_files(cli, pickup):
    someone = next(p["personio_id"] for p in cli("preview", "--json").json["people"] if p["decision"] == "sync")
    pickup.personio.edit(someone, last_name="=1+1")
    found = [f for f in cli("check", "--json").json["findings"] if f["code"] == "formula_like"]
    assert [(f["severity"], f["subject"]) for f in found] == [("warning", "last_name")]
    assert found[0]["remedy"]
    person = next(p for p in cli("preview", "--json").json["people"] if p["personio_id"] == someone)
    assert (person["decision"], person["reasons"], person["problems"]) == (
        "blocked",
        ["formula_like"],
        ["formula_like"],
    )
    del cli.env["ALLEO_PICKUP_PLACE"]
    assert not [f for f in cli("check", "--json").json["findings"] if f["code"] == "formula_like"]


def test_the_daily_file_is_installed_and_its_trial_reads_what_the_run_will(cli, pickup, folder, crontab):
    words = ("schedule", "install", "--using", "cron", "--secrets", "env-file")
    done = cli(*words)
    assert done.code == 0, done.err
    assert list(folder.iterdir()) == []
    shown = cli("schedule", "show", "--json")
    assert shown.code == 0, shown.err
    ran = cli("schedule", "run-now")
    assert ran.code == 0, ran.err
    assert (folder / NAME).exists()


def test_a_hardened_service_may_write_the_folder_and_leaves_its_mode_alone(cli, pickup, folder):
    folder.chmod(0o755)
    done = cli("schedule", "install", "--using", "systemd", "--secrets", "env-file", "--print")
    assert done.code == 0, done.err
    (line,) = [one for one in done.out.splitlines() if "ReadWritePaths=" in one]
    assert f'"{folder}"' in line
    assert folder.stat().st_mode & 0o777 == 0o755


def test_whoever_may_look_into_the_folder_may_read_the_file(cli, pickup, folder):
    folder.chmod(0o755)
    sync(cli)
    assert (folder / NAME).stat().st_mode & 0o777 == 0o644
    folder.chmod(0o700)
    sync(cli)
    assert (folder / NAME).stat().st_mode & 0o777 == 0o600


def test_undo_while_an_upload_waits_ends_with_a_document(cli, portal, folder):
    run = sync(cli).json["run"]
    done = cli("undo", run, "--yes", "--json")
    assert (done.code, done.json["error"]["code"]) == (4, "upload_awaited")


def test_a_wrong_place_ends_a_scheduled_run_without_a_document(cli, pickup, folder):
    folder.rmdir()
    done = cli("sync", "--yes", "--scheduled", "--json")
    assert (done.code, done.out) == (2, "")
    assert "There is no folder" in done.err


@pytest.mark.parametrize("place", ["/srv/a\x07b", "/srv/a\nb"])
def test_a_place_with_characters_that_nobody_sees_is_refused(cli, pickup, place):
    done = cli("sync", "--yes", ALLEO_PICKUP_PLACE=place)
    assert done.code == 2
    assert "nobody can see" in done.err


def test_doctor_says_that_a_folder_is_no_address(cli, pickup):
    done = cli("doctor")
    assert done.code == 0
    assert "the address, the proxy or the certificate file cannot be used" not in done.out


FOREIGN = ("upload-0123456789AB.part", "upload-report.part", "upload-0123456789abcd.part", "other.part")


def test_parts_of_an_interrupted_upload_are_removed_and_those_of_others_stay(cli, pickup, folder):
    (folder / "upload-0123456789ab.part").write_text("ours, cut short")
    for name in FOREIGN:
        (folder / name).write_text("somebody else's")
    sync(cli)
    assert sorted(path.name for path in folder.iterdir()) == sorted([NAME, *FOREIGN])


@pytest.mark.parametrize("name", ["alleo_employees_current.csv", "alleo_employees_mine.csv", ""])
def test_export_does_not_write_where_alleo_collects(cli, play, tmp_path, monkeypatch, name):
    play(people=14)
    place = tmp_path / "collected"
    place.mkdir()
    for variable in ("ALLEO_SCIM_URL", "ALLEO_SCIM_TOKEN"):
        del cli.env[variable]
    cli.env["ALLEO_PICKUP_PLACE"] = str(place)
    assert cli("sync", "--yes").code == 0
    published = {file.name: file.read_bytes() for file in place.iterdir()}
    monkeypatch.chdir(place)
    words = ("--out", str(place / name)) if name else ()
    for to in ("pickup", "csv"):
        done = cli("export", "--to", to, *words, "--replace")
        assert done.code == 2
        assert "Alleo collects" in done.err
    assert {file.name: file.read_bytes() for file in place.iterdir()} == published
