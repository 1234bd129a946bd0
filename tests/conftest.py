"""Tests read English, know nothing of whoever runs them, and do not wait where nothing is to be seen."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from command_line import Cli
from hypothesis import HealthCheck, settings

from alleo_onboard.sandbox.server import Sandbox

os.environ["LANGUAGE"] = "en"
for name in [name for name in os.environ if name.startswith(("PERSONIO_", "ALLEO_")) and name != "ALLEO_GOLDEN"]:
    del os.environ[name]

# Hundreds of processes are started from the same sources: these are compiled once, whatever the shell says.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# How long an example takes says how busy the machine is; speed is measured in bench/.
EASY = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("ours", max_examples=40, **EASY)
settings.register_profile("thorough", max_examples=200, **EASY)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ours"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """With `-n auto` one worker more than there are cores: daemons, terminals and other processes are often waited for."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the garbage collector need not look through it again."""
    gc.collect()
    gc.freeze()


class _Hurried:
    """asyncio for uvicorn, which looks ten times a second whether it should end: here two hundred times."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    @staticmethod
    async def sleep(seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.005))


@pytest.fixture(scope="session", autouse=True)
def _servers_end_at_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("uvicorn.server.asyncio", _Hurried())
        yield


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
