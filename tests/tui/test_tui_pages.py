"""Every page of the wizard in each language: nothing is cut in silence, and what it looks like is kept and was read."""

from __future__ import annotations

import pkgutil
from dataclasses import replace
from importlib import import_module
from itertools import count

import pytest
from kept_screens import Walk
from still_clock import still
from thorough import THOROUGH
from wizard_driver import NOW, at_run, driving, environment, sandbox, wizard

from alleo_onboard.locale import settle
from alleo_onboard.sandbox.onetime import vault
from alleo_onboard.tui import screens
from alleo_onboard.usecases.schedule import install as schedule

# Every page in each language: at these sizes, and in a thorough run at all five.
SIZES = ((60, 18), (80, 24), (100, 30), (120, 40), (200, 60))
USUAL = {"en": ((80, 24),), "nl": ((60, 18), (80, 24)), "de": ((60, 18), (80, 24))}


@pytest.fixture(params=USUAL)
def walk(request, monkeypatch, tmp_path):
    """A walk in one language, on a machine and at a time that are the same everywhere."""
    for room in pkgutil.iter_modules(screens.__path__):
        import_module(f"{screens.__name__}.{room.name}")
    still(monkeypatch, NOW)
    numbers = count(1)
    monkeypatch.setattr(vault, "_key", lambda: f"{next(numbers):0>62}")
    monkeypatch.setattr("platform.node", lambda: "laptop")
    monkeypatch.setattr("alleo_onboard.usecases.handover.send.gethostname", lambda: "laptop")
    monkeypatch.setattr("getpass.getuser", lambda: "anna")
    real = schedule.prepare

    def prepare(setup, wish, environ):
        return replace(real(setup, replace(wish, using=schedule.Using.SYSTEMD), environ, NOW), obstacle="")

    monkeypatch.setattr(schedule, "prepare", prepare)
    monkeypatch.chdir(tmp_path)
    settle(request.param)
    return Walk(request.param, SIZES if THOROUGH else USUAL[request.param])


async def test_every_page_is_whole_and_looks_as_it_was_read(walk, tmp_path):
    with sandbox("forgotten-attributes") as box:
        box.onetime.now = NOW.timestamp
        await _to_handed_over(walk, box, tmp_path / "first")
    with sandbox("mass-leave", 60) as box:
        await _to_run(walk, box, tmp_path / "second")
    walk.compare()
    assert walk.faults == []


async def _to_handed_over(walk, box, home):
    app = wizard(environment(box, home, bare=True), from_start=True)
    async with driving(app) as person:
        await walk.look(person, "start")
        await person.keys("down", "enter")
        await walk.look(person, "receive")
        await person.keys("escape", "escape", "up", "enter")
        await walk.look(person, "connect")
        await person.paste(box.addresses.client_id)
        await person.keys("enter")
        await person.paste(box.addresses.client_secret)
        await person.keys("enter")
        await walk.look(person, "connected")
        await person.keys("n")
        await walk.look(person, "check-finding")
        await person.keys("1")
        await walk.look(person, "recipe")
        await person.keys("escape")
        box.personio.set_readable(frozenset(a.key for a in box.personio.attributes))
        await person.keys("r")
        await walk.look(person, "check")
        await person.keys("n")
        await walk.look(person, "preview")
        await person.keys("down", "enter")
        await walk.look(person, "person")
        await person.keys("escape", "e")
        await walk.look(person, "export")
        await person.keys("escape", "equals_sign")
        await walk.look(person, "compare")
        await person.keys("escape", "escape", "question_mark")
        await walk.look(person, "help")
        await person.keys("escape", "ctrl+p")
        await walk.look(person, "palette")
        await person.keys("escape", "n")
        await walk.look(person, "delivery")
        app.screen.query_one("#set-server").value = box.addresses.onetime_url
        await person.keys("t")
        await walk.look(person, "delivery-tested")
        await person.keys("n")
        await walk.look(person, "handover")
        await person.keys("g")
        await walk.look(person, "handover-sent")
        await person.keys("o")
        await walk.look(person, "handover-opened")
        await person.keys("m", "enter", "h")
        await walk.look(person, "history-handover")
        await person.keys("escape", "d")
        await walk.look(person, "daily-watch")
        await person.keys("escape", *"bbbbb")
        await walk.look(person, "start-again")


async def _to_run(walk, box, home):
    app = at_run(environment(box, home))
    async with driving(app) as person:
        await walk.look(person, "run-guard")
        await person.keys("escape", "b")
        await walk.look(person, "delivery-scim")
        await person.keys("n", *"25")
        await walk.look(person, "run")
        await person.keys("enter", "enter")
        await walk.look(person, "run-done")
        await person.keys("h")
        await walk.look(person, "history")
        await person.keys("slash", *"brandt")
        await walk.look(person, "history-person")
        await person.keys("escape", "u")
        await walk.look(person, "undo")
        await person.keys("escape", "escape", "d")
        await walk.look(person, "daily")
