"""People read labels; programs read the names used in the file."""

from __future__ import annotations

import pytest
from fleet import leave, saved

from alleo_onboard.presentation.people.fold import fold


def test_doctor_tells_settings_in_words(cli, play):
    play()
    told = cli("doctor").out
    assert "people on leave: take part" in told
    assert "language: English" in told
    for raw in ("on_leave", "same_alleo_as", "last_exit", "include"):
        assert raw not in told
    assert not [line for line in told.splitlines() if line.startswith("  ") and "_" in line.partition(":")[0]]
    assert cli("doctor", "--json").json["settings"]["on_leave"] == "include"


def test_profiles_show_tells_settings_in_words(cli, play):
    play()
    assert cli("sync", "--yes").code == 0
    assert cli("profiles", "show", "default").code == 0
    assert "None" not in cli("profiles", "show", "default").out


@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_doctor_tells_what_is_wrong_in_words_and_keeps_codes_for_programs(cli, play, language):
    sandbox = play(people=12)
    saved(cli, "default", sandbox)
    leave(cli)
    assert cli("sync", "--yes", "--scheduled").code == 0
    sandbox.personio.edit(sandbox.personio.people[0].id, email="")
    assert cli("sync", "--yes", "--scheduled").code == 0
    for _day in range(2):
        assert cli("sync", "--yes", "--scheduled", PERSONIO_CLIENT_SECRET="gone").code == 3
    told = cli("doctor", "--language", language).out
    found = cli("doctor", "--json").json
    assert "credential_failing" in found["schedule"]["symptoms"]
    assert found["ledger"]["last_run"].endswith(" finished")
    for raw in ("credential_failing", "last_run_failed", "email_missing", "bearer", "delivery: scim"):
        assert raw not in told
    if language != "en":
        for english in ("finished", "The last run failed", "no e-mail", ": none ("):
            assert english not in told
    else:
        assert "symptoms: The last run failed; its log and result say why. The sign-in was refused" in told
        assert ", finished" in told
        assert "delivery: SCIM 2.0" in told


def test_a_history_that_cannot_be_used_is_told_in_words(cli, play):
    play()
    assert cli("sync", "--yes").code == 0
    next(cli.home.rglob("default.sqlite")).write_bytes(b"not a database" * 100)
    assert "why: it is damaged" in cli("doctor").out
    assert cli("doctor", "--json").json["ledger"]["why"] == "Usage"


def test_preview_as_text_lists_people_by_surname_and_as_a_document_by_id(cli, play):
    play()
    lines = cli("preview").out.splitlines()
    people = cli("preview", "--json").json["people"]
    listed = [line.split("  ")[0] for line in lines if "@" in line and "  sync  " in line]
    assert len(listed) == 27
    assert all(", " in name for name in listed)
    assert [fold(name.split(",")[0]) for name in listed] == sorted(fold(name.split(",")[0]) for name in listed)
    assert [p["personio_id"] for p in people] == sorted(p["personio_id"] for p in people)


@pytest.mark.parametrize(
    ("delivery", "code", "told"),
    [
        ("", "not_set", "no address is set"),
        ('[delivery]\nkind = "scim"\n', "not_set", "no address is set"),
        ('[delivery]\nkind = "handover"\n', "not_needed", "no address is needed: Alleo runs the sync itself"),
        ('[delivery]\nkind = "portal"\n', "not_asked", "the place for files is tried by the test of the delivery"),
    ],
)
def test_doctor_says_of_each_delivery_what_is_true(cli, delivery, code, told):
    (cli.home / "profiles").mkdir(parents=True)
    (cli.home / "profiles" / "default.toml").write_text('base_url = "http://127.0.0.1:9"\n' + delivery)
    assert cli("doctor", "--json").json["alleo"]["reach"] == code
    assert f"Alleo\n  {told}" in cli("doctor").out
