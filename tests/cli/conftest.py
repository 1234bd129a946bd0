"""The command line as a script sees it: a real process, real HTTP to the sandbox, a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from alleo_onboard.sandbox.server import Sandbox


@dataclass
class Done:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Cli:
    """Runs `alleo-onboard` with an environment; `None` takes a variable away."""

    def __init__(self, home: Path) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PERSONIO_", "ALLEO_"))}
        self.env = {**kept, "ALLEO_ONBOARD_HOME": str(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
        self.env |= {"LANGUAGE": "en", "PYTHONIOENCODING": "utf-8"}
        self.home = home

    def use(self, sandbox: Sandbox) -> None:
        self.env |= sandbox.addresses.environment()

    def __call__(self, *words: str, stdin: str | None = None, **changed: str | None) -> Done:
        env = {k: v for k, v in {**self.env, **changed}.items() if v is not None}
        done = subprocess.run(
            [sys.executable, "-m", "alleo_onboard", *words],
            env=env,
            input=stdin if stdin is not None else "",
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
            encoding="utf-8",
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Done(done.returncode, done.stdout, done.stderr)

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """Starts a command without waiting for it."""
        return subprocess.Popen(
            [sys.executable, "-m", "alleo_onboard", *words],
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path / "home")


@pytest.fixture
def play(cli: Cli) -> Iterator[Callable[..., Sandbox]]:
    """Starts a sandbox and points the command line at it."""
    with ExitStack() as stack:

        def start(scenario: str = "selective", people: int = 34, **more: Any) -> Sandbox:
            sandbox = stack.enter_context(Sandbox(scenario, people, **{"limits": False, **more}))
            cli.use(sandbox)
            return sandbox

        yield start
