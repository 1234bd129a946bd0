"""One place for files, and another writer: another set-up, another computer, or a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fleet import leave

NAME = "alleo_employees_current.csv"
FOREIGN = "Email,First name\nsomebody@elsewhere.example,Some\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "files"
    path.mkdir()
    return path


@pytest.fixture
def pickup(cli, play, folder):
    sandbox = play(people=8)
    leave(cli)
    cli.env |= {n: v for n, v in sandbox.addresses.environment().items() if n.startswith("PERSONIO_")}
    cli.env["ALLEO_PICKUP_PLACE"] = str(folder)
    return sandbox


def set_up(cli, name, sandbox, delivery):
    at, profiles = sandbox.addresses, cli.home / "profiles"
    profiles.mkdir(parents=True, exist_ok=True)
    told = "\n".join(f"{key} = {json.dumps(value)}" for key, value in delivery.items())
    (profiles / f"{name}.toml").write_text(
        f'base_url = "{at.personio_base_url}"\nclient_id = "{at.client_id}"\n'
        f'secret_command = "echo {at.client_secret}"\n[delivery]\n{told}\n',
        "utf-8",
    )


@pytest.mark.parametrize("earlier", [False, True], ids=["first run", "later run"])
def test_a_file_that_somebody_else_put_there_is_not_replaced(cli, pickup, folder, earlier):
    if earlier:
        assert cli("sync", "--yes").code == 0
    (folder / NAME).write_text(FOREIGN)
    done = cli("sync", "--yes", "--json")
    assert (done.code, done.json["error"]["code"]) == (3, "delivery_refused")
    assert NAME in done.err
    assert "move it away" in done.err
    assert (folder / NAME).read_text() == FOREIGN
    assert cli("sync", "--yes", "--scheduled").code == 3
    (folder / NAME).unlink()
    assert cli("sync", "--yes").code == 0
    assert cli("sync", "--yes").code == 0
    assert cli("runs", "verify").code == 0


def test_a_second_computer_does_not_undo_the_first(cli, pickup, folder, tmp_path):
    assert cli("sync", "--yes").code == 0
    before = (folder / NAME).read_bytes()
    assert cli("sync", "--yes", ALLEO_ONBOARD_HOME=str(tmp_path / "second")).code == 3
    assert (folder / NAME).read_bytes() == before
    assert cli("sync", "--yes").code == 0


@pytest.mark.parametrize("spelled", ["{}/", "{}/../files", "{}-link"])
def test_one_folder_in_two_spellings_is_one_place(cli, play, folder, spelled):
    here, there = play(people=8), play(people=8)
    leave(cli)
    (folder.parent / "files-link").symlink_to(folder)
    set_up(cli, "a", here, {"kind": "pickup", "place": str(folder)})
    set_up(cli, "b", there, {"kind": "pickup", "place": spelled.format(folder)})
    done = cli("sync", "--all", "--yes", "--json")
    assert done.code == 2
    assert [one["exit"] for one in done.json["profiles"]] == [2, 2]
    assert list(folder.iterdir()) == []


def test_two_users_of_one_server_are_two_places(cli, play):
    sandbox = play(people=8)
    leave(cli)
    for name in ("a", "b"):
        set_up(cli, name, sandbox, {"kind": "pickup", "place": f"sftp://{name}@127.0.0.1:1/in"})
    set_up(cli, "c", sandbox, {"kind": "pickup", "place": "sftp://a@127.0.0.1:1/in/"})
    told = {one["profile"]: one["message"] for one in cli("sync", "--all", "--yes", "--json").json["profiles"]}
    assert "Nothing was done for it" not in told["b"]
    assert "Nothing was done for it" in told["a"]
    assert "Nothing was done for it" in told["c"]


def test_two_set_ups_may_save_workbooks_in_one_folder(cli, play, folder):
    here, there = play(people=8), play(people=8)
    leave(cli)
    for name, sandbox in (("a", here), ("b", there)):
        set_up(cli, name, sandbox, {"kind": "portal", "folder": str(folder)})
    told = cli("sync", "--all", "--scheduled", "--yes", "--json").json["profiles"]
    assert [one["exit"] for one in told] == [4, 4]  # both are only reminders
