"""When Alleo collects. A file that cannot be replaced in one step must avoid these minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

NEAR = timedelta(minutes=10)


def near(now: datetime, times: Iterable[time]) -> datetime | None:
    """Returns the pickup within ten minutes before or after `now` (UTC), or None."""
    return next((one for one in _around(now, times) if abs(one - now) <= NEAR), None)


def following(now: datetime, times: Iterable[time]) -> datetime | None:
    """Returns the next pickup after `now` (UTC), or None."""
    return min((one for one in _around(now, times) if one > now), default=None)


def wait(now: datetime, times: Sequence[time]) -> float:
    """Returns the seconds to wait until no pickup is near."""
    moment = now
    for _pickup in times:
        if one := near(moment, times):
            moment = one + NEAR + timedelta(seconds=1)
    return (moment - now).total_seconds()


def _around(now: datetime, times: Iterable[time]) -> list[datetime]:
    """Returns the pickups of yesterday, today and tomorrow."""
    days = [now.date() + timedelta(days=shift) for shift in (-1, 0, 1)]
    return [datetime.combine(day, one, now.tzinfo) for one in times for day in days]
