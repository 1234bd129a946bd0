"""Lists the set-ups on this computer, and removes one with everything stored for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Profile, valid_name
from alleo_onboard.locale import _
from alleo_onboard.locale.meant import did_you_mean
from alleo_onboard.store.handovers import handover_path
from alleo_onboard.store.ledger import Ledger, Run, has_ledger, ledger_path
from alleo_onboard.store.lock import lock_path, run_lock
from alleo_onboard.store.paths import Home, is_there, unwritable
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.store.secrets import Secrets, service_of
from alleo_onboard.store.watched import watch_path
from alleo_onboard.usecases.schedule import install as schedule
from alleo_onboard.usecases.schedule import record as schedule_record
from alleo_onboard.usecases.setups.resolve import Setups, secret_names


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about one set-up."""

    name: str
    profile: Profile | None  # None when only its history is left
    last: Run | None  # the latest run
    runs: int  # number of runs
    linked: int  # number of linked people
    scheduled: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """What was deleted: files, names of secrets, and parts of the schedule."""

    files: tuple[Path, ...]
    secrets: tuple[str, ...]
    schedule: tuple[str, ...]


def names(home: Home) -> tuple[str, ...]:
    """Returns every set-up with settings or a history, in alphabetical order."""
    ledgers = {p.stem for p in ledger_path(home, "x").parent.glob("*.sqlite") if valid_name(p.stem)}
    return tuple(sorted({*Profiles(home).names(), *ledgers}, key=lambda n: (n.casefold(), n)))


def facts(home: Home, name: str) -> Facts:
    """Returns what is known about a set-up. Raises Usage when there is none."""
    profile = Profiles(home).load(name)
    last, count, linked = None, 0, 0
    if has_ledger(home, name):
        with Ledger.of(home, name) as ledger:
            runs = ledger.runs(1_000_000)
            last, count, linked = next(iter(runs), None), len(runs), len(ledger.links())
    elif profile is None:
        text = _("There is no set-up called {name}.").format(name=name)
        raise Usage(f"{text} {did_you_mean(name, names(home))}".strip())
    return Facts(name, profile, last, count, linked, schedule_record.installed(home, name) is not None)


def remove(setups: Setups, environ: Mapping[str, str], name: str) -> Removed:
    """Deletes settings, steps, secrets, history, lock and schedule. Accounts at Alleo are not changed.

    Raises Locked while a run is in progress, and Usage when there is no such set-up or something cannot be deleted.
    """
    home = setups.home
    known = facts(home, name)
    with run_lock(home, name):  # only checks that no run is in progress
        pass
    scheduled = schedule.remove(setups, name) if known.scheduled else schedule_record.forget(home, name)
    with run_lock(home, name):
        secrets = Secrets(service_of(environ)).remove(name, secret_names())
        files = tuple(path for path in _files(home, name) if is_there(path))
        for path in files:
            _delete(path)
    _delete(lock_path(home, name))
    return Removed(files, secrets, scheduled)


def _files(home: Home, name: str) -> Iterator[Path]:
    """Yields all files of a set-up."""
    ledger = ledger_path(home, name)
    yield home.config / "profiles" / f"{ledger.stem}.toml"
    yield home.data / "progress" / f"{ledger.stem}.json"
    yield handover_path(home, name)
    yield watch_path(home, name)
    yield ledger
    yield ledger.with_suffix(".key")
    yield ledger.with_name(ledger.name + "-wal")
    yield ledger.with_name(ledger.name + "-shm")


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error
