"""The history page: runs, and the people of one run with values before and after."""

import asyncio
import csv
import json
from dataclasses import replace
from datetime import UTC
from types import SimpleNamespace

import httpx
import pytest
from rich.cells import cell_len
from wizard_driver import at_run, driving, environment, sandbox, wizard

from alleo_onboard.store.ledger import Ledger
from alleo_onboard.tui.screens import undo as screens
from alleo_onboard.tui.screens.history import HistoryScreen
from alleo_onboard.tui.screens.undo import UndoScreen
from alleo_onboard.tui.widgets.run_list import RunList, heads
from alleo_onboard.usecases.schedule.health import health
from alleo_onboard.usecases.setups.resolve import Setups
from alleo_onboard.usecases.support import history


async def test_runs_are_listed_with_what_they_changed(tmp_path):
    with sandbox(people=12) as box:
        environ = environment(box, tmp_path)
        app = at_run(environ)
        async with driving(app, (120, 40)) as person:
            await person.keys("g")
            one = app.screen.offer.plan.changes[0]
            await person.keys("h")
            assert isinstance(app.screen, HistoryScreen)
            (run,) = app.screen.query_one(RunList).shown
            seen = person.said("#changes")
            assert run.id in seen
            assert one.name in seen
            assert one.new["email"] in seen
            assert f"To take it back: alleo-onboard undo {run.id}" in seen
            assert str(one.new["birthday"]) not in seen
            assert run.version in person.text
            assert f"@{run.host}" in person.text
            before = person.text
            await person.keys("space")
            assert person.text != before
            await person.keys("backspace")
            assert person.text == before
            await person.keys("escape")
            assert app.screen is app._here
            await person.keys("h")
            assert isinstance(app.screen, HistoryScreen)
            await person.click("#close")
        async with driving(wizard(environ)) as person:
            await person.keys("ctrl+p", *"history", "enter")
            assert isinstance(person.app.screen, HistoryScreen)
            assert run.id in person.said("#changes")


@pytest.mark.parametrize("width", [56, 76, 116])
def test_a_run_has_one_line(width):
    """The version is left out if there is no room."""
    assert cell_len(heads(width, (), UTC).plain) <= width
    assert ("Version" in heads(width, (), UTC).plain) is (width > 100)


async def test_without_runs_it_says_so_and_makes_no_ledger(tmp_path):
    with sandbox() as box:
        app = wizard(environment(box, tmp_path))
        async with driving(app, (120, 40)) as person:
            app.screen.action_history()
            await person.settled()
            assert "Nothing was done yet" in person.text
            await person.keys("question_mark")
            assert "Dates of birth are never kept" in person.words
    assert not list(tmp_path.rglob("*.sqlite*"))


async def test_connect_tells_the_last_run(tmp_path):
    with sandbox(people=5) as box:
        environ = environment(box, tmp_path)
        async with driving(wizard(environ)) as person:
            assert not person.app.screen.query_one("#last").display
        async with driving(at_run(environ)) as person:
            await person.keys("g", "b", "b", "b", "b")
            assert "Last run: " in person.said("#last")
            assert "0 failed." in person.said("#last")


async def test_what_happened_to_one_person_is_found_and_a_run_is_taken_back(tmp_path):
    with sandbox(people=12) as box:
        app = at_run(environment(box, tmp_path))
        async with driving(app, (120, 40)) as person:
            await person.keys("g")
            one = app.screen.offer.plan.changes[0]
            n = len(app.screen.offer.plan.changes)
            await person.keys("h")
            assert f"{n} accounts created" in person.said("#changes")
            await person.keys("slash")
            await person.paste(one.name)
            await person.settled()
            assert one.new["email"] in person.said("#changes")
            assert person.said("#changes").count("new account") == 1
            app.focused.value = "nobody at all"
            await person.settled()
            assert "Nothing was ever done for nobody at all" in person.said("#changes")
            await person.keys("escape", "u")
            assert isinstance(app.screen, UndoScreen)
            assert f"would switch {n} accounts off" in person.said("#sentence")
            assert "The next sync makes these changes again" in person.said("#detail")
            assert not app.screen.query_one("#hold").display
            await person.keys("g")
            assert all(a["active"] for a in box.scim.accounts)
            assert f"If it is right, type {n}." in " ".join(person.said("#sentence").split())
            person.golden("undo")
            await person.keys("1", "enter")
            assert f"Type {n}, or leave it" in person.said("#refusal")
            await person.keys("backspace", *str(n), "enter", "enter")
            assert f"{n} accounts switched off" in person.said("#sentence")
            assert not any(a["active"] for a in box.scim.accounts)
            await person.keys("escape")
            undone, _sync = app.screen.query_one(RunList).shown
            assert undone.purpose == "undo"


def switched_off(box):
    """Somebody at Alleo switches the first account off."""
    at, change = box.addresses, {"op": "replace", "path": "active", "value": False}
    told = httpx.patch(
        f"{at.scim_url}/Users/{box.scim.accounts[0]['id']}",
        headers={"Authorization": f"Bearer {at.scim_token}"},
        json={"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [change]},
    )
    assert told.is_success, told.text


async def test_taking_back_offers_to_hold_the_daily_run(tmp_path, monkeypatch):
    """On yes the daily run is removed before anything is written, so that it cannot repeat the changes."""
    removed = []
    with sandbox(people=3) as box:
        app = at_run(environment(box, tmp_path))
        async with driving(app) as person:
            await person.keys("g", "h")
            found = health(app.sitting.setup.home, app.sitting.setup.profile.name)
            monkeypatch.setattr(screens, "health", lambda *_where: replace(found, installed=object()))

            def remove(_setups, name):
                assert sum(a["active"] for a in box.scim.accounts) == 2
                removed.append(name)
                return ("it",)

            monkeypatch.setattr(screens, "remove", remove)
            await person.keys("u")
            app.screen.query_one("#typed-offboard").value = "3"
            await person.settled()
            assert "● goes on, and makes these changes again" in person.said("#daily-run")
            app.set_focus(app.screen.query_one("#daily-run"))
            await person.keys("down")
            old = iter([True])
            monkeypatch.setattr("alleo_onboard.usecases.run.undo.outlived", lambda *_given: next(old, False))
            await asyncio.to_thread(switched_off, box)
            app.set_focus(None)
            await person.keys("g")
            assert "This plan was made too long ago" in person.words
            assert "The daily run is held." in person.words
            assert "would switch 2 accounts off" in person.words
            assert sum(a["active"] for a in box.scim.accounts) == 2
            monkeypatch.setattr(screens, "health", lambda *_where: replace(found, installed=None))
            app.screen.query_one("#typed-offboard").value = "2"
            await person.settled()
            app.set_focus(None)
            await person.keys("g")
            assert removed == [app.sitting.setup.profile.name]
            assert not any(a["active"] for a in box.scim.accounts)
            assert "The daily run is held." in person.words


async def test_the_history_is_saved_as_a_table_and_as_lines(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with sandbox(people=3) as box:
        app = at_run(environment(box, tmp_path / "home"))
        async with driving(app) as person:
            await person.keys("g", "h", "e", "enter")
            assert "3 changes are saved in alleo-history-default.csv." in person.said("#saved")
            await person.keys("down", "enter")
            person.golden("export-history")
    lines = [json.loads(line) for line in (tmp_path / "alleo-history-default.jsonl").read_text("utf-8").splitlines()]
    assert [line["change"] for line in lines] == ["onboard"] * 3
    with (tmp_path / "alleo-history-default.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["Name"] for row in rows} == {line["name"] for line in lines}
    emails = {row["Personio id"]: row["New value"] for row in rows if row["Field"] == "E-mail"}
    assert emails == {str(line["personio_id"]): line["fields"]["email"][1] for line in lines}


def test_an_address_that_no_change_tells_is_looked_for_by_name(tmp_path):
    setup = Setups({"ALLEO_ONBOARD_HOME": str(tmp_path)}).find()
    with Ledger.of(setup.home, setup.profile.name) as ledger:
        assert ledger is not None
        assert history.person(setup, "maud.bos@acme.example") == ()
    row = SimpleNamespace(change=SimpleNamespace(name="Maud van den Bos"))
    assert history._named_so(row, "Maud.Bos@acme.example")
    assert not history._named_so(row, "info@acme.example")
    assert not history._named_so(row, "maud.visser@acme.example")
