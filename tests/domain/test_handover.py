"""Who has to act next, and when that is late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.domain.handover import (
    ACTIVATION,
    Handover,
    Lifetime,
    State,
    Via,
    What,
    Who,
    lifetime,
    next_step,
    working_days,
)

SENT = datetime(2026, 11, 27, 9, tzinfo=UTC)  # a Friday
DAY = timedelta(days=1)


def one(state=State.WAITING, **more):
    return Handover(Via.ONETIMESECRET, "eu.onetimesecret.com", SENT, SENT + 7 * DAY, state, **more)


@pytest.mark.parametrize(
    ("handover", "after", "who", "what", "late"),
    [
        (one(), 0.1, Who.ALLEO, What.OPEN, False),
        (one(), 2, Who.ALLEO, What.OPEN, True),
        (one(State.FETCHED), 1, Who.ALLEO, What.OPEN, False),
        (one(), 7, Who.CUSTOMER, What.NEW_CREDENTIAL, True),
        (one(State.OPENED, opened=SENT + DAY), 6, Who.ALLEO, What.ACTIVATE, False),
        (one(State.OPENED, opened=SENT), 7, Who.ALLEO, What.ACTIVATE, True),
        (one(State.WITHDRAWN, ended=SENT), 1, Who.CUSTOMER, What.SEND_AGAIN, False),
        (one(State.GONE), 1, Who.CUSTOMER, What.NEW_CREDENTIAL, True),
        (one(State.UNKNOWN), 1, Who.CUSTOMER, What.ASK_ALLEO, False),
        (one(State.UNKNOWN), 30, Who.CUSTOMER, What.ASK_ALLEO, True),
        (one(State.OPENED, activated=date(2026, 12, 1)), 90, Who.CUSTOMER, What.LOOK_AT_FIRST_SYNC, False),
    ],
)
def test_who_acts_next(handover, after, who, what, late):
    step = next_step(handover, SENT + after * DAY)
    assert (step.who, step.what, step.late) == (who, what, late)


def test_a_day_before_its_end_is_told():
    assert not next_step(one(), SENT + 5.9 * DAY).ending
    assert next_step(one(), SENT + 6.1 * DAY).ending


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_working_days_are_five_of_seven(start, days):
    found = working_days(start, start + timedelta(days=days))
    assert days // 7 * 5 <= found <= days // 7 * 5 + min(days % 7, 5)
    assert working_days(start, start + timedelta(days=7)) == ACTIVATION


@given(st.sampled_from(list(State)), st.floats(0, 400))
def test_there_is_always_a_next_step_and_nothing_waits_past_its_end(state, days):
    handover = one(state, activated=date(2026, 12, 1) if state is State.ACTIVATED else None)
    now = SENT + days * DAY
    assert next_step(handover, now).since <= max(now, SENT + 7 * DAY)
    if days >= 7:
        assert not handover.waits(now)


@pytest.mark.parametrize(
    ("text", "seconds"), [("7d", 604_800), ("12h", 43_200), ("30m", 1_800), ("2w", 1_209_600), ("3", 259_200)]
)
def test_lifetimes(text, seconds):
    found = lifetime(text)
    assert found == Lifetime(seconds)
    assert lifetime(found.text) == found


@pytest.mark.parametrize("text", ["", "soon", "-1d", "5s", "400d", "1.5d", "٣d", "9999999999d"])
def test_what_is_no_lifetime(text):
    assert lifetime(text) is None
