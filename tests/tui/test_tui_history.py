"""What was done so far, on the screen: runs, and for one of them every person with before and after."""

from types import SimpleNamespace

import pytest
from rich.cells import cell_len
from wizard_driver import at_run, driving, environment, sandbox, wizard

from alleo_onboard.store.ledger import Ledger
from alleo_onboard.tui.screens.history import HistoryScreen
from alleo_onboard.tui.widgets.run_list import RunList, heads
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
            await person.keys("j")
            assert person.text != before
            await person.keys("k")
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
    """The version is left out where there is no room for it."""
    assert cell_len(heads(width).plain) <= width
    assert ("Version" in heads(width).plain) is (width > 100)


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
            assert "Nothing was ever done here for nobody at all" in person.said("#changes")
            await person.keys("escape", "u")
            assert f"would switch {n} accounts off" in " ".join(
                str(app.screen.query_one(".paragraph").render()).split()
            )
            await person.keys("n")
            assert all(a["active"] for a in box.scim.accounts)


def test_an_address_that_no_change_tells_is_looked_for_by_name(tmp_path):
    setup = Setups({"ALLEO_ONBOARD_HOME": str(tmp_path)}).find()
    with Ledger.of(setup.home, setup.profile.name) as ledger:
        assert ledger is not None
        assert history.person(setup, "maud.bos@acme.example") == ()
    row = SimpleNamespace(change=SimpleNamespace(name="Maud van den Bos"))
    assert history._named_so(row, "Maud.Bos@acme.example")
    assert not history._named_so(row, "info@acme.example")
    assert not history._named_so(row, "maud.visser@acme.example")
