"""Rate and remaining time of a run, with a simulated clock."""

from alleo_onboard.domain.progress import Applied
from alleo_onboard.presentation.run_progress import Meter


def applied(done, total=300, error=""):
    return Applied(done, "Ada", "onboard", error, done, total)


def metered(done, seconds, error=""):
    clock = [100.0]
    meter = Meter(300, lambda: clock[0])
    for n in range(1, done + 1):
        meter.count(applied(n, error=error))
    clock[0] += seconds
    return meter


def test_rate_and_time_left_come_once_they_mean_something():
    assert metered(120, 0.5).sentence() == "120 of 300 done"
    assert metered(120, 10).sentence() == "120 of 300 done   12 a second   about 15 seconds left"
    assert metered(5, 10).sentence() == "5 of 300 done   0.5 a second   about 10 minutes left"


def test_failures_are_counted():
    assert metered(3, 0, error="no").sentence() == "3 of 300 done   3 failed"


def test_the_bar_is_full_at_the_end_and_for_nothing_at_all():
    assert metered(300, 1).bar(10) == "██████████ 100 %"
    assert metered(150, 1).bar(10) == "█████░░░░░  50 %"
    assert Meter(0, lambda: 0.0).bar(4) == "████ 100 %"
