"""Times of the daily run in a time zone: parsing, the next runs, and warnings about clock changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DEFAULT_TIMES = (time(6, 30),)
# When Alleo collects files over SFTP, in UTC (facts/alleo.md, section 5).
FILE_PICKUPS = (time(2, 45), time(20, 0))
OWN_SYNCS = (time(3, 0), time(19, 0))  # when Alleo's own Personio sync runs, in UTC: 04:00 and 20:00 CET
_YEAR = 400  # days to look ahead; more than a year, so that both clock changes are included
# warn when a run starts this shortly before a pickup: it takes minutes, and may start a few minutes late
_CLOSE = timedelta(minutes=30)


class CautionCode(StrEnum):
    """What to warn about for one time of day."""

    SKIPPED = "dst_skipped"  # on `day` the clock skips this time, so nothing runs
    TWICE = "dst_twice"  # on `day` this time occurs twice
    NIGHT = "dst_night"  # in the hours in which many countries change clocks, though this zone does not
    CLOSE_TO_PICKUP = "close_to_pickup"  # Alleo may collect the file before the run has finished
    DRIFTS = "system_time_drifts"  # the scheduler knows only system time, and the two zones differ from `day` on


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning about one time of day. `day` is the first day it applies to, or None when it always applies."""

    code: CautionCode
    at: time
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Cadence:
    """Daily runs at `times` (sorted, without repeats) in the IANA time zone `zone`."""

    times: tuple[time, ...] = DEFAULT_TIMES
    zone: str = "Europe/Amsterdam"

    @property
    def tz(self) -> ZoneInfo:
        """Returns the zone as an object."""
        return ZoneInfo(self.zone)

    @property
    def written(self) -> str:
        """Returns the times as text: "06:30,20:30"."""
        return ",".join(f"{t:%H:%M}" for t in self.times)


def cadence(at: str, zone: str) -> Cadence:
    """Returns the cadence for text such as "06:30" or "06:30,20:30".

    Raises ValueError with the word that is not a time, or with the name of an unknown zone.
    """
    times = tuple(sorted({_time(word.strip()) for word in at.split(",")}))
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(zone) from None
    return Cadence(times, zone)


def _time(word: str) -> time:
    """Returns the time for "6:30" or "06:30". Raises ValueError with the word."""
    hour, colon, minute = word.partition(":")
    if not (colon and hour.isascii() and hour.isdigit() and len(hour) <= 2 and minute.isascii() and minute.isdigit()):
        raise ValueError(word)
    if len(minute) != 2 or int(hour) > 23 or int(minute) > 59:
        raise ValueError(word)
    return time(int(hour), int(minute))


def runs(cadence: Cadence, after: datetime) -> Iterator[datetime]:
    """Yields the start times after `after` (aware), in the cadence's zone, without end.

    A time that the clock skips does not run on that day (as systemd does); one that occurs twice runs the first time.
    """
    zone = cadence.tz
    # Compare in UTC: two datetimes in the same zone compare by wall clock, which jumps.
    begin, day = after.astimezone(UTC), after.astimezone(zone).date()
    while True:
        for at in cadence.times:
            instant = datetime.combine(day, at, zone)
            if instant.astimezone(UTC) > begin and exists(instant):
                yield instant
        day += timedelta(days=1)


def next_runs(cadence: Cadence, after: datetime, count: int = 5) -> tuple[datetime, ...]:
    """Returns the next `count` start times after `after`."""
    coming = runs(cadence, after)
    return tuple(next(coming) for _n in range(count))


def due_between(cadence: Cadence, after: datetime, until: datetime, most: int = 400) -> tuple[datetime, ...]:
    """Returns the start times after `after` and up to `until` (included), at most `most` of them."""
    found: list[datetime] = []
    for instant in runs(cadence, after):
        if instant.astimezone(UTC) > until.astimezone(UTC) or len(found) == most:
            break
        found.append(instant)
    return tuple(found)


def exists(instant: datetime) -> bool:
    """Returns whether this wall-clock time exists in its zone. It does not in the hour skipped in spring."""
    there = instant.astimezone(UTC).astimezone(instant.tzinfo)
    return there.replace(tzinfo=None) == instant.replace(tzinfo=None)


def comes_twice(instant: datetime) -> bool:
    """Returns whether this wall-clock time occurs twice on its day, as in autumn."""
    return exists(instant) and instant.utcoffset() != instant.replace(fold=1).utcoffset()


def cautions(cadence: Cadence, now: datetime) -> tuple[Caution, ...]:
    """Returns the warnings for the year after `now`, for each time of day."""
    zone, today = cadence.tz, now.astimezone(cadence.tz).date()
    found: list[Caution] = []
    for at in cadence.times:
        days = [datetime.combine(today + timedelta(days=n), at, zone) for n in range(_YEAR)]
        skipped = next((d for d in days if not exists(d)), None)
        twice = next((d for d in days if comes_twice(d)), None)
        if skipped:
            found.append(Caution(CautionCode.SKIPPED, at, skipped.date()))
        if twice:
            found.append(Caution(CautionCode.TWICE, at, twice.date()))
        if not skipped and not twice and time(1) <= at < time(3):
            found.append(Caution(CautionCode.NIGHT, at))
        if any(pickup_after(d.astimezone(UTC)) - d.astimezone(UTC) < _CLOSE for d in days if exists(d)):
            found.append(Caution(CautionCode.CLOSE_TO_PICKUP, at))
    return tuple(found)


def pickup_after(instant: datetime, pickups: tuple[time, ...] = FILE_PICKUPS) -> datetime:
    """Returns when Alleo next collects a file that is ready at `instant`, in the zone of `instant`.

    `pickups` are times of day in UTC.
    """
    day = instant.astimezone(UTC).date()
    coming = [datetime.combine(day + timedelta(days=n), at, UTC) for n in (0, 1) for at in pickups]
    return min(c for c in coming if c >= instant.astimezone(UTC)).astimezone(instant.tzinfo)


def system_times(
    cadence: Cadence, now: datetime, system: Callable[[datetime], datetime]
) -> tuple[tuple[time, ...], tuple[Caution, ...]]:
    """Returns the cadence in system time, for schedulers that know only that, and warnings.

    `system` converts an instant to system time. The offset of the next run is used; a warning names the first day on
    which the offset differs.
    """
    times: list[time] = []
    found: list[Caution] = []
    for at in cadence.times:
        coming = due_between(Cadence((at,), cadence.zone), now, now + timedelta(days=_YEAR), _YEAR)
        clocks = [system(instant).time().replace(tzinfo=None, fold=0) for instant in coming]
        times.append(clocks[0])
        parted = next((instant for instant, clock in zip(coming, clocks, strict=True) if clock != clocks[0]), None)
        if parted:
            found.append(Caution(CautionCode.DRIFTS, at, parted.date()))
    return tuple(sorted(set(times))), tuple(found)
