"""Doctor: what support needs to know about this computer. No personal data, no secrets."""

from __future__ import annotations

import asyncio
import platform
import sqlite3
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from alleo_onboard import __version__
from alleo_onboard.domain.delivery import Runs
from alleo_onboard.domain.errors import Trouble
from alleo_onboard.domain.profile import Profile, Remember
from alleo_onboard.locale import language
from alleo_onboard.scheduler.tools import user_home
from alleo_onboard.store.ledger import Ledger, has_ledger, ledger_path
from alleo_onboard.usecases.schedule.health import health
from alleo_onboard.usecases.setups.resolve import Setup, Setups, variables
from alleo_onboard.usecases.setups.shared import same_place

_LIBRARIES = ("httpx", "keyring", "msgspec", "rich", "textual", "truststore")
SKEW = 120  # seconds; a larger error of the clock affects sign-ins or dates


class Reach(StrEnum):
    """How far a request without sign-in got."""

    ANSWERED = "answered"
    NOT_SET = "not_set"
    NOT_NEEDED = "not_needed"  # the delivery writes nowhere: Alleo runs the sync itself
    NOT_ASKED = "not_asked"  # no web address: a folder or an SFTP server
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"  # its certificate is not trusted on this machine
    UNUSABLE = "unusable"  # the address, the proxy or the certificate file is invalid


@dataclass(frozen=True, slots=True)
class Reached:
    """The result for one system. `skew` is how many seconds its clock is ahead of ours, None when unknown."""

    host: str
    reach: Reach
    status: int = 0
    skew: int | None = None
    proxy: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The report, by topic. Nothing in it is confidential."""

    versions: Mapping[str, str]
    machine: Mapping[str, str]
    paths: Mapping[str, str]
    keyring: str
    settings: Mapping[str, str]
    ledger: Mapping[str, str]
    schedule: Mapping[str, str]
    personio: Reached
    alleo: Reached


async def examine(setups: Setups, name: str | None, environ: Mapping[str, str]) -> Report:
    """Makes the report. Does not sign in anywhere; what cannot be found out is reported as such. Raises Usage."""
    setup = setups.find(name, secrets=False)
    ca_file = setup.ca_file
    personio, alleo = await asyncio.gather(_reach(setup.profile.base_url, ca_file), _reach_alleo(setup))
    return Report(
        versions=_versions(),
        machine=_machine(),
        paths=_paths(setup),
        keyring=_keyring(setups),
        settings=_settings(setup.profile, setup, environ),
        ledger=_ledger(setup),
        schedule=_schedule(setup),
        personio=personio,
        alleo=alleo,
    )


def _schedule(setup: Setup) -> dict[str, str]:
    """Returns the state of the daily run."""
    found = health(setup.home, setup.profile.name)
    there, last = found.installed, found.last
    return {
        "installed": there.using.value if there else "no",
        "times": f"{there.at} {there.zone}" if there else "",
        "secrets": there.way.value if there and there.way else "",
        "last_exit": str(last.exit) if last else "",
        "next": found.next.isoformat() if found.next else "",
        "missed": str(len(found.missed)),
        "symptoms": ", ".join(found.symptoms),
        "attention": _counted(last.attention if last else {}),
        "new": _counted(last.new if last else {}),
    }


def _counted(found: Mapping[str, tuple[int, ...]]) -> str:
    """Returns the number of people for each code, as text."""
    return ", ".join(f"{code} {len(ids)}" for code, ids in found.items())


def _versions() -> dict[str, str]:
    found = {"alleo-onboard": __version__, "python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for library in _LIBRARIES:
        try:
            found[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            found[library] = "missing"
    return found


def _machine() -> dict[str, str]:
    return {
        "system": platform.system(),
        "release": platform.release(),
        "architecture": platform.machine(),
        "encoding": sys.stdout.encoding or "",
        "terminal": "yes" if sys.stdout.isatty() else "no",
        "utc": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }


def _paths(setup: Setup) -> dict[str, str]:
    return {
        "config": _short(setup.home.config),
        "data": _short(setup.home.data),
        "python": _short(Path(sys.executable)),
        "ca_file": _short(Path(setup.ca_file)) if setup.ca_file else "",
    }


def _short(path: Path) -> str:
    """Returns a path without the user's name, which is part of the home folder."""
    home = user_home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) and home != Path("/") else str(path)


def _keyring(setups: Setups) -> str:
    found = setups.keyring()
    return found.name if found.usable else f"none ({found.why})"


def _settings(profile: Profile, setup: Setup, environ: Mapping[str, str]) -> dict[str, str]:
    """Returns the settings, without those that name people, and only the beginning of the client id."""
    return {
        "saved": "yes" if setup.saved else "no",
        "same_alleo_as": ", ".join(same_place(setup.home, profile)),
        "client_id": f"{profile.client_id[:3]}..." if len(profile.client_id) > 8 else profile.client_id and "set",
        "remember": "keyring" if profile.remember is Remember.KEYRING else "session",
        "zone": profile.zone,
        "language": language(),
        "on_leave": profile.policy.on_leave,
        "send_zero": "yes" if profile.policy.send_zero else "no",
        "selective": "yes" if profile.selective_key else "no",
        "delivery": profile.delivery.kind or "no",
        **(setup.kind.described(profile.delivery) if setup.kind else {}),
        "environment": ", ".join(name for name in variables() if environ.get(name)),
    }


def _ledger(setup: Setup) -> dict[str, str]:
    path = ledger_path(setup.home, setup.profile.name)
    try:
        if not has_ledger(setup.home, setup.profile.name):
            return {"there": "no"}
        with Ledger.of(setup.home, setup.profile.name) as ledger:
            proof, last = ledger.verify(), next(iter(ledger.runs(1)), None)
            return {
                "there": "yes",
                "kilobytes": str(path.stat().st_size // 1024),
                "intact": "no" if proof.faults else "yes",
                "linked": str(len(ledger.links())),
                "unsettled": str(len(ledger.unsettled())),
                "last_run": f"{last.id} {last.state}" if last else "",
            }
    except Trouble as trouble:
        return {"there": "yes", "usable": "no", "why": type(trouble).__name__}


async def _reach_alleo(setup: Setup) -> Reached:
    """Tries the address of the delivery, where it needs one."""
    if setup.kind and setup.kind.runs is Runs.NOTHING:
        return Reached("", Reach.NOT_NEEDED)
    return await _reach(setup.place, setup.ca_file)


async def _reach(url: str, ca_file: str | None) -> Reached:
    """Sends a request without signing in. Any answer shows that the system can be reached."""
    from alleo_onboard.net.connections import READ_SECONDS
    from alleo_onboard.net.http import Ask, Http, Repeat
    from alleo_onboard.net.patience import Patience

    if not url.strip():
        return Reached("", Reach.NOT_SET)
    if Path(url.strip()).is_absolute() or url.strip().startswith("sftp:"):
        return Reached(_host(url), Reach.NOT_ASKED)
    try:
        http = Http(url, ca_file=ca_file, patience=Patience(answer=READ_SECONDS))
    except Trouble:
        return Reached(_host(url), Reach.UNUSABLE)
    async with http:
        reply = await http.reply(Ask("HEAD", "/", repeat=Repeat.NEVER))
    host = urlsplit(http.url).hostname or ""
    if reply.failure:
        reach = Reach.UNTRUSTED if reply.failure.untrusted else Reach.UNREACHABLE
        return Reached(host, reach, proxy=http.by_proxy)
    skew = None if http.clock_ahead is None else -round(http.clock_ahead)
    return Reached(host, Reach.ANSWERED, reply.status, skew, http.by_proxy)


def _host(url: str) -> str:
    """Returns the host of an address, or ""."""
    try:
        return urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
