"""An old plan waiting for an answer is read again before the first write, and shown again if it changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import httpx
import pytest

from alleo_onboard.cli.commands import sync as command
from alleo_onboard.cli.commands import undo as undo_command
from alleo_onboard.usecases.preview.session import Session


class Desk:
    """A user at the terminal: answers after some minutes, in which something may happen."""

    def __init__(self, monkeypatch):
        self.now = datetime(2026, 11, 27, 10, tzinfo=UTC)
        self.answers = []
        monkeypatch.setattr(command, "can_ask", lambda: True)
        monkeypatch.setattr(command, "agreed", self.agreed)
        monkeypatch.setattr(command, "Session", partial(Session, now=lambda: self.now))

    async def agreed(self):
        minutes, meanwhile, yes = self.answers.pop(0)
        self.now += timedelta(minutes=minutes)
        meanwhile()
        return yes


@pytest.fixture
def desk(monkeypatch):
    return Desk(monkeypatch)


def nothing():
    pass


@pytest.fixture
def settled(cli, play, desk):
    sandbox = play(people=12)
    desk.answers = [(0, nothing, True)]
    assert cli("sync").code == 0
    number = int(sandbox.scim.accounts[0]["externalId"])
    sandbox.personio.edit(number, last_name="Changed")
    sandbox.personio.requests.clear()
    return sandbox, number


def test_a_plan_answered_at_once_is_read_once(cli, settled, desk):
    sandbox, _number = settled
    desk.answers = [(14, nothing, True)]
    assert cli("sync", "--json").json["applied"] == {"update": 1}
    assert sum(r.path == "/v1/company/employees" for r in sandbox.personio.requests) == 1


@pytest.mark.parametrize("minutes", [15, 7 * 24 * 60, -3])
def test_an_old_plan_that_still_holds_is_read_again_and_done(cli, settled, desk, minutes):
    sandbox, _number = settled
    desk.answers = [(minutes, nothing, True)]
    done = cli("sync", "--json")
    assert done.json["applied"] == {"update": 1}
    assert sum(r.path == "/v1/company/employees" for r in sandbox.personio.requests) == 2


def test_an_old_plan_that_moved_is_shown_again(cli, settled, desk):
    sandbox, number = settled
    desk.answers = [(16, lambda: sandbox.personio.edit(number, last_name="Once More"), True), (0, nothing, True)]
    done = cli("sync", "--json")
    assert done.code == 0
    assert "made too long ago" in done.err
    assert done.err.count("This will update 1 account") == 2
    assert sandbox.scim.account(str(number))["name"]["familyName"] == "Once More"


def test_the_plan_that_is_shown_again_may_be_refused(cli, settled, desk):
    sandbox, number = settled
    before = sandbox.scim.accounts
    desk.answers = [(16, lambda: sandbox.personio.edit(number, status="inactive"), True), (0, nothing, False)]
    done = cli("sync")
    assert done.code == 0
    assert "Nothing was written." in done.err
    assert sandbox.scim.accounts == before


def test_the_next_day_is_too_late_whatever_the_minutes(cli, settled, desk):
    sandbox, number = settled
    desk.now = datetime(2026, 11, 27, 22, 55, tzinfo=UTC)  # 23:55 in Amsterdam
    leaves = datetime(2026, 11, 27, tzinfo=UTC).date()
    sandbox.personio.edit(number, termination_date=leaves)
    desk.answers = [(10, nothing, True), (0, nothing, True)]
    done = cli("sync", "--json")
    assert done.json["applied"] == {"offboard": 1}
    assert "made too long ago" in done.err


def test_a_saved_plan_that_moved_behind_the_question_is_refused(cli, settled, desk, tmp_path):
    sandbox, number = settled
    file = tmp_path / "plan.json"
    assert cli("preview", "--out", str(file)).code == 0
    desk.now = datetime.now(UTC)
    before = sandbox.scim.accounts
    desk.answers = [(16, lambda: sandbox.personio.edit(number, last_name="Once More"), True)]
    assert cli("sync", "--plan", str(file), "--json").code == 6
    assert sandbox.scim.accounts == before


@pytest.fixture
def undoing(cli, settled, desk, monkeypatch):
    """A run that changed one name, to be taken back at the terminal."""
    sandbox, number = settled
    monkeypatch.setattr(undo_command, "can_ask", lambda: True)
    monkeypatch.setattr(undo_command, "agreed", desk.agreed)
    monkeypatch.setattr(undo_command, "Session", partial(Session, now=lambda: desk.now))
    desk.answers = [(0, nothing, True)]
    assert cli("sync").code == 0
    return sandbox, number


def rename(sandbox, number):
    """Somebody at Alleo gives this person another name."""
    at, account = sandbox.addresses, sandbox.scim.account(str(number))
    change = {"op": "replace", "path": "name.familyName", "value": "Elsewhere"}
    told = httpx.patch(
        f"{at.scim_url}/Users/{account['id']}",
        headers={"Authorization": f"Bearer {at.scim_token}"},
        json={"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [change]},
    )
    assert told.is_success, told.text


def test_an_old_undo_that_moved_is_shown_again(cli, undoing, desk):
    sandbox, number = undoing
    desk.answers = [(16, lambda: rename(sandbox, number), True)]
    done = cli("undo", "last", "--json")
    assert done.code == 0
    assert "made too long ago" in done.err
    assert "was changed since" in done.err  # what somebody else wrote meanwhile is told, and stays
    assert sandbox.scim.account(str(number))["name"]["familyName"] == "Elsewhere"
    assert done.json["digest"].startswith("sha256:")


def test_an_undo_of_yesterday_is_read_again(cli, undoing, desk):
    sandbox, number = undoing
    desk.now = datetime(2026, 11, 27, 22, 55, tzinfo=UTC)  # 23:55 in Amsterdam
    desk.answers = [(10, lambda: rename(sandbox, number), True)]
    assert "made too long ago" in cli("undo", "last").err


def test_the_guard_of_an_undo_stands_before_the_question(cli, undoing, desk):
    desk.answers = []
    done = cli("undo", cli("runs", "list", "--json").json["runs"][-1]["run"])
    assert done.code == 5
    assert "--allow-offboard" in done.err
