"""When Alleo collects: a file that cannot be put in place in one step keeps away from these minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

NEAR = timedelta(minutes=10)


def near(now: datetime, times: Iterable[time]) -> datetime | None:
    """The pickup within ten minutes of `now` (an instant in UTC), before or after, else None."""
    return next((one for one in _around(now, times) if abs(one - now) <= NEAR), None)


def following(now: datetime, times: Iterable[time]) -> datetime | None:
    """The next pickup after `now`, None where no times are set."""
    return min((one for one in _around(now, times) if one > now), default=None)


def wait(now: datetime, times: Sequence[time]) -> float:
    """Seconds until no pickup is near."""
    moment = now
    for _pickup in times:
        if one := near(moment, times):
            moment = one + NEAR + timedelta(seconds=1)
    return (moment - now).total_seconds()


def _around(now: datetime, times: Iterable[time]) -> list[datetime]:
    days = [now.date() + timedelta(days=shift) for shift in (-1, 0, 1)]
    return [datetime.combine(day, one, now.tzinfo) for one in times for day in days]
