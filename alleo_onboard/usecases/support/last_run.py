"""The last run of a set-up, scheduled or by hand."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from alleo_onboard.usecases.schedule.health import Health, health
from alleo_onboard.usecases.setups.resolve import Setup
from alleo_onboard.usecases.support import history


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run. `by_hand` is None when there is none, or when the daily run says enough."""

    daily: Health
    by_hand: history.Run | None
    zone: ZoneInfo  # the set-up's


def last_run(setup: Setup) -> LastRun:
    """Returns the last run from local files. It blocks, so call it in a thread."""
    daily = health(setup.home, setup.profile.name)
    told = bool(daily.symptoms) or daily.last is not None
    by_hand = None if told else next(iter(history.runs(setup, 1)), None)
    return LastRun(daily, by_hand, setup.profile.tz)
