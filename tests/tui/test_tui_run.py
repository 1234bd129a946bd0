"""The run page: the guard, stopping, failures and leaving during a run."""

import asyncio
import threading

import pytest
from wizard_driver import at_run, driving, environment, sandbox

from alleo_onboard.domain.change import Kind
from alleo_onboard.sandbox.people import MONTHLY_ALL_KEY, ONEOFF_ALL_KEY
from alleo_onboard.tui.screens import run
from alleo_onboard.tui.screens.ask import Ask
from alleo_onboard.tui.screens.run_phases import Phase
from alleo_onboard.usecases.run.typed import Typed
from alleo_onboard.usecases.setups.resolve import Setups
from alleo_onboard.wizard.steps import Step


async def until(person, holds):
    """Lets the app run until `true()`; a sync may run meanwhile."""
    async with asyncio.timeout(20):
        while not holds():
            await person.pilot.pause()


async def test_the_guard_wants_the_number_typed(tmp_path):
    with sandbox("mass-leave", 60) as box:
        app = at_run(environment(box, tmp_path))
        async with driving(app) as person:
            screen = app.screen
            number = str(screen.offer.preview.plan.guard.offboard)
            await person.keys("1", "enter")
            assert f"Type {number}, or leave it" in person.said("#refusal")
            await person.keys("backspace")
            assert not screen.query("#refusal")
            assert f"If it is right, type {number}." in person.said("#sentence")
            person.golden("run-guard")
            await person.keys("escape", "v")
            assert app.sitting.state.at is Step.PREVIEW
            assert len(app.screen.table.view) == int(number)
            assert {p.change.kind for p in map(app.screen.table.view.person, range(int(number)))} == {Kind.OFFBOARD}
            await person.keys("n", "n")
            await person.click("#see")
            assert app.sitting.state.at is Step.PREVIEW
            await person.keys("n", "n")
            await person.keys("1", "enter")
            assert not screen.check_action("start_run", ())
            app.screen.query_one("#typed-offboard").value = ""
            app.set_focus(app.screen.query_one("#typed-offboard"))
            await person.keys(*number, "enter", "enter")
            assert screen.phase is Phase.ENDED
            assert f"{number} accounts switched off" in person.said("#sentence")


async def test_what_the_check_asks_bars_the_run_and_is_asked_there_again(tmp_path):
    with sandbox("ready") as box:
        environ = environment(box, tmp_path)
        app = at_run(environ)
        async with driving(app) as person:
            await person.keys("g")
            assert app.screen.phase is Phase.READY
            assert "everyone who is employed would get Alleo: 31 people. Is that meant?" in " ".join(
                person.said("#sentence").split()
            )
            assert not app.screen.query_one("#start_run").display
            await person.click("#yes")
            assert Step.CHECK in app.sitting.state.proven
            await person.keys("g")
            assert app.screen.phase is Phase.ENDED
        assert Setups(environ).find().profile.everyone_confirmed


class Gate:
    """Holds the sandbox's answers: three changes pass (`method`: new accounts), the others wait until `opened`."""

    def __init__(self, box, method="POST"):
        self.passed, self.opened, self.method = 0, threading.Event(), method
        both = box._server.config.app
        self.inner, both._scim = both._scim, self

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http" and scope["method"] == self.method:
            self.passed += 1
            while self.passed > 3 and not self.opened.is_set():
                await asyncio.sleep(0.01)
        await self.inner(scope, receive, send)


async def under_way(app, person, gate):
    await person.pilot.press("g")
    await until(person, lambda: gate.passed > 3)


async def test_stopping_says_what_it_does_and_what_was_left(tmp_path):
    with sandbox() as box:
        gate, app = Gate(box), at_run(environment(box, tmp_path))
        async with driving(app) as person:
            await under_way(app, person, gate)
            screen = app.screen
            assert not screen.check_action("back", ())
            assert not screen.query_one("#back").display
            await person.pilot.press("p")
            await until(person, lambda: isinstance(app.screen, Ask))
            assert "3 of 27 changes are done and stay done" in str(app.screen.query_one(".paragraph").render())
            await person.pilot.press("y")
            gate.opened.set()
            await until(person, lambda: screen.phase is Phase.ENDED)
            assert screen.result.stopped
            assert screen.result.applied == {"onboard": 4}
            assert "23 changes were not begun" in person.said("#detail")
            assert app.sitting.state.found[Step.RUN].needs_you
            assert app.outcome == 8
            await person.keys("r", "g")
            assert screen.result.applied == {"onboard": 23}
        assert app.outcome == 0


async def test_leaving_while_a_run_is_under_way_asks_and_finishes_what_was_begun(tmp_path):
    with sandbox() as box:
        gate, app = Gate(box), at_run(environment(box, tmp_path))
        async with driving(app) as person:
            await under_way(app, person, gate)
            screen = app.screen
            await person.pilot.press("q")
            await until(person, lambda: isinstance(app.screen, Ask))
            await person.pilot.press("n")
            await until(person, lambda: app.screen is screen)
            assert screen.locked
            await person.pilot.press("ctrl+q")
            await until(person, lambda: isinstance(app.screen, Ask))
            await person.pilot.press("y")
            gate.opened.set()
            await until(person, lambda: not screen.locked)
        assert app.return_code == 130
        assert screen.result.applied == {"onboard": 4}


async def test_leaving_while_a_run_is_taken_back_asks_too(tmp_path):
    with sandbox(people=12) as box:
        app = at_run(environment(box, tmp_path))
        async with driving(app) as person:
            await person.keys("g", "h", "u")
            gate, screen = Gate(box, "PATCH"), app.screen
            screen.query_one("#typed-offboard").value = str(len(screen.offer.plan.changes))
            await person.settled()
            await person.pilot.press("enter", "enter")
            await until(person, lambda: gate.passed > 3)
            await person.pilot.press("q")
            await until(person, lambda: isinstance(app.screen, Ask))
            await person.pilot.press("y")
            gate.opened.set()
            await until(person, lambda: not screen.locked)
        assert app.return_code == 130
        assert screen.result.applied == {"offboard": 4}


async def test_failures_are_named_and_only_they_are_tried_again(tmp_path):
    with sandbox() as box:
        environ = environment(box, tmp_path)
        app = at_run(environ)
        async with driving(app) as person:
            screen = app.screen
            victims = screen.offer.preview.plan.changes[:2]
            both = box._server.config.app
            inner, both._scim = both._scim, refusing({c.new["email"] for c in victims}, both._scim)
            await person.keys("g")
            assert "2 failed" in person.said("#sentence")
            assert all(victim.name in person.said("#detail") for victim in victims)
            assert app.outcome == 8
            both._scim = inner
            await person.keys("t")
            assert "create 2 accounts" in person.said("#sentence")
            await person.keys("g")
            assert "✓ 2 accounts created." in person.said("#sentence")
            assert app.outcome == 0


def refusing(emails, inner):
    """Returns the SCIM app with a fault: it answers 400 to new accounts with these addresses."""

    async def answer(scope, receive, send):
        if scope["type"] != "http" or scope["method"] != "POST" or "/Users" not in scope["path"]:
            await inner(scope, receive, send)
            return
        message = await receive()
        if not any(email.encode() in message["body"] for email in emails):

            async def again():
                return message

            await inner(scope, again, send)
            return
        await send({"type": "http.response.start", "status": 400, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": b'{"detail": "not allowed here"}'})

    return answer


async def test_nothing_to_do_offers_no_start(tmp_path):
    with sandbox() as box:
        app = at_run(environment(box, tmp_path))
        async with driving(app) as person:
            await person.keys("g", "r")
            assert "there is nothing to do" in person.said("#sentence")
            assert not app.screen.query_one("#start_run").display
            await person.keys("g")
            assert app.screen.phase is Phase.READY


async def test_a_missing_attribute_bars_the_run_until_one_goes_on_without_it(tmp_path):
    with sandbox("forgotten-attributes") as box:
        app = at_run(environment(box, tmp_path))
        async with driving(app) as person:
            assert "Not readable: Birthday, Department" in person.said("#sentence")
            await person.keys("g")
            assert app.screen.phase is Phase.READY
            await person.keys("w")
            assert "Goes on without: Birthday, Department." in person.said("#sentence")
            assert "w Not without them" in person.text
            await person.click("#go_with")
            assert "Not readable: Birthday, Department" in person.said("#sentence")
            assert not app.screen.check_action("start_run", ())
            await person.keys("w", "g")
            assert app.screen.phase is Phase.ENDED


async def test_what_will_be_done_is_told_in_numbers_and_in_euros(tmp_path):
    with sandbox() as box:
        app = at_run(environment(box, tmp_path))
        async with driving(app) as person:
            told = [line for line in person.said("#detail").splitlines() if line]
            assert told[0].strip() == "27 new accounts"
            assert told[1].strip() == "Monthly budget: EUR 2,000.00 a month for 20 people"
            assert told[2].strip() == "One-off budget: EUR 525.45 once for 4 people"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("9" * 5000, None), ("1234", 1234), ("1,234", 1234), ("1.234", 1234), ("1.5", None), ("12,34", None), ("", None)],
)
def test_the_guards_number_may_be_typed_as_it_is_shown(typed, number):
    assert Typed(offboard=typed).consent.allow_offboard == number


async def test_the_field_that_a_run_pins_stays_pinned_when_the_set_up_is_used_on(tmp_path):
    with sandbox() as box:
        app = at_run(environment(box, tmp_path))
        async with driving(app) as person:
            await person.keys("g")
            await until(person, lambda: app.screen.phase is Phase.ENDED)
            pinned = app.sitting.session.setup.profile.selective_key
            assert pinned
            assert app.sitting.setup.profile.selective_key == pinned
            app.sitting.saved()
            assert app.sitting.session.setup.profile.selective_key == pinned


async def test_the_end_says_what_is_left_to_a_person(tmp_path):
    with sandbox("messy-data") as box:
        app = at_run(environment(box, tmp_path))
        async with driving(app) as person:
            assert "11 still to mend, 5 without their budget: see Preview." in person.said("#detail").replace("\n", " ")
            await person.keys("g")
            assert "11 still to mend, 5 without their budget" in person.said("#sentence").replace("\n", " ")


async def test_one_off_budgets_that_wait_are_asked_about(tmp_path):
    with sandbox(people=12) as box:
        environ = environment(box, tmp_path)
        for one in box.personio.people:
            box.personio.edit(one.id, custom={ONEOFF_ALL_KEY: None})
        app = at_run(environ)
        async with driving(app) as person:
            await person.keys("g")
        two = [int(a["externalId"]) for a in box.scim.accounts if a["active"]][:2]
        for number in two:
            box.personio.edit(number, custom={ONEOFF_ALL_KEY: 250})
        for file in (tmp_path / "ledgers").iterdir():
            file.unlink()
        for key, sent in (("z", 0), ("y", 2)):
            app = at_run(environ)
            async with driving(app, (100, 40)) as person:
                asked = "2 one-off budgets (EUR 500.00) wait for your yes"
                assert asked in person.said("#sentence").replace("\n", " ")
                await person.keys(key)
                assert "wait for your yes" not in person.text
                assert len(app.screen.offer.plan.changes) == sent


async def test_where_nothing_starts_programs_every_day_that_is_said_before_one_looks_for_it(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "starts_daily", lambda: False)
    with sandbox(people=3) as box:
        async with driving(at_run(environment(box, tmp_path))) as person:
            await person.keys("g")
            assert "Nothing on this computer starts programs every day." in person.said("#later")


async def test_another_alleo_than_last_time_is_asked_about_and_yes_accepts_it(tmp_path):
    with sandbox(people=12) as box, sandbox(people=12) as other:
        environ = environment(box, tmp_path)
        async with driving(at_run(environ)) as person:
            await person.keys("g")
            assert person.app.screen.phase is Phase.ENDED
        elsewhere = {n: v for n, v in environment(other, tmp_path).items() if n.startswith("ALLEO_SCIM")}
        app = at_run(environ | elsewhere)
        async with driving(app) as person:
            told = " ".join(person.said("#sentence").split())
            assert box.addresses.scim_url in told
            assert other.addresses.scim_url in told
            assert "If it is meant, accept it (y)." in told
            await person.keys("g")
            assert app.screen.phase is Phase.READY
            assert other.scim.accounts == []
            await person.keys("y")
            assert "You accepted that." in " ".join(person.said("#sentence").split())
            await person.keys("g")
            assert app.screen.phase is Phase.ENDED
            assert other.scim.accounts


async def test_the_guard_of_the_money_wants_the_euros_typed(tmp_path):
    with sandbox(people=12) as box:
        environ = environment(box, tmp_path)
        for one in box.personio.people:
            box.personio.edit(one.id, custom={MONTHLY_ALL_KEY: 50, ONEOFF_ALL_KEY: None})
        async with driving(at_run(environ)) as person:
            await person.keys("g")
        for one in box.personio.people:
            box.personio.edit(one.id, custom={MONTHLY_ALL_KEY: 1050})
        app = at_run(environ)
        async with driving(app) as person:
            most = app.screen.offer.guard.money.most
            shown = f"{most:,.2f}"
            assert app.focused.id == "typed-budget"
            assert f"If it is right, type EUR {shown}." in " ".join(person.said("#sentence").split())
            await person.keys("1", "enter")
            assert f"Type EUR {shown}, or leave it" in person.said("#refusal")
            await person.keys("escape", "g")
            assert app.screen.phase is Phase.READY
            app.screen.query_one("#typed-budget").value = ""
            app.set_focus(app.screen.query_one("#typed-budget"))
            await person.keys(*str(int(most)), "enter", "enter")
            assert app.screen.phase is Phase.ENDED
            assert "accounts updated" in person.said("#sentence")


async def test_names_that_are_hidden_on_another_page_are_gone_from_the_list_of_what_was_done(tmp_path):
    with sandbox(people=12) as box:
        app = at_run(environment(box, tmp_path))
        async with driving(app) as person:
            await person.keys("g")
            screen = app.screen
            assert screen.phase is Phase.ENDED
            name = next(one.name for one in screen.offer.plan.people if one.change)
            assert name in person.text
            await person.keys("b", "x", "n")
            assert app.screen is screen
            assert name not in person.text
