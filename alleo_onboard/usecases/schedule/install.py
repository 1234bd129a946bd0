"""Installs the daily run after a test, runs it by hand, and removes it completely."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from alleo_onboard.domain.errors import NoScheduler, NotReady
from alleo_onboard.domain.profile import Profile
from alleo_onboard.domain.schedule import Using, Way
from alleo_onboard.locale import _
from alleo_onboard.locale.system import system_reason
from alleo_onboard.locale.terms import way_label
from alleo_onboard.scheduler.choice import Proposal, mechanism, propose
from alleo_onboard.scheduler.job import File, Job, Mechanism, put, take_away
from alleo_onboard.store.lock import lock_path, run_lock
from alleo_onboard.store.paths import private_dir
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.usecases.schedule import record
from alleo_onboard.usecases.schedule.propose import Prepared, Wish, job_id, prepare
from alleo_onboard.usecases.schedule.secrets import clean_environment, lay, missing, try_out
from alleo_onboard.usecases.setups.resolve import Setup, Setups
from alleo_onboard.usecases.setups.ways import no_delivery

__all__ = [
    "Done", "File", "Prepared", "Proposal", "SecretsNotFound", "Using", "Way", "Wish", "install", "missing",
    "must_be_placed", "prepare", "prepare_somewhere", "propose", "remove", "run_now", "write_out",
]  # fmt: skip


Run = Callable[[Sequence[str], Mapping[str, str]], str]


class SecretsNotFound(NotReady):
    """The test failed. Each interface says what could be chosen instead."""


def prepare_somewhere(setup: Setup, wish: Wish, environ: Mapping[str, str]) -> tuple[Prepared, str]:
    """Returns the schedule of this machine and "", or that for Kubernetes and why this machine can have none."""
    try:
        return prepare(setup, wish, environ), ""
    except NoScheduler as lacking:
        return prepare(setup, replace(wish, using=Using.KUBERNETES, way=None), environ), str(lacking)


@dataclass(frozen=True, slots=True)
class Done:
    """The result of an installation. `changed` is false when everything was installed already."""

    changed: bool
    prepared: Prepared


def install(prepared: Prepared) -> Done:
    """Stores the secrets, tests that a run finds them, and installs the job.

    Raises NotReady, leaving nothing behind, when the run could not work: no delivery, no secret, no scheduler.
    """
    setup, before = prepared.setup, record.installed(prepared.setup.home, prepared.setup.profile.name)
    _must_be_ready(prepared)
    for folder in prepared.job.folders:
        private_dir(Path(folder))
    kept = _keep_commands(setup) if prepared.job.way is Way.COMMAND else None
    made: tuple[str, ...] = ()
    try:
        job, made = lay(setup, prepared.job)
        _try(job)
        changed = _replace(before, prepared.mechanism, job)
    except BaseException:
        take_away(tuple(Path(path) for path in made if not before or path not in before.made))
        _drop_if_empty(setup.home.config / "unattended")
        if kept:
            was, wrote = kept
            Profiles(setup.home).change(wrote, was)
        if before is None:
            with suppress(NotReady):
                prepared.mechanism.remove(prepared.job.id)
        raise
    stale = [path for path in (before.made if before else ()) if path not in made]
    take_away(tuple(Path(path) for path in stale))
    now = _installed(job, prepared.mechanism.using, made, before)
    if now != before:
        record.keep(setup.home, job.profile, now)
    return Done(changed or now != before, replace(prepared, job=job))


def remove(setups: Setups, profile: str) -> tuple[str, ...]:
    """Removes the schedule and everything made for it. Returns what was removed; empty when there was none.

    Raises Locked while a run is in progress, because its result would be stored again; the schedule is removed already
    then.
    """
    setup = setups.find(profile, secrets=False)
    before = record.installed(setup.home, setup.profile.name)
    gone: list[str] = []
    name = setup.profile.name
    # The id is always the same, so the job is found even without its record.
    for using in [before.using] if before else list(Using):
        gone += mechanism(using).remove(job_id(setup.home, name))
    if before:
        gone += take_away(tuple(Path(path) for path in before.made))
        _drop_if_empty(setup.home.config / "unattended")
    # Without a lock file there was never a run, so none is created.
    with run_lock(setup.home, name) if lock_path(setup.home, name).exists() else nullcontext():
        return (*gone, *record.forget(setup.home, name))


def by_hand(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """Runs a command to its end and returns its standard error. Raises OSError when there is no such program."""
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return done.stderr.decode(errors="replace")


def run_now(setups: Setups, profile: str, run: Run = by_hand) -> record.LastRun:
    """Runs the installed job now; with `run` when its scheduler cannot start it on request.

    Raises NotReady when nothing is installed, or the run stored no result.
    """
    setup = setups.find(profile, secrets=False)
    before = record.installed(setup.home, setup.profile.name)
    if before is None:
        text = _("Nothing is scheduled for {profile}: use schedule install first.")
        raise NotReady(text.format(profile=setup.profile.name))
    began = datetime.now(UTC)
    started = mechanism(before.using).start(_job(before, setup.profile.name))
    said = _("Look into the journal of its service.") if started else _last_said(before, run)
    last = record.last_run(setup.home, setup.profile.name)
    if last is None or last.started < began or last.exit is None:
        raise NotReady(_("The run did not come as far as writing down a result. {said}").format(said=said).strip())
    return last


def _last_said(there: record.Installed, run: Run) -> str:
    """Runs the command in the scheduler's environment and returns its last line of standard error."""
    try:
        said = run(there.command, clean_environment(dict(there.environment)))
    except OSError as error:
        text = _("{program} cannot be run: {reason}.")
        raise NotReady(text.format(program=there.command[0], reason=system_reason(error))) from error
    return next(reversed(said.strip().splitlines()), "")


def _must_be_ready(prepared: Prepared) -> None:
    """Raises NotReady when something is missing."""
    setup = prepared.setup
    if prepared.obstacle:
        raise NotReady(prepared.obstacle)
    if not setup.profile.client_id:
        raise NotReady(
            _("This set-up has no Personio client id yet. Finish the wizard first, or set PERSONIO_CLIENT_ID.")
        )
    must_be_placed(setup)


def must_be_placed(setup: Setup) -> None:
    """Raises NotReady when the set-up has no delivery, or does not say where its delivery leads."""
    if setup.kind is None:
        raise NotReady(_("This set-up has no delivery to Alleo yet. Finish the wizard first, or set ALLEO_SCIM_URL."))
    if not setup.placed:
        raise NotReady(no_delivery(setup))


def _try(job: Job) -> None:
    """Raises SecretsNotFound when the run would not find its secrets."""
    if trouble := try_out(job):
        text = _("Not installed: an unattended run would not find its secrets in {way}. {trouble}")
        raise SecretsNotFound(text.format(way=way_label(job.way), trouble=trouble))


def _replace(before: record.Installed | None, chosen: Mechanism, job: Job) -> bool:
    """Installs the job, then removes one from another scheduler: two would run the same sync."""
    changed = chosen.install(job)
    if before and before.using is not chosen.using:
        mechanism(before.using).remove(before.id)
        return True
    return changed


def _installed(job: Job, using: Using, made: tuple[str, ...], before: record.Installed | None) -> record.Installed:
    """Returns the record. Its time of installation is kept while the times of the run stay the same."""
    stays = before is not None and (before.at, before.zone) == (job.cadence.written, job.cadence.zone)
    since = before.since if before and stays else datetime.now(UTC)
    return record.Installed(
        job.id, using, job.way, job.cadence.written, job.cadence.zone, since, job.command, job.environment,
        job.credentials, made,
    )  # fmt: skip


def _job(before: record.Installed, profile: str) -> Job:
    return Job(
        before.id, profile, before.command, before.environment, before.cadence, before.way, (), before.credentials
    )


def _keep_commands(setup: Setup) -> tuple[Profile, Profile] | None:
    """Stores the password commands in the profile. Returns the profile before and after, None when nothing changed."""
    profiles, given = Profiles(setup.home), setup.profile
    stored = profiles.load(given.name)
    if stored is None:
        raise NotReady(
            _("A password command is kept in the set-up, and this one is not saved yet. Finish the wizard first.")
        )
    command = given.delivery.text("secret_command")
    delivery = stored.delivery.having(secret_command=command) if command else stored.delivery
    wanted = replace(stored, secret_command=given.secret_command, delivery=delivery)
    if wanted == stored:
        return None
    profiles.change(stored, wanted)
    return stored, wanted


def _drop_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def write_out(prepared: Prepared, folder: Path) -> tuple[Path, ...]:
    """Writes the files that would be installed into a folder, and returns their paths. Raises NotReady."""
    written: list[Path] = []
    for file in prepared.files:
        path = folder / Path(file.place).name
        put(File(str(path), file.content, 0o644))
        written.append(path)
    return tuple(written)
