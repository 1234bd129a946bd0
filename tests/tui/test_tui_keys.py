"""Keys have one meaning on every page; help works everywhere; one key hides names; nothing starts by accident."""

import pytest
from wizard_driver import at_run, driving, environment, sandbox, wizard

from alleo_onboard.tui.screens.daily import DailyScreen
from alleo_onboard.tui.screens.help import HelpScreen
from alleo_onboard.tui.screens.history import HistoryScreen
from alleo_onboard.tui.screens.run_phases import Phase
from alleo_onboard.wizard.steps import Step


async def test_the_same_keys_lead_to_history_daily_and_help_from_every_step_and_escape_leads_back(tmp_path):
    with sandbox(people=5) as box:
        app = wizard(environment(box, tmp_path))
        async with driving(app) as person:
            await person.keys("t")
            for step in Step:
                assert app.sitting.state.at is step
                for key, page in (
                    ("h", HistoryScreen),
                    ("d", DailyScreen),
                    ("question_mark", HelpScreen),
                    ("f1", HelpScreen),
                ):
                    await person.keys("escape" if step is Step.DELIVERY and app.screen.focused else "f24", key)
                    assert isinstance(app.screen, page)
                    await person.keys("escape")
                    assert app.screen is app._here
                if step is Step.DELIVERY:
                    await person.keys("t")
                if step is not Step.RUN:
                    await person.keys("n")
            for step in reversed(tuple(Step)):
                assert app.sitting.state.at is step
                await person.keys("escape")


async def test_help_is_reached_from_inside_a_field_and_shows_every_key_at_once(tmp_path):
    with sandbox() as box:
        app = wizard(environment(box, tmp_path, bare=True))
        async with driving(app) as person:
            field = app.screen.query_one("#client-id")
            app.set_focus(field)
            await person.settled()
            assert "Tab Fields" in person.text
            assert "F1 Help" in person.text or "? Help" in person.text
            await person.keys("question_mark")
            assert isinstance(app.screen, HelpScreen)
            for word in ("History", "Every day", "Hide names", "Quit", "Commands", "Next field"):
                assert word in person.text
            assert "Further down" not in person.text  # nothing scrolls here
            await person.keys("escape", *"a?b", "f1")
            assert isinstance(app.screen, HelpScreen)
            assert field.value == "a?b"


async def test_names_and_addresses_are_hidden_on_every_page_and_come_back(tmp_path):
    with sandbox(people=12) as box:
        app = wizard(environment(box, tmp_path))
        async with driving(app, (120, 40)) as person:
            await person.keys("t", "n", "n")
            people = app.sitting.preview.plan.people
            shown = {p.name for p in people} | {p.email for p in people}
            locals_ = {p.email.partition("@")[0] for p in people}
            assert any(name in person.text for name in shown)

            def hidden():
                return not [name for name in shown | locals_ if name in person.text]

            await person.keys("x")
            assert hidden()
            assert f"Person {app.screen.table.person.personio_id}" in person.text
            assert "•••@polderwerk.example" in person.text
            await person.keys("enter")
            assert hidden()
            await person.keys("escape", "n", "t", "n")
            await person.keys("g")
            assert "accounts created" in person.text
            assert hidden()
            await person.keys("h")
            assert hidden()
            await person.keys("x")
            assert not hidden()


async def test_on_the_real_alleo_nothing_one_arrives_with_starts_a_run(tmp_path):
    with sandbox(people=5) as box:
        app = at_run(environment(box, tmp_path), live=True)
        async with driving(app) as person:
            assert "LIVE" in person.text
            await person.keys("enter", "space", "s")
            assert app.screen.phase is Phase.READY
            assert app.focused is None
            await person.keys("g")
            assert app.screen.phase is Phase.ENDED


@pytest.mark.parametrize("typed", ["12abc34", "q1234"])
async def test_letters_in_a_number_field_are_no_keys(tmp_path, typed):
    with sandbox("mass-leave", 60) as box:
        app = at_run(environment(box, tmp_path))
        async with driving(app) as person:
            await person.keys(*typed)
            assert app.focused.value == "1234"
            await person.paste("\ntoken-q98")
            assert app.focused.value == "123498"
            assert app.is_running
