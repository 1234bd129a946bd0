"""A command line with made-up people, and a real browser if there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from browser import Browser
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
def browser(tmp_path: Path) -> Browser:
    return Browser.found(tmp_path / "browser")
