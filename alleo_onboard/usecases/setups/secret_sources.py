"""Sources of secrets for unattended runs: environment file, systemd credential, password command."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.schedule import CREDENTIALS_VARIABLE, ENV_FILE_VARIABLE
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.store.paths import open_file, unreadable

_SECONDS = 60.0  # seconds; a password manager may ask its own server


def with_env_file(environ: Mapping[str, str]) -> Mapping[str, str]:
    """Returns `environ` merged over the file named by ALLEO_ONBOARD_ENV_FILE, if any.

    Lines are NAME=value, with or without quotes; empty lines and lines with # are ignored. Raises Usage when the file
    cannot be read, or when others can read it.
    """
    named = environ.get(ENV_FILE_VARIABLE, "").strip()
    if not named:
        return environ
    path = Path(named)
    try:
        with open_file(path) as file:
            found = os.fstat(file.fileno())
            if sys.platform != "win32" and (
                stat.S_IMODE(found.st_mode) & 0o077 or found.st_uid not in (os.geteuid(), 0)
            ):
                sentence = _(
                    "{path} holds secrets, but others can read it or own it. Make it yours alone: chmod 600 {path}"
                )
                raise Usage(sentence.format(path=path))
            text = file.read().decode("utf-8-sig")
    except OSError as error:
        raise unreadable(path, error) from error
    except UnicodeDecodeError:
        raise Usage(_("{path} is not text in UTF-8. Save it again as UTF-8.").format(path=path)) from None
    return {**_variables(text), **environ}


def _variables(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.splitlines():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and not name.startswith("#"):
            value = value.strip()
            quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "'\""
            found[name.strip()] = value[1:-1] if quoted else value
    return found


def credential(environ: Mapping[str, str], name: str) -> Secret | None:
    """Returns the credential in systemd's $CREDENTIALS_DIRECTORY, or None. Raises Usage."""
    folder = environ.get(CREDENTIALS_VARIABLE, "").strip()
    if not folder:
        return None
    path = Path(folder) / name
    try:
        with open_file(path) as file:
            return Secret(file.read().decode()) or None
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise Usage(_("The credential {path} cannot be read.").format(path=path)) from error


def without_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """Returns the environment without the secrets of both systems, for a command of the admin's."""
    from alleo_onboard.alleo.registry import kinds

    own = {variable for kind in kinds() for slot in kind.secrets for variable in slot.variables}
    dropped = {"PERSONIO_CLIENT_SECRET", CREDENTIALS_VARIABLE, ENV_FILE_VARIABLE} | own
    return {name: value for name, value in environ.items() if name not in dropped}


def printed_by(command: str) -> Secret | None:
    """Returns the first line that a password command prints, None for "". Raises Usage when it fails.

    It runs without a shell and without a terminal. Its output is never shown, because it may be a secret.
    """
    if not command.strip():
        return None
    import shlex
    import subprocess

    try:
        words = shlex.split(command)
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env=without_secrets(os.environ),
        )
        lines = done.stdout.decode().splitlines()
    except (OSError, ValueError, subprocess.TimeoutExpired):
        raise Usage(_("The password command of this set-up cannot be run, or does not end.")) from None
    if done.returncode or not lines or not lines[0].strip():
        sentence = _("The password command of this set-up gave nothing (it ended with {code}).")
        raise Usage(sentence.format(code=done.returncode))
    return Secret(lines[0])
