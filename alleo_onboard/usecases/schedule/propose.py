"""Proposes a schedule: scheduler, times, and where the secrets come from. Writes nothing."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from alleo_onboard.domain.cadence import Cadence, Caution, CautionCode, cadence, cautions, next_runs, system_times
from alleo_onboard.domain.delivery import Runs
from alleo_onboard.domain.errors import NoScheduler, Usage
from alleo_onboard.domain.profile import Alarm
from alleo_onboard.domain.schedule import ENV_FILE_VARIABLE, Using, Way
from alleo_onboard.locale import _
from alleo_onboard.locale.terms import using_label
from alleo_onboard.net.address import host_of, without_password
from alleo_onboard.scheduler.choice import Proposal, mechanism, propose
from alleo_onboard.scheduler.job import File, Job, Mechanism
from alleo_onboard.scheduler.tools import on_system_clock, throwaway, user_home
from alleo_onboard.store.keyrings import find
from alleo_onboard.store.paths import Home
from alleo_onboard.usecases.schedule.record import installed
from alleo_onboard.usecases.schedule.secrets import PATH, creds_work, env_file_of
from alleo_onboard.usecases.setups.environment import Difference, differences, without
from alleo_onboard.usecases.setups.resolve import Setup, Setups

DEFAULT_AT = "06:30"
# Variables of the admin's environment that the run needs too. No secrets.
_CARRIED = (
    "ALLEO_ONBOARD_HOME", "PERSONIO_CLIENT_ID", "PERSONIO_BASE_URL", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE",
    "ALLEO_ONBOARD_LANGUAGE",
)  # fmt: skip
_PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")


@dataclass(frozen=True, slots=True)
class Wish:
    """What was requested. Empty or None means: choose. The commands print a secret; they are not secret themselves."""

    at: str = ""
    zone: str = ""
    using: Using | None = None
    way: Way | None = None
    env_file: str = ""
    personio_command: str = ""
    alleo_command: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A complete schedule, not written yet."""

    setup: Setup
    job: Job
    mechanism: Mechanism
    why: str  # why this scheduler
    runs: tuple[datetime, ...]  # the next runs
    cautions: tuple[Caution, ...]
    notes: tuple[str, ...]
    obstacle: str  # why it cannot be installed on this machine, or ""; it can be printed in any case
    # where the environment differs from the saved set-up, whose values the run uses
    differences: tuple[Difference, ...] = ()

    @property
    def arrival(self) -> str:
        """Returns when Alleo has what the next run leaves, "" without a delivery."""
        kind = self.setup.kind
        return kind.arrival(self.setup.profile.delivery, self.runs[0]) if kind else ""

    @property
    def files(self) -> tuple[File, ...]:
        """Returns the files that would be installed."""
        return self.mechanism.files(self.job)


def starts_daily() -> bool:
    """Returns whether something on this machine starts programs every day."""
    return propose().using is not None


def prepare(setup: Setup, wish: Wish, environ: Mapping[str, str], now: datetime | None = None) -> Prepared:
    """Returns the schedule for a request.

    Raises Usage for invalid times or zone, NotReady when there is no scheduler.
    """
    now = now or datetime.now(UTC)
    if contradicted := differences(setup.home, setup.profile.name, environ):
        environ = without(environ, contradicted)
        secrets = bool(setup.client_secret or setup.delivery_secrets)
        setup = Setups(environ, setup.ca_file).find(setup.profile.name, secrets=secrets)
    wish = _as_installed(setup, wish)
    when = _cadence(setup, wish)  # first, so that a wrong time is reported on any machine
    proposal = propose() if wish.using is None else Proposal(wish.using, "")
    if proposal.using is None:
        text = _("Nothing on this machine starts programs every day. {why} Install cron, or use another machine.")
        raise NoScheduler(text.format(why=proposal.why))
    setup = _with_commands(setup, wish)
    for setting in setup.kind.settings if setup.kind else ():
        if setting.variable:  # an address or a path
            _must_be_writable(setting.variable, setup.profile.delivery.text(setting.name))
    chosen = _mechanism(proposal.using, setup, wish)
    way = _way(setup, wish, proposal.using)
    environment, notes = _environment(environ, setup, wish, way)
    job = Job(
        id=job_id(setup.home, setup.profile.name),
        profile=setup.profile.name,
        command=_command(setup, proposal.using),
        environment=environment,
        cadence=when,
        way=way,
        folders=tuple(dict.fromkeys((str(setup.home.config), str(setup.home.data)))),
        publishes=_published_to(setup),
        secrets=("PERSONIO_CLIENT_SECRET", *_variables(setup)),
    )
    drift = () if chosen.knows_zones else system_times(when, now, on_system_clock)[1]
    by_file = setup.kind is not None and setup.kind.runs is Runs.FILE
    of_times = (one for one in cautions(when, now) if by_file or one.code is not CautionCode.CLOSE_TO_PICKUP)
    found = (*of_times, *drift)
    notes = (*notes, *chosen.notes(job), *_no_keyring(way))
    runs, obstacle = next_runs(when, now), chosen.obstacle() or _passing(proposal.using)
    return Prepared(setup, job, chosen, proposal.why, runs, found, notes, obstacle, contradicted)


def _cadence(setup: Setup, wish: Wish) -> Cadence:
    """Returns the requested times. Raises Usage for invalid times or zone."""
    zone = wish.zone or setup.profile.zone
    try:
        return cadence(wish.at or DEFAULT_AT, zone)
    except ValueError as error:
        text, field = _("{word} is not a time of day like 06:30."), "at"
        if str(error) == zone:
            text, field = _("There is no time zone called {zone}. Use a name like Europe/Amsterdam."), "zone"
        raise Usage(text.format(word=str(error), zone=str(error))).about(field) from None


def _as_installed(setup: Setup, wish: Wish) -> Wish:
    """Returns the request, completed with what is installed."""
    there = installed(setup.home, setup.profile.name)
    if there is None:
        return wish
    using = wish.using or there.using
    same = using is there.using and not wish.way and not wish.env_file and not wish.personio_command
    return replace(
        wish,
        at=wish.at or there.at,
        zone=wish.zone or there.zone,
        using=using,
        way=there.way if same else wish.way,
        env_file=dict(there.environment).get(ENV_FILE_VARIABLE, "") if same else wish.env_file,
    )


def job_id(home: Home, profile: str) -> str:
    """Returns the id for a profile and home: readable, valid as file name, label and Kubernetes name."""
    plain = unicodedata.normalize("NFKD", profile).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:24].strip("-") or "set-up"
    digest = hashlib.sha256(f"{home.config}\0{home.data}\0{profile}".encode()).hexdigest()[:8]
    return f"alleo-onboard-{slug}-{digest}"


def _mechanism(using: Using, setup: Setup, wish: Wish) -> Mechanism:
    """Returns the scheduler `using`. Kubernetes gets the profile without its alarm addresses, which may be secret."""
    if using is not Using.KUBERNETES:
        return mechanism(using)
    from alleo_onboard.scheduler.kubernetes import IMAGE, Kubernetes
    from alleo_onboard.store.profile_toml import render

    # The alarm addresses may be secret, so they belong into the Secret; the manifest's first lines say so.
    return Kubernetes({setup.profile.name: render("", replace(setup.profile, alarm=Alarm()))}, wish.image or IMAGE)


def _way(setup: Setup, wish: Wish, using: Using) -> Way:
    """Returns where secrets come from: as requested, else a command if set, else systemd credentials if possible."""
    if using is Using.KUBERNETES:
        return Way.KUBERNETES_SECRET
    if wish.way is Way.SYSTEMD_CREDS and using is not Using.SYSTEMD:
        text = _("systemd credentials reach only runs that systemd starts, and these would be started by {using}.")
        raise Usage(text.format(using=using_label(using))).about("way")
    if wish.way:
        return wish.way
    if wish.env_file:
        return Way.ENV_FILE
    if setup.profile.secret_command:
        return Way.COMMAND
    return Way.SYSTEMD_CREDS if using is Using.SYSTEMD and creds_work() else Way.KEYRING


def _no_keyring(way: Way) -> tuple[str, ...]:
    """Returns a warning when there is no usable keyring. Whether one opens without a desktop is found by the test."""
    if way is not Way.KEYRING or find().backend.usable:
        return ()
    return (_("This machine has no keyring that works, so installing would be refused: choose where else to look."),)


def _with_commands(setup: Setup, wish: Wish) -> Setup:
    """Returns the set-up with the requested password commands."""
    if not (wish.personio_command or wish.alleo_command):
        return setup
    profile = setup.profile
    delivery = profile.delivery
    if wish.alleo_command:
        delivery = delivery.having(secret_command=wish.alleo_command)
    command = wish.personio_command or profile.secret_command
    return replace(setup, profile=replace(profile, secret_command=command, delivery=delivery))


def _passing(using: Using) -> str:
    """Returns a sentence when this program is in a cache that may be deleted, else "".

    A container has its own program.
    """
    if using is Using.KUBERNETES or not throwaway(Path(sys.prefix)):
        return ""
    return _(
        "This program runs from a cache that is emptied from time to time, and every run after that would fail. "
        "Install it first: uv tool install alleo-onboard, or pipx install alleo-onboard."
    )


def _variables(setup: Setup) -> tuple[str, ...]:
    """Returns the environment variables of the delivery's secrets, the one in use first."""
    kind, choice = setup.kind, setup.profile.delivery
    if kind is None:
        return ()
    told = [(kind.secret_variable(slot, choice), *slot.variables) for slot in kind.secrets]
    return tuple(dict.fromkeys(name for names in told for name in names))


def _command(setup: Setup, using: Using) -> tuple[str, ...]:
    """Returns the command of the run. -P keeps Python from importing modules from the current folder."""
    here = setup.ca_file and using is not Using.KUBERNETES  # a path of this machine is useless in a container
    trusted = ("--ca-file", str(Path(setup.ca_file or "").absolute())) if here else ()
    start = (sys.executable, "-P", "-m", "alleo_onboard", "--profile", setup.profile.name, *trusted)
    return (*start, "sync", "--yes", "--scheduled")


def _environment(
    environ: Mapping[str, str], setup: Setup, wish: Wish, way: Way
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Returns the environment of the run, and sentences about what is left out."""
    if way is Way.KUBERNETES_SECRET:  # the profile in the manifest already includes the environment's values
        text = _("The certificates of --ca-file stay here: put them into the image, and name them with SSL_CERT_FILE.")
        return (), (text,) if setup.ca_file else ()
    own = tuple(s.variable for s in setup.kind.settings if s.variable) if setup.kind else ()
    found = {name: environ[name] for name in (*_CARRIED, *own) if environ.get(name, "").strip()}
    if "ALLEO_ONBOARD_HOME" in found:
        found["ALLEO_ONBOARD_HOME"] = str(setup.home.data)
    notes: list[str] = []
    for name in _PROXIES:
        value = environ.get(name) or environ.get(name.lower()) or ""
        if "@" in value and urlsplit(value if "//" in value else f"//{value}").password:
            text = _("{name} holds a password, so it is not copied into the schedule. Put it into an environment file.")
            notes.append(text.format(name=name))
        elif value:
            found[name.lower()] = value
    if sys.platform != "win32":
        # cron searches programs in two folders only, and a system service has no home. Without PATH and HOME the run
        # would not find what the test found.
        found |= {"PATH": PATH, "HOME": environ.get("HOME") or str(user_home())}
    if way is Way.ENV_FILE:
        chosen = wish.env_file or environ.get(ENV_FILE_VARIABLE) or str(env_file_of(setup))
        found[ENV_FILE_VARIABLE] = os.path.abspath(chosen)  # noqa: PTH100 - a link is the admin's choice, and stays
    for name, value in found.items():
        _must_be_writable(name, value)
    return tuple(found.items()), tuple(notes)


def _must_be_writable(name: str, value: str) -> None:
    """Raises Usage for a value that cannot be, or must not be, in a file that others may read."""
    if not value.isprintable():
        text = _("{name} has a character that cannot be seen, so it cannot be written into a schedule. Set it again.")
        raise Usage(text.format(name=name))
    if without_password(value) != value:
        text = _("The address of {host} must not hold a user name, a password or a part after ? or #.")
        raise Usage(text.format(host=host_of(value)))


def _published_to(setup: Setup) -> tuple[str, ...]:
    """Returns the local folder that a run publishes files into, if any."""
    kind, place = setup.kind, setup.place
    publishes = kind is not None and kind.runs in (Runs.FILE, Runs.UPLOAD)
    return (place,) if publishes and "://" not in place and Path(place).is_absolute() else ()
