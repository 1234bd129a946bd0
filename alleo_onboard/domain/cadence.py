"""Times of the daily run in a time zone: parsing, the next runs, and warnings about clock changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DEFAULT_TIMES = (time(6, 30),)
# When Alleo takes what lies ready (facts/alleo.md, section 5): files by SFTP in UTC, its own Personio sync in CET.
FILE_PICKUPS = (time(2, 45), time(20, 0))
OWN_SYNCS = (time(3, 0), time(19, 0))  # 04:00 and 20:00 CET, as UTC
_YEAR = 400  # days to look ahead, so that both changes of the clock are among them
_CLOSE = timedelta(minutes=30)  # a run needs minutes, and may begin a few minutes late


class CautionCode(StrEnum):
    SKIPPED = "dst_skipped"  # on `day` the clock jumps over this time, and nothing runs
    TWICE = "dst_twice"  # on `day` this time comes twice
    NIGHT = "dst_night"  # in the hours where clocks are changed, though not this zone's
    CLOSE_TO_PICKUP = "close_to_pickup"  # Alleo takes its files before such a run is sure to be done
    DRIFTS = "system_time_drifts"  # the scheduler knows only system time, and the two clocks part on `day`


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to beware of about one time of day; `day` is the first on which it shows, where it has one."""

    code: CautionCode
    at: time
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Cadence:
    """Every day at these `times`, in order and each once, on the clock of `zone` (an IANA name)."""

    times: tuple[time, ...] = DEFAULT_TIMES
    zone: str = "Europe/Amsterdam"

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def written(self) -> str:
        return ",".join(f"{t:%H:%M}" for t in self.times)


def cadence(at: str, zone: str) -> Cadence:
    """From "06:30" or "06:30,20:30". Raises ValueError holding the word that is no time of day, or no zone."""
    times = tuple(sorted({_time(word.strip()) for word in at.split(",")}))
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(zone) from None
    return Cadence(times, zone)


def _time(word: str) -> time:
    hour, colon, minute = word.partition(":")
    if not (colon and hour.isascii() and hour.isdigit() and len(hour) <= 2 and minute.isascii() and minute.isdigit()):
        raise ValueError(word)
    if len(minute) != 2 or int(hour) > 23 or int(minute) > 59:
        raise ValueError(word)
    return time(int(hour), int(minute))


def runs(cadence: Cadence, after: datetime) -> Iterator[datetime]:
    """The instants after `after` (aware), in the cadence's zone, without end.

    A time that the clock jumps over does not run that day, as systemd has it; one that comes twice runs the first time.
    """
    zone = cadence.tz
    # Instants are compared in UTC: two datetimes of one zone would compare by their clocks, which jump.
    begin, day = after.astimezone(UTC), after.astimezone(zone).date()
    while True:
        for at in cadence.times:
            instant = datetime.combine(day, at, zone)
            if instant.astimezone(UTC) > begin and exists(instant):
                yield instant
        day += timedelta(days=1)


def next_runs(cadence: Cadence, after: datetime, count: int = 5) -> tuple[datetime, ...]:
    coming = runs(cadence, after)
    return tuple(next(coming) for _n in range(count))


def due_between(cadence: Cadence, after: datetime, until: datetime, most: int = 400) -> tuple[datetime, ...]:
    """The runs that had to begin after `after` and not later than `until`, at most `most` of them."""
    found: list[datetime] = []
    for instant in runs(cadence, after):
        if instant.astimezone(UTC) > until.astimezone(UTC) or len(found) == most:
            break
        found.append(instant)
    return tuple(found)


def exists(instant: datetime) -> bool:
    """Whether clocks in its zone ever show this time, which they do not in the hour that is jumped over in spring."""
    there = instant.astimezone(UTC).astimezone(instant.tzinfo)
    return there.replace(tzinfo=None) == instant.replace(tzinfo=None)


def comes_twice(instant: datetime) -> bool:
    return exists(instant) and instant.utcoffset() != instant.replace(fold=1).utcoffset()


def cautions(cadence: Cadence, now: datetime) -> tuple[Caution, ...]:
    """What to beware of in the year after `now`, time by time."""
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
    """When Alleo next takes what was there at `instant`, in the same zone; `pickups` are times in UTC."""
    day = instant.astimezone(UTC).date()
    coming = [datetime.combine(day + timedelta(days=n), at, UTC) for n in (0, 1) for at in pickups]
    return min(c for c in coming if c >= instant.astimezone(UTC)).astimezone(instant.tzinfo)


def system_times(
    cadence: Cadence, now: datetime, system: Callable[[datetime], datetime]
) -> tuple[tuple[time, ...], tuple[Caution, ...]]:
    """The cadence on the clock of the machine, for schedulers that know no other; `system` puts an instant on it.

    The offset of the next run is used; where it changes within the year, a caution says from which day on.
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
