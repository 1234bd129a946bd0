"""The state of a schedule, from its records, at any time."""

from __future__ import annotations

import asyncio
import socket
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.domain.schedule import Using, Way
from alleo_onboard.net.clock import Clock
from alleo_onboard.store.paths import Home
from alleo_onboard.usecases.schedule import record
from alleo_onboard.usecases.schedule.health import Symptom, health
from alleo_onboard.usecases.schedule.propose import job_id
from alleo_onboard.usecases.schedule.unattended import Journal, wait_for_network

BEGAN = datetime(2026, 11, 2, 12, tzinfo=UTC)
THERE = record.Installed(
    "alleo-onboard-x-1", Using.KUBERNETES, Way.ENV_FILE, "06:30", "UTC", BEGAN, ("python",), (("A", "b"),)
)


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path, tmp_path)


def run(home, at: datetime, code: int | None):
    clock = count()
    with Journal(home, "x", lambda: at + timedelta(minutes=next(clock))) as journal:
        if code is not None:
            journal.end(code, "said")


def test_what_is_written_is_what_is_read(home):
    record.keep(home, "x", THERE)
    last = record.LastRun(BEGAN, BEGAN, 8, "é", "r", None, 3, 1)
    record.keep(home, "x", last)
    assert record.installed(home, "x") == THERE
    assert record.last_run(home, "x") == last


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"id": 1, "using": "at"}', "\x00"])
def test_a_damaged_record_is_no_record(home, text):
    for name in ("installed.json", "last.json"):
        record.write(home, "x", name, text)
    assert record.installed(home, "x") is record.last_run(home, "x") is None
    assert health(home, "x").installed is None


def test_a_schedule_on_time_is_well(home):
    record.keep(home, "x", THERE)
    run(home, datetime(2026, 11, 3, 6, 33, tzinfo=UTC), 0)
    found = health(home, "x", datetime(2026, 11, 4, 6, 40, tzinfo=UTC))
    assert found.well
    assert found.next == datetime(2026, 11, 5, 6, 30, tzinfo=UTC)
    assert len(found.runs) == 5


def test_missed_runs_are_counted_from_the_last_that_began(home):
    record.keep(home, "x", THERE)
    run(home, datetime(2026, 11, 3, 6, 33, tzinfo=UTC), 0)
    found = health(home, "x", datetime(2026, 11, 5, 12, tzinfo=UTC))
    assert [at.day for at in found.missed] == [4, 5]
    assert found.symptoms == (Symptom.MISSED,)


def test_before_its_first_time_nothing_is_missed(home):
    record.keep(home, "x", THERE)
    assert health(home, "x", BEGAN + timedelta(hours=3)).well


def test_days_without_a_success(home):
    record.keep(home, "x", THERE)
    for day in range(3, 8):
        run(home, datetime(2026, 11, day, 6, 31, tzinfo=UTC), 0 if day == 3 else 7)
    found = health(home, "x", datetime(2026, 11, 7, 6, 50, tzinfo=UTC))
    assert found.symptoms == (Symptom.FAILED, Symptom.STALE)
    assert found.last is not None
    assert (found.last.failures, found.last.last_success.day) == (4, 3)


def test_refused_once_may_be_chance_and_twice_is_not(home):
    for day, expected in ((3, (Symptom.FAILED,)), (4, (Symptom.FAILED, Symptom.CREDENTIAL))):
        run(home, datetime(2026, 11, day, 6, 31, tzinfo=UTC), 3)
        assert health(home, "x").symptoms == expected
    run(home, datetime(2026, 11, 5, 6, 31, tzinfo=UTC), 7)
    assert health(home, "x").symptoms == (Symptom.FAILED,)


def test_a_run_that_was_killed_is_seen_to_have_begun(home):
    run(home, datetime(2026, 11, 3, 6, 31, tzinfo=UTC), 0)
    run(home, datetime(2026, 11, 4, 6, 31, tzinfo=UTC), None)
    last = record.last_run(home, "x")
    assert last is not None
    assert (last.started.day, last.ended, last.exit, last.last_success.day) == (4, None, None, 3)
    assert health(home, "x", last.started + timedelta(hours=1)).well
    assert health(home, "x", last.started + timedelta(hours=6)).symptoms == (Symptom.FAILED,)


def test_a_schedule_that_somebody_took_away_by_hand(home, monkeypatch):
    monkeypatch.setenv("HOME", str(home.data))
    record.keep(home, "x", replace(THERE, using=Using.LAUNCHD))
    assert Symptom.GONE in health(home, "x", BEGAN).symptoms


def test_the_log_is_private_and_is_cut(home, monkeypatch):
    monkeypatch.setattr("alleo_onboard.usecases.schedule.unattended._LOG_BYTES", 2000)
    for _run in range(40):
        with Journal(home, "x") as journal:
            journal.write("a line\nwith \x1b[2J in it " + "x" * 200)
    logs = sorted(record.folder(home, "x").glob("run.log*"))
    assert [p.name for p in logs] == ["run.log", *(f"run.log.{n}" for n in range(1, 6))]
    assert all(stat.S_IMODE(p.stat().st_mode) == 0o600 and p.stat().st_size <= 2000 for p in logs)
    assert "\x1b" not in logs[0].read_text()


def test_ids_differ_for_every_profile_and_home_and_are_safe(tmp_path):
    homes = [Home(tmp_path / name, tmp_path / name) for name in "ab"]
    names = ["default", "Default", "Müller & Söhne".replace("&", "und"), "株式会社", "a" * 60, "x-"]
    ids = {job_id(home, name) for home in homes for name in names}
    assert len(ids) == 12
    assert all(len(one) <= 52 and one.isascii() and one == one.lower() and " " not in one for one in ids)


def test_the_network_is_waited_for_and_not_for_ever():
    """A port that starts to listen during the wait, and one that never does."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        slept: list[float] = []

        async def sleep(seconds: float) -> None:
            slept.append(seconds)
            if len(slept) == 3:
                listener.listen()

        asyncio.run(wait_for_network(url, 60, Clock(sleep=sleep, monotonic=lambda: sum(slept))))
        assert len(slept) == 3

    async def on(seconds: float) -> None:
        slept.append(seconds)

    slept.clear()
    with pytest.raises(Unreachable, match="127"):
        asyncio.run(wait_for_network(url, 60, Clock(sleep=on, monotonic=lambda: sum(slept))))
    assert 50 <= sum(slept) <= 60
