"""The command line as a script sees it: exit code, standard output, standard error.

`cli(...)` calls `cli.main` in this process, with its own streams, environment and home; for tests of what a command
prints and does. `cli.process(...)` starts a real process; for tests of streams, signals, encodings, exit codes of a
process, and of anything fixed at its start (language, encoding of streams).
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alleo_onboard.sandbox.server import Sandbox

COMMAND = [sys.executable, "-m", "alleo_onboard"]
FROM_THE_START = ("PYTHON", "LANG", "LC_", "TZ")  # prefixes of variables that a running process does not read again


@dataclass
class Done:
    """The result of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Returns standard output as JSON."""
        return json.loads(self.out)


class Cli:
    """Runs `alleo-onboard` with an environment. A value of None removes a variable."""

    def __init__(self, home: Path) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PERSONIO_", "ALLEO_"))}
        self.env = {**kept, "ALLEO_ONBOARD_HOME": str(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
        self.env |= {"LANGUAGE": "en", "PYTHONIOENCODING": "utf-8"}
        self.start = dict(self.env)
        self.home = home

    def use(self, sandbox: Sandbox) -> None:
        """Adds the sandbox's variables to the environment."""
        self.env |= sandbox.addresses.environment()

    def __call__(self, *words: str, stdin: str | None = None, **changed: str | None) -> Done:
        """Runs a command in this process if possible, and checks that it printed no traceback."""
        env = self._environment(changed)
        done = called(words, env, stdin or "") if self._may_be_called(env) else self._started(words, env, stdin or "")
        assert "Traceback" not in done.err, done.err
        return done

    def process(self, *words: str, stdin: str | None = None, **changed: str | None) -> Done:
        """Runs a command in its own process."""
        done = self._started(words, self._environment(changed), stdin or "")
        assert "Traceback" not in done.err, done.err
        return done

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """Starts a command without waiting for it."""
        return subprocess.Popen(
            [*COMMAND, *words],
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def _environment(self, changed: Mapping[str, str | None]) -> dict[str, str]:
        return {k: v for k, v in {**self.env, **changed}.items() if v is not None}

    def _may_be_called(self, env: Mapping[str, str]) -> bool:
        """Returns whether the environment can be used in this process: nothing in it needs a new one."""
        names = {name for name in {*env, *self.start} if name.startswith(FROM_THE_START)}
        return not _in_a_loop() and all(env.get(name) == self.start.get(name) for name in names)

    @staticmethod
    def _started(words: tuple[str, ...], env: Mapping[str, str], stdin: str) -> Done:
        done = subprocess.run(
            [*COMMAND, *words],
            env=env,
            input=stdin,
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
            encoding="utf-8",
        )
        return Done(done.returncode, done.stdout, done.stderr)


def called(words: tuple[str, ...], env: Mapping[str, str], stdin: str = "") -> Done:
    """Runs one command in this process, and leaves nothing behind except its files."""
    from alleo_onboard.cli import main

    with _environ(env), _streams(stdin) as (out, err):
        code = main.run(list(words))
    return Done(code, out.getvalue().decode(), err.getvalue().decode())


@contextlib.contextmanager
def _environ(env: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(env)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextlib.contextmanager
def _streams(stdin: str) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """Replaces the standard streams by pipes."""
    from alleo_onboard.cli import streams

    before = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(err, encoding="utf-8", errors="backslashreplace", write_through=True)
    ours = sys.stdout, sys.stderr
    streams._lost.clear()
    _forget_the_keyring()
    try:
        yield out, err
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
        for stream in ours:
            stream.flush()
            stream.detach()
        _forget_the_keyring()


def _forget_the_keyring() -> None:
    """Clears the keyring that the keyring library chose for an earlier environment."""
    if core := sys.modules.get("keyring.core"):
        core._keyring_backend = None  # type: ignore[attr-defined]


def _in_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
