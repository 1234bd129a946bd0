"""The command line with its own home, and real HTTP to the sandbox. How it is run: `command_line`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from command_line import Cli

from alleo_onboard.sandbox.server import Sandbox


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path / "home")


@pytest.fixture
def play(cli: Cli) -> Iterator[Callable[..., Sandbox]]:
    """Starts a sandbox and makes the command line use it."""
    with ExitStack() as stack:

        def start(scenario: str = "selective", people: int = 34, **more: Any) -> Sandbox:
            sandbox = stack.enter_context(Sandbox(scenario, people, **{"limits": False, **more}))
            cli.use(sandbox)
            return sandbox

        yield start


@pytest.fixture
def crontab(cli: Cli, tmp_path: Path) -> Path:
    """Installs a crontab program that keeps one table in a file, so that cron works on a machine without it."""
    program = tmp_path / "bin" / "crontab"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nif [ "$1" = -l ]; then cat "$0.kept"; else cat "$1" >"$0.kept"; fi\n')
    program.chmod(0o700)
    cli.env["PATH"] = f"{program.parent}{os.pathsep}{cli.env['PATH']}"
    return program
