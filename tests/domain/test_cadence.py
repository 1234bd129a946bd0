"""Times, zones and clock changes, compared with systemd's own calendar."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.domain.cadence import (
    Cadence,
    CautionCode,
    cadence,
    cautions,
    due_between,
    next_runs,
    pickup_after,
    system_times,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ZONES = ["Europe/Amsterdam", "Europe/London", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "UTC"]
clocks = st.times(timezones=st.none()).map(lambda t: t.replace(second=0, microsecond=0))
moments = st.integers(1_577_836_800, 2_051_222_400).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def test_words_become_times_in_order_and_once():
    assert cadence("20:30, 6:30,20:30", "Europe/Amsterdam").times == (time(6, 30), time(20, 30))
    assert cadence("6:30", "UTC").written == "06:30"


@pytest.mark.parametrize("at", ["", "6", "24:00", "06:60", "6:5", "06:30,", "a:30", "06:30:00", "-1:30", "٠6:30"])
def test_what_is_no_time_is_named(at):
    with pytest.raises(ValueError) as found:
        cadence(at, "UTC")
    assert str(found.value) == at.split(",")[-1].strip()


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../etc/passwd", "Europe"])
def test_what_is_no_zone_is_named(zone):
    with pytest.raises(ValueError):
        cadence("06:30", zone)


def test_a_time_in_the_hour_that_is_skipped_does_not_run_that_day():
    days = [
        r.date().day for r in next_runs(cadence("02:30", "Europe/Berlin"), datetime(2027, 3, 26, 12, tzinfo=UTC), 3)
    ]
    assert days == [27, 29, 30]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
@pytest.mark.parametrize("at", ["02:30", "01:30", "06:30", "00:00", "03:00"])
@pytest.mark.parametrize("zone", ZONES)
def test_systemd_says_the_same(at, zone):
    base = datetime(2027, 3, 26, 12, tzinfo=UTC)
    words = ["systemd-analyze", "calendar", "--base-time=2027-03-26 12:00:00 UTC", "--iterations=4"]
    said = subprocess.run(
        [*words, f"*-*-* {at}:00 {zone}"],
        capture_output=True,
        text=True,
        check=True,
        env={"TZ": "UTC", "PATH": "/usr/bin:/bin"},
    )
    theirs = [
        line.split()[-3:-1]
        for line in said.stdout.splitlines()
        if re.search(r"(Next elapse|Iter\. #\d+):", line) and "UTC" in line
    ]
    ours = [r.astimezone(UTC) for r in next_runs(cadence(at, zone), base, 4)]
    assert len(theirs) == 4
    assert [f"{r:%Y-%m-%d %H:%M:%S}" for r in ours] == [" ".join(found) for found in theirs]


@given(st.lists(clocks, min_size=1, max_size=4, unique=True), st.sampled_from(ZONES), moments)
def test_runs_are_later_in_order_and_on_the_clock(times, zone, now):
    found = next_runs(Cadence(tuple(sorted(times)), zone), now, 9)
    instants = [run.astimezone(UTC) for run in found]
    assert instants[0] > now
    assert all(a < b for a, b in pairwise(instants))
    assert {run.time() for run in found} <= set(times)
    assert instants[-1] - now < timedelta(days=12)


@given(clocks, st.sampled_from(ZONES), moments, st.integers(0, 40))
def test_what_was_due_is_what_was_next(at, zone, now, days):
    when = Cadence((at,), zone)
    until = now + timedelta(days=days)
    due = due_between(when, now, until)
    assert due == tuple(r for r in next_runs(when, now, days + 2) if r.astimezone(UTC) <= until)


def test_night_times_are_warned_about_with_the_day_that_is_skipped():
    found = {(c.code, c.at.hour): c.day for c in cautions(cadence("01:30,02:30,06:30", "Europe/Amsterdam"), NOW)}
    assert found[CautionCode.SKIPPED, 2] == date(2027, 3, 28)
    assert found[CautionCode.TWICE, 2] == date(2027, 10, 31)
    assert (CautionCode.NIGHT, 1) in found
    assert not [code for code, hour in found if hour == 6]


def test_a_run_just_before_alleo_collects_is_warned_about():
    assert [c.code for c in cautions(cadence("20:50", "Europe/Amsterdam"), NOW)] == [CautionCode.CLOSE_TO_PICKUP]
    assert cautions(cadence("06:30", "Europe/Amsterdam"), NOW) == ()


def test_the_next_pickup_is_told_in_the_zone_of_the_run():
    run = datetime(2026, 11, 23, 6, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert f"{pickup_after(run):%d %H:%M %Z}" == "23 21:00 CET"
    assert f"{pickup_after(run.replace(month=7)):%d %H:%M %Z}" == "23 22:00 CEST"


@given(clocks, st.sampled_from(ZONES), st.sampled_from(ZONES), moments)
def test_system_time_hits_the_next_run_or_says_from_when_it_does_not(at, zone, system, now):
    when = Cadence((at,), zone)
    (clock,), drift = system_times(when, now, lambda instant: instant.astimezone(ZoneInfo(system)))
    for run in next_runs(when, now, 300):
        on_system = run.astimezone(ZoneInfo(system))
        if drift and run.date() >= drift[0].day:
            assert on_system.time().replace(fold=0) != clock
            break
        assert on_system.time().replace(fold=0) == clock
    if zone == system or {zone, system} == {"Asia/Tokyo", "UTC"}:
        assert drift == ()
