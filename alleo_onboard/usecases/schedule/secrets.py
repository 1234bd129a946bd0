"""Stores the secrets for unattended runs, and tests that such a run finds them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from alleo_onboard.domain.errors import NotReady, Usage
from alleo_onboard.domain.schedule import (
    CREDENTIALS_VARIABLE,
    ENV_FILE_VARIABLE,
    PERSONIO_CREDENTIAL,
    Way,
)
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.scheduler.job import Job
from alleo_onboard.scheduler.tools import call, is_root, works
from alleo_onboard.store.lock import user_name
from alleo_onboard.store.paths import file_stem, private_dir, write_private
from alleo_onboard.usecases.setups.resolve import Setup

_SECONDS = 120.0
# Variables that a service or cron sets for every process. Windows programs do not start without some of them.
_BASIC = (
    "HOME",
    "USER",
    "LOGNAME",
    "SYSTEMROOT",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "TEMP",
    "COMSPEC",
    "PATHEXT",
)
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def missing(setup: Setup) -> tuple[str, ...]:
    """Returns what a run of this set-up needs and lacks, by variable name: ids, addresses, secrets, a delivery."""
    needed = (("PERSONIO_CLIENT_ID", setup.profile.client_id), ("PERSONIO_CLIENT_SECRET", setup.client_secret))
    kind = setup.kind
    delivery = (
        kind.missing(setup.profile.delivery, setup.delivery_secrets.keys()) if kind else (_("a delivery to Alleo"),)
    )
    return (*(name for name, there in needed if not there), *delivery)


def creds_work() -> bool:
    """Returns whether systemd can encrypt for this user: root, from systemd 250; not without a host key on disk."""
    return is_root() and works("systemd-creds", "encrypt", "--name=trial", "-", "-")


def env_file_of(setup: Setup) -> Path:
    """Returns the environment file of a set-up."""
    return setup.home.config / "unattended" / f"{file_stem(setup.profile.name)}.env"


def lay(setup: Setup, job: Job) -> tuple[Job, tuple[str, ...]]:
    """Stores the secrets where the job looks for them. Returns the job to install, and the files that were made.

    Raises NotReady when there is no secret to store.
    """
    if job.way is Way.ENV_FILE:
        return job, _write_env_file(setup, job)
    if job.way is Way.SYSTEMD_CREDS:
        return _encrypt(setup, job)
    return job, ()


def _write_env_file(setup: Setup, job: Job) -> tuple[str, ...]:
    """Writes the environment file and returns its path; empty for the admin's own file."""
    path = Path(dict(job.environment)[ENV_FILE_VARIABLE])
    if path != env_file_of(setup):
        return ()  # the admin's own file is only read
    if missing(setup) and path.exists():
        return (str(path),)  # written by an earlier install, and still used by the run
    _need(setup)
    lines = [f'{name}="{secret.reveal()}"' for name, _credential, secret in _secrets(setup)]
    content = ("\n".join(lines) + "\n").encode()
    if not path.exists() or path.read_bytes() != content:
        private_dir(path.parent)
        write_private(path, content)
    return (str(path),)


def _encrypt(setup: Setup, job: Job) -> tuple[Job, tuple[str, ...]]:
    """Encrypts the secrets with systemd-creds. Returns the job and the files."""
    folder = setup.home.config / "unattended"
    stem = file_stem(setup.profile.name)
    there = [(n, str(p)) for n in _credentials(setup) if (p := folder / f"{stem}.{n}.cred").exists()]
    if missing(setup) and there:
        return replace(job, credentials=tuple(there)), tuple(path for _name, path in there)
    _need(setup)
    private_dir(folder)
    files: list[tuple[str, str]] = []
    for _variable, name, secret in _secrets(setup):
        path = folder / f"{stem}.{name}.cred"
        if _decrypted(name, path) != secret:
            plain = secret.reveal().encode()
            write_private(path, call("systemd-creds", "encrypt", f"--name={name}", "-", "-", stdin=plain))
        files.append((name, str(path)))
    return replace(job, credentials=tuple(files)), tuple(path for _name, path in files)


def _decrypted(name: str, path: Path) -> Secret | None:
    """Returns the secret in an encrypted file, or None."""
    if not path.exists():
        return None
    try:
        return Secret(call("systemd-creds", "decrypt", f"--name={name}", str(path), "-").decode())
    except (NotReady, UnicodeDecodeError):
        return None


def _secrets(setup: Setup) -> list[tuple[str, str, Secret]]:
    """Returns (variable, credential name, secret) for each secret that is known."""
    own = [("PERSONIO_CLIENT_SECRET", PERSONIO_CREDENTIAL, setup.client_secret)] if setup.client_secret else []
    kind, choice = setup.kind, setup.profile.delivery
    return [(variable, name, secret) for variable, name, secret in own if secret] + [
        (kind.secret_variable(slot, choice), slot.credential, setup.delivery_secrets[slot.name])
        for slot in (kind.secrets if kind else ())
        if kind and slot.name in setup.delivery_secrets
    ]


def _credentials(setup: Setup) -> tuple[str, ...]:
    """Returns the systemd credential names of this set-up's secrets."""
    return (PERSONIO_CREDENTIAL, *(slot.credential for slot in (setup.kind.secrets if setup.kind else ())))


def _need(setup: Setup) -> None:
    """Raises NotReady when something is missing."""
    if absent := missing(setup):
        text = _("The runs would be without {names}: set what is missing for this one command.")
        raise NotReady(text.format(names=", ".join(absent)))


def clean_environment(job_environment: Mapping[str, str]) -> dict[str, str]:
    """Returns the environment that the run will have: a service's basics and the job's own.

    No desktop, D-Bus or shell.
    """
    basic = {name: os.environ[name] for name in _BASIC if os.environ.get(name)}
    if sys.platform != "win32":
        basic |= {"USER": user_name(), "LOGNAME": user_name()}
    path = os.environ.get("PATH", "") if sys.platform == "win32" else PATH
    return {**basic, "PATH": path, **job_environment}


def try_out(job: Job) -> str:
    """Looks the secrets up as the scheduled run will. Returns "" when all are found, else a sentence."""
    at = job.command.index("sync")
    words = [*job.command[:at], "schedule", "try-secrets"]
    folder = tempfile.mkdtemp(prefix="alleo-onboard-")  # mode 0700; stands for the folder that systemd creates
    try:
        environment = clean_environment(dict(job.environment))
        for name, path in job.credentials:
            write_private(Path(folder) / name, call("systemd-creds", "decrypt", f"--name={name}", path, "-"))
            environment[CREDENTIALS_VARIABLE] = folder
        done = subprocess.run(
            words,
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return _("Looking up the secrets did not end; something seems to wait for an answer.")
    except (OSError, Usage) as error:
        return str(error)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    said = done.stderr.decode(errors="replace").strip().splitlines()
    return "" if done.returncode == 0 else (said[-1] if said else _("The secrets were not found."))
