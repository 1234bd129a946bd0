"""Gaps found by mutation testing: access that Alleo did not store, answers other than yes, what a resume repeats."""

from __future__ import annotations

import pytest

from alleo_onboard.cli.commands import sync as command
from alleo_onboard.domain.errors import Locked
from alleo_onboard.store import lock
from alleo_onboard.store.lock import lock_path, run_lock
from alleo_onboard.store.paths import Home


def test_access_that_alleo_did_not_take_ends_as_failed_changes(cli, play):
    sandbox = play()
    assert cli("sync", "--yes").code == 0
    leaver = int(sandbox.scim.accounts[0]["externalId"])
    sandbox.personio.edit(leaver, status="inactive")
    inner, storage, kind = sandbox.scim._app, sandbox.scim._storage, sandbox.scim._type

    async def app(scope, receive, send):
        await inner(scope, receive, send)
        if scope["method"] in ("PATCH", "PUT"):
            for account in sandbox.scim.accounts:
                model = storage.get(kind, account["id"])
                model.active = True
                storage.update(kind, model)

    sandbox.scim._app = app
    for _again in range(2):  # access is never remembered as drift
        done = cli("sync", "--yes", "--json")
        assert done.code == 8
        assert [d["field"] for d in done.json["drift"]] == ["active"]


@pytest.mark.parametrize("typed", ["\n", "", "no\n", "yess\n", "y e s\n", " \n", "1\n", " y \n"])
def test_what_is_no_yes_writes_nothing(cli, play, monkeypatch, typed):
    sandbox = play()
    monkeypatch.setattr(command, "can_ask", lambda: True)
    done = cli("sync", stdin=typed)
    assert done.code == 0
    assert "Go ahead?" in done.err
    assert "Nothing was written." in done.err
    assert sandbox.scim.accounts == []
    assert not (cli.home / "ledgers" / "default.sqlite").exists() or cli("runs", "list", "--json").json == {"runs": []}


@pytest.mark.parametrize("typed", ["yes\n", "YES\n", " yes \n"])
def test_a_typed_yes_writes(cli, play, monkeypatch, typed):
    sandbox = play()
    monkeypatch.setattr(command, "can_ask", lambda: True)
    assert cli("sync", stdin=typed).code == 0
    assert sandbox.scim.accounts


def test_a_resume_takes_up_exactly_what_failed(cli, play):
    sandbox = play()
    sandbox.scim.fail(*[400] * 3, method="POST")
    first = cli("sync", "--yes", "--json")
    assert first.code == 8
    failed = {str(one["personio_id"]) for one in first.json["failed"]}
    assert len(failed) == 3
    there = {a["externalId"] for a in sandbox.scim.accounts}
    for number in sorted(there)[:2]:
        sandbox.personio.edit(int(number), last_name="Later")
    resumed = cli("sync", "--resume", "--yes", "--json")
    assert resumed.json["applied"] == {"onboard": 3}
    assert {a["externalId"] for a in sandbox.scim.accounts} - there == failed
    assert cli("sync", "--yes", "--json").json["applied"] == {"update": 2}


def test_a_lock_file_deleted_between_opening_and_locking_is_not_taken_for_the_lock(tmp_path, monkeypatch):
    home = Home(tmp_path, tmp_path)
    path, real, deleted = lock_path(home, "default"), lock._acquire, []

    def acquire(descriptor):
        real(descriptor)
        if not deleted:
            deleted.append(path.unlink())

    monkeypatch.setattr(lock, "_acquire", acquire)
    with run_lock(home, "default"):
        assert path.exists()
        with pytest.raises(Locked), run_lock(home, "default"):
            pass
