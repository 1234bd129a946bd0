"""The command line with a home of its own, and real HTTP to the sandbox. How it is run: `command_line`."""

from __future__ import annotations

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
    """Starts a sandbox and points the command line at it."""
    with ExitStack() as stack:

        def start(scenario: str = "selective", people: int = 34, **more: Any) -> Sandbox:
            sandbox = stack.enter_context(Sandbox(scenario, people, **{"limits": False, **more}))
            cli.use(sandbox)
            return sandbox

        yield start
