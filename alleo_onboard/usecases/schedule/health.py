"""How a profile's daily run is doing: last result, next run, missed runs, a credential about to stop working."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from alleo_onboard.domain.cadence import Caution, cautions, due_between, next_runs, system_times
from alleo_onboard.domain.schedule import Using
from alleo_onboard.scheduler.choice import mechanism
from alleo_onboard.scheduler.cron import awake
from alleo_onboard.scheduler.tools import on_system_clock
from alleo_onboard.store.paths import Home
from alleo_onboard.usecases.schedule.record import Installed, LastRun, damaged, installed, last_run

# A run may start minutes late on purpose, waits for the network, and takes time.
_GRACE = timedelta(minutes=45)
_LONGEST = timedelta(hours=5)  # schedulers end a run after four hours
_LONG = timedelta(days=3)  # more than a weekend without a success


class Symptom(StrEnum):
    """Something that is wrong, or will be soon."""

    GONE = "schedule_gone"  # installed once, and missing now
    ASLEEP = "scheduler_not_running"
    FAILED = "last_run_failed"
    MISSED = "runs_missed"
    CREDENTIAL = "credential_failing"  # the sign-in was refused in several runs in a row
    STALE = "no_success_lately"
    LOST = "record_unreadable"  # what is installed, or how the last run ended, cannot be read any more


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a profile's daily run."""

    profile: str
    installed: Installed | None  # None without a schedule
    last: LastRun | None  # None before the first run
    runs: tuple[datetime, ...] = ()  # the next five, in the schedule's zone
    missed: tuple[datetime, ...] = ()
    symptoms: tuple[Symptom, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def next(self) -> datetime | None:
        """Returns the next run, or None."""
        return self.runs[0] if self.runs else None

    @property
    def well(self) -> bool:
        """Returns whether nothing is wrong."""
        return not self.symptoms


def health(home: Home, profile: str, now: datetime | None = None) -> Health:
    """Returns the state, from this machine alone: no network, no secrets. Raises Usage for an invalid name."""
    now = now or datetime.now(UTC)
    there, last = installed(home, profile), last_run(home, profile)
    lost = (Symptom.LOST,) if damaged(home, profile) else ()
    if there is None:
        return Health(profile, None, last, symptoms=(*_of_runs(last, now), *lost))
    when, chosen = there.cadence, mechanism(there.using)
    missed = _missed(there, last, now)
    symptoms = [] if there.using is Using.KUBERNETES or chosen.present(there.id) else [Symptom.GONE]
    symptoms += [Symptom.ASLEEP] if there.using is Using.CRON and not awake() else []
    symptoms += [*_of_runs(last, now), *lost]
    symptoms += [Symptom.MISSED] if missed else []
    success = last.last_success if last and last.last_success else there.since
    symptoms += [Symptom.STALE] if now - success > _LONG else []
    drift = () if chosen.knows_zones else system_times(when, now, on_system_clock)[1]
    found = (*cautions(when, now), *drift)
    return Health(profile, there, last, next_runs(when, now), missed, tuple(symptoms), found)


def _of_runs(last: LastRun | None, now: datetime) -> tuple[Symptom, ...]:
    """Returns what is wrong with the last run."""
    if last is None:
        return ()
    killed = last.ended is None and now - last.started > _LONGEST
    if not last.failures and not killed:
        return ()
    return (Symptom.FAILED, Symptom.CREDENTIAL) if last.rejected > 1 else (Symptom.FAILED,)


def _missed(there: Installed, last: LastRun | None, now: datetime) -> tuple[datetime, ...]:
    """Returns the runs that should have started since the last one did."""
    since = max(there.since, last.started) if last else there.since
    return due_between(there.cadence, since, now - _GRACE, most=100)
