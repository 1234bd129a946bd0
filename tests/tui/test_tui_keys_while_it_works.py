"""While a page works, any key may be pressed: nothing is lost, nothing is done twice, nothing crashes."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import kept_keyring
import pytest
from wizard_driver import at_run, driving, environment, sandbox, wizard

from alleo_onboard.domain.handover import State as Handed
from alleo_onboard.domain.letter import Letter
from alleo_onboard.domain.secret import Secret
from alleo_onboard.presentation.pages.recipe import Made
from alleo_onboard.tui.screens.compare import CompareScreen
from alleo_onboard.tui.screens.daily import DailyScreen
from alleo_onboard.tui.screens.export import ExportHistoryScreen, ExportScreen
from alleo_onboard.tui.screens.history import HistoryScreen
from alleo_onboard.tui.screens.receive import ReceiveScreen
from alleo_onboard.tui.screens.recipe import RecipeScreen
from alleo_onboard.tui.screens.work import Working
from alleo_onboard.usecases.handover.made_up import with_sandbox_service
from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import Step

ANY = ("escape", "b", "n", "h", "d", "x", "L", "r", "ctrl+p", "escape", "question_mark", "escape")


class Gate:
    """Work of every page stops before its end while the gate is closed."""

    def __init__(self, monkeypatch):
        self.open, self.waits, real = asyncio.Event(), asyncio.Event(), Working.start
        self.open.set()

        def start(page, job, busy="", **more):
            async def slow():
                try:
                    await job()
                finally:
                    if not self.open.is_set():
                        self.waits.set()
                        await self.open.wait()

            real(page, slow, busy, **more)

        monkeypatch.setattr(Working, "start", start)

    @asynccontextmanager
    async def closed(self, person, *keys):
        """Presses `keys`, of which the last begins the work, and opens the gate after the block."""
        for key in keys[:-1]:
            await person.keys(key)
        self.open.clear()
        self.waits.clear()
        for key in keys[-1:]:
            await person.pilot.press(key)
        await asyncio.wait_for(self.waits.wait(), 30)
        yield
        self.open.set()
        await person.settled()


@pytest.fixture
def gate(monkeypatch):
    return Gate(monkeypatch)


async def pressed(person, *keys):
    for key in keys:
        await person.pilot.press(key)
        await person.pilot.pause()
    for size in ((60, 18), (120, 40), (80, 24)):
        await person.pilot.resize_terminal(*size)


def at(step, environ):
    app = wizard(environ)
    app.sitting.state = State(step, {}, frozenset(Step) - {Step.RUN})
    return app


@pytest.mark.parametrize(
    ("step", "key"),
    [(Step.CONNECT, "t"), (Step.CHECK, "r"), (Step.PREVIEW, "r"), (Step.DELIVERY, "t"), (Step.RUN, "r")],
)
async def test_a_step_that_reads(tmp_path, gate, step, key):
    with sandbox() as box:
        app = at(step, environment(box, tmp_path))
        async with driving(app) as person:
            async with gate.closed(person, key):
                await pressed(person, key, *ANY)
            while len(app.screen_stack) > 1 and not isinstance(app.screen, Working):
                await person.keys("escape")
            assert app.is_running
            assert not app.screen.locked
            await person.keys("q")
            assert not app.is_running


PAGES = {
    "recipe": (lambda: RecipeScreen(Made.ALLEO_FIELD), "r"),
    "history": (HistoryScreen, "r"),
    "daily": (DailyScreen, "r"),
}


@pytest.mark.parametrize("page", PAGES)
async def test_a_side_page_that_reads(tmp_path, gate, page):
    made, key = PAGES[page]
    with sandbox() as box:
        app = at_run(environment(box, tmp_path))
        async with driving(app) as person:
            app.push_screen(made())
            await person.settled()
            async with gate.closed(person, key):
                await pressed(person, key, *ANY)
            assert app.is_running
            assert all(not one.locked for one in app.screen_stack if isinstance(one, Working))


@pytest.mark.parametrize("keys", [ANY, ("q",), ("ctrl+c",), ("enter", "enter")])
async def test_a_file_is_written_once_and_the_page_stays_until_then(tmp_path, monkeypatch, gate, keys):
    monkeypatch.chdir(tmp_path)
    with sandbox() as box:
        app = at_run(environment(box, tmp_path / "home"))
        async with driving(app) as person:
            for page in (ExportScreen(), ExportHistoryScreen()):
                app.push_screen(page)
                await person.settled()
                async with gate.closed(person, "enter"):
                    await pressed(person, *keys)
                    assert page.locked
                    assert page in app.screen_stack
                assert app.is_running
                while app.screen is not page:
                    await person.keys("escape")
                await person.keys("escape")
                assert page not in app.screen_stack
            assert len([one for one in tmp_path.iterdir() if one.is_file()]) == 2


@pytest.mark.parametrize("keys", [ANY, ("q",), ("ctrl+c",), ("g", "g"), ("u",)])
async def test_a_hand_over(tmp_path, gate, keys):
    with sandbox() as box:
        given = {n: v for n, v in environment(box, tmp_path).items() if not n.startswith("ALLEO_SCIM")}
        app = at_run(given)
        app.sitting.use(with_sandbox_service(app.sitting.setup, box.addresses.onetime_url))
        async with driving(app) as person:
            page = app.screen
            async with gate.closed(person, "g"):
                await pressed(person, *keys)
                assert page.locked
            assert len(box.onetime.items) == 1
            assert page.sent is not None
            assert page.followed.state is Handed.WAITING
            async with gate.closed(person, *(["escape"] if app.screen is not page else []), "u"):
                await pressed(person, *keys)
                assert page.locked
            assert page.followed.state is Handed.WITHDRAWN


@pytest.mark.parametrize("keys", [ANY, ("g", "g"), ("tab", "enter")])
async def test_a_credential_taken_over(tmp_path, monkeypatch, gate, keys):
    ring = tmp_path / "ring.json"
    monkeypatch.setenv("KEPT_KEYRING", str(ring))
    monkeypatch.setattr("keyring.get_keyring", kept_keyring.Keyring)
    with sandbox() as box:
        text = Letter(box.addresses.client_id, Secret(box.addresses.client_secret)).text()
        item = box.onetime.keep(text, "six words", 600, None)
        app = wizard(environment(box, tmp_path, bare=True), from_start=True)
        async with driving(app) as person:
            await person.keys("down", "enter")
            page = app.screen
            assert isinstance(page, ReceiveScreen)
            page.query_one("#link").value = f"{box.addresses.onetime_url}/secret/{item.secret}"
            page.query_one("#passphrase").value = "six words"
            app.set_focus(None)
            async with gate.closed(person, "g"):
                await pressed(person, *keys)
            assert app.is_running
            assert box.addresses.client_secret in ring.read_text()
            assert app.sitting.setup.has_credential
            assert app.setups.names() == ("default",)


@pytest.mark.parametrize("keys", [("n",), ("n", "n"), ("b",), ("escape",)])
async def test_the_name_and_the_delivery_are_saved_whatever_is_pressed(tmp_path, monkeypatch, gate, keys):
    with sandbox() as box:
        app = wizard({**environment(box, tmp_path, bare=True)})
        async with driving(app) as person:
            await person.paste(box.addresses.client_id)
            await person.keys("enter")
            await person.paste(box.addresses.client_secret)
            await person.keys("enter")
            async with gate.closed(person, "n"):
                await pressed(person, *keys)
            assert app.sitting.setup.saved
            assert app.setups.names() == ("Polderwerk",)
            assert app.is_running


async def test_a_comparison(tmp_path, gate):
    file = tmp_path / "alleo.csv"
    file.write_text("email,first name,last name\nx@y.example,X,Y\n")
    with sandbox() as box:
        app = at_run(environment(box, tmp_path))
        async with driving(app) as person:
            app.push_screen(CompareScreen())
            await person.settled()
            app.screen.query_one("#file").value = str(file)
            async with gate.closed(person, "enter"):
                await pressed(person, "enter", "escape", *ANY)
            assert app.is_running


async def test_a_closed_terminal_waits_for_what_must_end(tmp_path, monkeypatch, gate):
    monkeypatch.chdir(tmp_path)
    with sandbox() as box:
        app = at_run(environment(box, tmp_path / "home"))
        async with driving(app) as person:
            app.push_screen(ExportScreen())
            await person.settled()
            async with gate.closed(person, "enter"):
                app._told_to_end()
                await person.pilot.pause()
                assert app.is_running
            assert not app.is_running
        assert len([one for one in tmp_path.iterdir() if one.is_file()]) == 1
