"""Two deliveries configured at once: reading commands report it, writing commands refuse."""

from __future__ import annotations

import pytest
from fleet import leave, saved

STORED = {
    "handover": '[delivery]\nkind = "handover"\n',
    "pickup": '[delivery]\nkind = "pickup"\nplace = "{folder}"\n',
    "scim": '[delivery]\nkind = "scim"\nurl = "https://elsewhere.example/scim"\n',
}


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "files"
    path.mkdir()
    return path


def store(cli, kind, folder):
    file = cli.home / "profiles" / "default.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(STORED[kind].format(folder=folder))


def without_scim(cli):
    return {name: cli.env.pop(name) for name in ("ALLEO_SCIM_URL", "ALLEO_SCIM_TOKEN")}


@pytest.mark.parametrize(
    ("stored", "variable", "used"),
    [
        ("handover", "", "SCIM 2.0"),
        ("pickup", "", "SCIM 2.0"),
        ("handover", "ALLEO_PICKUP_PLACE", "pickup"),
        ("scim", "ALLEO_PORTAL_FOLDER", "portal"),
    ],
)
def test_a_way_of_the_environment_over_a_saved_other_one_is_told_and_writes_nothing(
    cli, play, folder, stored, variable, used
):
    sandbox = play(people=8)
    store(cli, stored, folder)
    if variable:
        without_scim(cli)
        cli.env[variable] = str(folder)
    seen = cli("preview")
    assert seen.code == 0
    assert "Two ways into Alleo are meant" in seen.err
    assert variable or "ALLEO_SCIM_URL" in seen.err
    for words in (("sync", "--yes"), ("sync", "--yes", "--scheduled")):
        done = cli(*words)
        assert done.code == 2
        assert "Two ways into Alleo are meant" in done.err
    assert sandbox.scim.accounts == []
    assert list(folder.iterdir()) == []
    done = cli("sync", "--yes", "--accept-change")
    assert done.code == 0, done.err
    assert sandbox.scim.accounts or list(folder.iterdir())


def test_two_ways_in_the_environment_alone(cli, play, folder):
    sandbox = play(people=8)
    cli.env["ALLEO_PICKUP_PLACE"] = str(folder)
    done = cli("sync", "--yes")
    assert done.code == 2
    assert "ALLEO_SCIM_URL" in done.err
    assert "ALLEO_PICKUP_PLACE" in done.err
    assert sandbox.scim.accounts == []


def test_the_saved_way_is_used_where_the_environment_names_it_beside_another(cli, play, folder):
    play(people=8)
    store(cli, "pickup", folder)
    cli.env["ALLEO_PICKUP_PLACE"] = str(folder)
    assert "“SCIM 2.0” by ALLEO_SCIM_URL" in cli("preview").err
    assert cli("sync", "--yes").code == 2
    assert cli("sync", "--yes", "--accept-change").code == 0
    assert list(folder.iterdir())


def test_an_undo_goes_the_way_of_its_run_or_not_at_all(cli, play, folder):
    sandbox = play(people=8)
    assert cli("sync", "--yes").code == 0
    cli.env["ALLEO_PICKUP_PLACE"] = str(folder)
    done = cli("undo", "last", "--yes", "--allow-offboard", "99")
    assert done.code == 2
    assert "Two ways" in done.err
    assert all(account["active"] for account in sandbox.scim.accounts)


def test_the_same_way_twice_is_one_way(cli, play):
    sandbox = play(people=8)
    saved(cli, "default", sandbox)
    assert cli("sync", "--yes").code == 0
    assert "Two ways" not in cli("preview").err


def test_a_schedule_is_that_of_the_saved_set_up(cli, play, crontab, folder):
    sandbox = play(people=8)
    at = dict(cli.env)
    saved(cli, "default", sandbox)
    leave(cli)
    done = cli("schedule", "install", "--using", "cron", "--print", ALLEO_PICKUP_PLACE=str(folder))
    assert done.code == 0
    assert "ALLEO_PICKUP_PLACE" in done.err
    assert str(folder) not in done.out
    assert at["ALLEO_SCIM_URL"] not in done.out


@pytest.mark.parametrize(
    ("stored", "named"), [("pickup", "ALLEO_PICKUP_PLACE"), ("scim", "ALLEO_SCIM_URL")], ids=["pickup", "scim"]
)
def test_what_a_way_lacks_is_named(cli, play, folder, stored, named):
    play(people=8)
    without_scim(cli)
    file = cli.home / "profiles" / "default.toml"
    file.parent.mkdir(parents=True)
    file.write_text(f'[delivery]\nkind = "{stored}"\n')
    for words in (("sync", "--yes"), ("schedule", "install", "--using", "cron", "--print")):
        done = cli(*words)
        assert done.code in (2, 4)
        assert f"Missing: {named}" in done.err
    assert cli("schedule", "install", "--using", "cron", "--print").out == ""


@pytest.mark.parametrize(
    ("stored", "said", "unsaid"),
    [
        ("handover", "Alleo reads Personio itself", "SCIM"),
        ("pickup", "Alleo collects files about", "at once"),
        ("scim", "Changes over SCIM arrive at once.", "collects"),
    ],
)
def test_the_delivery_says_when_changes_arrive(cli, play, folder, stored, said, unsaid):
    play(people=8)
    without_scim(cli)
    store(cli, stored, folder)
    done = cli("schedule", "install", "--using", "cron", "--print")
    assert done.code == 0, done.err
    assert said in done.err
    assert unsaid not in done.err


def test_every_command_that_only_looks_tells_of_two_ways_once(cli, play, folder):
    play(people=5)
    store(cli, "pickup", folder)
    file = folder.parent / "people.csv"
    file.write_text("email\nghost@acme.example\n")
    for words in (("check",), ("preview",), ("compare", str(file)), ("export", "--out", str(folder.parent / "a.html"))):
        done = cli(*words)
        assert done.code in (0, 8)
        assert done.err.count("Two ways into Alleo are meant") == 1, words
