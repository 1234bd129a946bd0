"""The wait before another attempt."""

from __future__ import annotations

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.net.clock import Clock
from alleo_onboard.net.gate import Gate
from alleo_onboard.net.patience import Patience, parse_retry_after

NOW = 1_780_000_000.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5", 5.0),
        (" 0 ", 0.0),
        (formatdate(NOW + 90, usegmt=True), 90.0),
        (formatdate(NOW + 90), 90.0),
        (formatdate(NOW - 90, usegmt=True), 0.0),
        (None, None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("tomorrow", None),
        ("Mon, 99 Foo 2026 99:99:99 GMT", None),
    ],
)
def test_retry_after(value, seconds):
    assert parse_retry_after(value, NOW) == seconds


@given(st.text(max_size=40))
def test_any_header_is_survived(value):
    seconds = parse_retry_after(value, NOW)
    assert seconds is None or seconds >= 0


@given(
    st.integers(1, 50),
    st.none() | st.integers(0, 10**6).map(str),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 500),
)
def test_waits_keep_to_the_policy(attempt, asked, random, waited):
    patience = Patience()
    wait = patience.next_wait(attempt, asked, NOW, random, waited)
    if attempt >= patience.attempts:
        assert wait is None
    if wait is not None:
        assert patience.base <= wait <= patience.cap
        assert waited + wait <= patience.total
        assert asked is None or wait >= min(float(asked), patience.cap)


def test_waits_grow_and_then_end():
    patience = Patience(attempts=4)
    assert [patience.next_wait(n, None, NOW, 0.0) for n in (1, 2, 3, 4)] == [1, 2, 4, None]
    assert patience.next_wait(1, None, NOW, 0.999) == pytest.approx(1.25, abs=0.01)


async def test_a_shut_gate_opens_when_the_longest_hold_is_over():
    now = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    gate = Gate(Clock(sleep, lambda: now))
    await gate.passed()
    assert now == 0
    gate.hold(5)
    gate.hold(2)
    await gate.passed()
    assert now == 5
    await gate.passed()
    assert now == 5
