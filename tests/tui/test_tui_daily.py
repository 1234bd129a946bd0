"""The page of the daily run: proposal, test, installation, removal; nothing is installed on the sandbox."""

import re
import threading
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from wizard_driver import driving, environment, sandbox, wizard

from alleo_onboard.domain.cadence import cadence, next_runs
from alleo_onboard.domain.errors import NoScheduler, NotReady
from alleo_onboard.tui.screens import daily
from alleo_onboard.tui.screens.ask import Ask
from alleo_onboard.usecases.schedule import install as schedule
from alleo_onboard.usecases.schedule import propose
from alleo_onboard.usecases.schedule.health import Health, Symptom
from alleo_onboard.usecases.schedule.record import Installed, LastRun
from alleo_onboard.usecases.sitting import daily as sitting_daily

WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _one_machine(monkeypatch):
    """Makes every machine look like one with systemd. Preparing a schedule writes nothing."""
    real = schedule.prepare

    def prepare(setup, wish, environ):
        return replace(real(setup, replace(wish, using=schedule.Using.SYSTEMD), environ, WHEN), obstacle="")

    monkeypatch.setattr(schedule, "prepare", prepare)
    monkeypatch.setattr(daily, "_TYPING", 0.0)


class Machine:
    """Replaces this machine: remembers what was installed."""

    def __init__(self, monkeypatch, refusal=""):
        self.there, self.prepared, self.refusal = None, None, refusal
        monkeypatch.setattr(schedule, "install", self.install)
        monkeypatch.setattr(schedule, "remove", self.remove)
        monkeypatch.setattr(sitting_daily, "health", self.health)

    def install(self, prepared):
        if self.refusal:
            raise NotReady(self.refusal)
        self.prepared, job = prepared, prepared.job
        at, zone = job.cadence.written, job.cadence.zone
        self.there = Installed(job.id, prepared.mechanism.using, job.way, at, zone, WHEN, job.command, job.environment)
        return schedule.Done(True, prepared)

    def remove(self, _setups, _profile):
        gone, self.there = (self.there.id,) if self.there else (), None
        return gone

    def health(self, _home, profile):
        if self.there is None:
            return Health(profile, None, None)
        last = LastRun(WHEN, WHEN, 8, "2 changes failed.", failures=1)
        runs = next_runs(cadence(self.there.at, self.there.zone), WHEN)
        return Health(profile, self.there, last, runs, symptoms=(Symptom.FAILED,))


@asynccontextmanager
async def at_daily(home, *, real, size=(80, 24)):
    with sandbox() as box:
        app = wizard(environment(box, home))
        app.setups.is_sandbox = lambda _setup: not real
        async with driving(app, size) as person:
            app.screen.action_daily()
            await person.settled()
            yield person


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_on_the_sandbox_it_is_shown_and_not_done(tmp_path, monkeypatch, size):
    machine = Machine(monkeypatch)
    async with at_daily(tmp_path, real=False, size=size) as person:
        assert "Nothing runs by itself yet." in person.text
        assert "Mon 2026-03-02" not in person.said("#proposal")
        assert len(re.findall(r"^  \w{3} 2026-03-0\d 06:30 CET$", person.said("#proposal"), re.MULTILINE)) == 5
        assert not person.app.screen.query_one("#install").display
        await person.keys("i")
        assert machine.there is None
        await person.click("#written")
        told = person.said("#proposal")
        assert "OnCalendar=" in told
        assert "sync" in told
        await person.keys("escape")
        assert person.app.screen is person.app._here


async def test_what_was_proposed_before_the_last_key_is_not_installed(tmp_path, monkeypatch):
    Machine(monkeypatch)
    async with at_daily(tmp_path, real=True) as person:
        screen = person.app.screen
        assert screen.check_action("install", ())
        monkeypatch.setattr(daily, "_TYPING", 3600.0)  # the new proposal is not there yet
        screen.query_one("#at").value = "07:00"
        await person.pilot.pause()
        assert not screen.check_action("install", ())
        assert not screen.query_one("#install").display


async def test_times_are_thought_through_while_they_are_typed(tmp_path, monkeypatch):
    Machine(monkeypatch)
    async with at_daily(tmp_path, real=True) as person:
        screen = person.app.screen
        screen.query_one("#at").value = "02:30,20:30"
        await person.settled()
        assert "02:30 does not exist on 2026-03-29" in " ".join(person.said("#proposal").split())
        screen.query_one("#at").value = "25:00"
        await person.settled()
        assert "is not a time of day" in person.said("#refusal")
        assert not screen.query_one("#install").display
        screen.query_one("#at").value = "07:00"
        screen.query_one("#zone").value = "Asia/Tokyo"
        await person.settled()
        assert "07:00 JST" in person.said("#proposal")
        assert not screen.query("#refusal")


async def test_it_is_installed_and_taken_away_with_keys(tmp_path, monkeypatch):
    machine = Machine(monkeypatch)
    async with at_daily(tmp_path, real=True) as person:
        person.app.screen.query_one("#way").choose(schedule.Way.ENV_FILE)
        await person.settled()
        await person.keys("i")
        assert machine.prepared.job.way is schedule.Way.ENV_FILE
        assert machine.prepared.setup.client_secret
        assert "The secrets were found the way the run will look for them" in " ".join(person.said("#done").split())
        state = " ".join(person.said("#state").split())
        assert "Every day at 06:30 (Europe/Amsterdam) with systemd" in state
        assert "2 changes failed" in state
        assert "The last run failed" in state
        await person.keys("u")
        assert isinstance(person.app.screen, Ask)
        await person.keys("n")
        assert machine.there
        await person.keys("u", "y")
        assert machine.there is None
        assert person.said("#done") == "✓ Removed."


async def test_it_is_installed_and_taken_away_with_the_mouse(tmp_path, monkeypatch):
    machine = Machine(monkeypatch)
    async with at_daily(tmp_path, real=True) as person:
        await person.click("#install")
        assert machine.there
        await person.click("#remove")
        await person.click("#yes")
        assert machine.there is None
        await person.click("#close")
        assert person.app.screen is person.app._here


async def test_what_was_begun_is_neither_begun_again_nor_left(tmp_path, monkeypatch):
    machine, gate, begun = Machine(monkeypatch), threading.Event(), []

    def install(prepared):
        begun.append(prepared)
        assert gate.wait(30)
        return machine.install(prepared)

    monkeypatch.setattr(schedule, "install", install)
    async with at_daily(tmp_path, real=True) as person:
        screen = person.app.screen
        await person.pilot.press("i", "i", "escape", "b")
        assert person.app.screen is screen
        assert not screen.query_one("#install").display
        assert all(screen.query_one(f"#{field}").is_disabled for field in ("at", "zone", "way"))
        gate.set()
        await person.settled()
        assert len(begun) == 1
        assert "✓ Installed." in person.said("#done")
        await person.keys("escape")
        assert person.app.screen is person.app._here


async def test_what_is_installed_on_the_sandbox_can_be_taken_away(tmp_path, monkeypatch):
    """`schedule install` works on the sandbox too, so the wizard must be able to remove it."""
    machine = Machine(monkeypatch)
    async with at_daily(tmp_path, real=True) as person:
        await person.keys("i", "escape")
        person.app.setups.is_sandbox = lambda _setup: True
        person.app.screen.action_daily()
        await person.settled()
        assert not person.app.screen.query_one("#install").display
        await person.keys("u", "y")
        assert machine.there is None
        assert "nothing is installed" in person.said("#done")


async def test_a_refusal_says_what_would_work(tmp_path, monkeypatch):
    machine = Machine(monkeypatch, "Not installed: the keyring is locked.")
    async with at_daily(tmp_path, real=True) as person:
        await person.keys("i")
        assert "the keyring is locked" in person.said("#trouble")
        assert machine.there is None
        assert person.app.screen.query_one("#install").display


async def test_connect_tells_how_the_daily_run_does(tmp_path, monkeypatch):
    there = Installed("x", schedule.Using.SYSTEMD, schedule.Way.KEYRING, "06:30", "Europe/Amsterdam", WHEN, (), ())
    last = LastRun(WHEN, WHEN, 0, "27 accounts created.")
    found = Health("default", there, last, next_runs(there.cadence, WHEN))
    with sandbox() as box:
        for shown, words in (
            (found, "27 accounts created. Next: Tue 2026-03-03 06:30 CET."),
            (replace(found, symptoms=(Symptom.MISSED,), missed=(WHEN, WHEN)), "! Last daily run"),
        ):
            monkeypatch.setattr("alleo_onboard.usecases.support.last_run.health", lambda *_args, told=shown: told)
            async with driving(wizard(environment(box, tmp_path))) as person:
                assert words in " ".join(person.said("#last").split())


async def test_where_nothing_starts_programs_it_says_what_to_do_instead(tmp_path, monkeypatch):
    real = propose.prepare

    def prepare(setup, wish, environ):
        if wish.using is None or wish.using is schedule.Using.SYSTEMD:
            raise NoScheduler("Nothing on this machine starts programs every day.")
        return real(setup, wish, environ)

    monkeypatch.setattr(schedule, "prepare", prepare)
    with sandbox(people=3) as box:
        async with driving(wizard(environment(box, tmp_path), live=True), (100, 30)) as person:
            await person.keys("d")
            told = str(person.app.screen.query_one("#proposal").render())
            assert told.startswith("! Nothing on this machine starts programs every day.")
            assert "1. On another computer, which is on every day" in told
            assert "have it run alleo-onboard sync --yes --scheduled every day" in told
            assert not person.app.screen.query_one("#install").display
            await person.keys("v")
            assert "kind: CronJob" in str(person.app.screen.query_one("#proposal").render())
