"""History in the plain wizard: what was done, for whom, taking a run back, and files of it."""

import pytest
from talking import environment, ready, sandbox

from alleo_onboard.sandbox.people import ONEOFF_ALL_KEY


@pytest.fixture
def box():
    with sandbox(people=8) as company:
        yield company


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    path = tmp_path / "here"
    path.mkdir()
    monkeypatch.chdir(path)
    return path


def test_what_a_run_did_and_what_happened_to_one_person(box, tmp_path):
    environ = environment(box, tmp_path)
    ready(environ, "1", "yes", "q")
    account = box.scim.accounts[0]
    heard, code = ready(environ, "h", "1", "back", "2", account["userName"], "2", "nobody at all", "back", "q")
    assert code == 0, heard.text
    assert "History." in heard.heard
    name = f"{account['name']['givenName']} {account['name']['familyName']}"
    assert f"{name}: new account, done (201)." in heard.heard
    assert f"{name} (Personio id {account['externalId']})" in heard.heard
    assert "Nothing was ever done for nobody at all in default." in heard.heard
    assert "E-mail: " + account["userName"] + "." in heard.heard


def test_names_are_hidden_there_too(box, tmp_path):
    environ = environment(box, tmp_path)
    ready(environ, "1", "yes", "q")
    account = box.scim.accounts[0]
    heard, _code = ready(environ, "x", "h", "1", "u", "", "back", "q")
    assert f"Person {account['externalId']}: new account" in heard.text
    for told in (account["userName"], account["name"]["familyName"]):
        assert told not in heard.text


def test_a_run_is_taken_back_after_its_preview_its_number_and_a_typed_yes(box, tmp_path):
    environ = environment(box, tmp_path)
    ready(environ, "1", "yes", "q")
    n = str(len(box.scim.accounts))
    for answers in (("",), ("1",), (n, "no")):  # left, another number, no
        heard, _code = ready(environ, "h", "1", "u", *answers, "back", "q")
        assert f"Taking this run back would switch {n} accounts off at Alleo." in heard.text
        assert "The next sync makes these changes again" in heard.text
        assert all(account["active"] for account in box.scim.accounts)
    heard, code = ready(environ, "h", "1", "u", n, "yes", "back", "q")
    assert code == 0, heard.text
    assert f"{n} accounts switched off" in heard.text
    assert not any(account["active"] for account in box.scim.accounts)


def test_help_is_about_the_page_that_is_open(box, tmp_path):
    environ = environment(box, tmp_path)
    ready(environ, "1", "yes", "q")
    heard, _code = ready(environ, "h", "1", "u", "", "?", "back", "?", "q")
    told = heard.text.split("Left: nothing has been written.")[1]
    assert "Every run of this set-up on this computer" in told
    assert "Start makes exactly the changes of this preview" in told


def test_taking_back_offers_to_hold_the_daily_run(box, tmp_path, monkeypatch):
    from alleo_onboard.plain.pages import undo as page

    removed = []
    monkeypatch.setattr(page, "health", lambda *_: type("Health", (), {"installed": True}))
    monkeypatch.setattr(page, "remove", lambda _setups, name: removed.append(name) or ("cron",))
    environ = environment(box, tmp_path)
    ready(environ, "1", "yes", "q")
    n = str(len(box.scim.accounts))
    ready(environ, "h", "1", "u", n, "yes", "no", "back", "q")
    assert removed == []  # nothing is taken away before the last yes
    heard, _code = ready(environ, "h", "1", "u", n, "yes", "yes", "back", "q")
    assert removed == ["default"]
    assert "The daily run is held." in heard.text


def test_history_and_preview_are_saved_as_files(box, tmp_path, folder):
    environ = environment(box, tmp_path)
    heard, _code = ready(environ, "b", "b", "e", "1", "e", "5", "q")
    assert sorted(path.suffix for path in folder.iterdir()) == [".html", ".txt"]
    assert "only you can read it" in heard.text
    ready(environ, "1", "yes", "h", "e", "1", "e", "2", "q")
    assert {path.suffix for path in folder.iterdir()} == {".html", ".txt", ".csv", ".jsonl"}


def test_two_ways_are_told_where_people_were_written_from_here(box, tmp_path):
    environ = environment(box, tmp_path)
    ready(environ, "1", "yes", "q")
    heard, _code = ready(environ, "b", "4", "3", "back", "back", "q")
    assert "So far “SCIM 2.0” feeds" in heard.text
    assert "two ways would feed the same people" in heard.text
    assert "Switch off first: Take the daily run away" in heard.text


def test_hidden_names_are_hidden_in_what_waits_for_a_yes(box, tmp_path):
    environ = environment(box, tmp_path)
    ready(environ, "1", "yes", "q")
    person = next(p for p in box.personio.people if p.custom.get(ONEOFF_ALL_KEY))  # who was paid once already
    number = person.id
    box.personio.edit(number, custom={**person.custom, ONEOFF_ALL_KEY: 40})
    heard, _code = ready(environ, "r", "q")
    assert person.last_name in heard.text
    heard, _code = ready(environ, "x", "r", "q")
    later = heard.text.partition("hidden")[2]
    assert f"Person {number} (id {number})" in later
    assert person.last_name not in later
    assert person.email not in later
