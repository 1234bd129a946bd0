"""Tests run in English, ignore the user's environment, and do not wait without need. Fixtures of the command line."""

from __future__ import annotations

import asyncio
import functools
import gc
import importlib
import os
import pkgutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from command_line import Cli
from hypothesis import HealthCheck, settings
from thorough import PROFILE

import alleo_onboard
from alleo_onboard.locale import settle
from alleo_onboard.sandbox.server import Sandbox

os.environ["LANGUAGE"] = "en"
os.environ["TZ"] = "Europe/Amsterdam"  # as set-ups have it: times name their zone only where the computer has another
if hasattr(time, "tzset"):
    time.tzset()
KEPT = ("ALLEO_GOLDEN", "ALLEO_JOURNEYS")  # settings of the tests themselves
for name in [name for name in os.environ if name.startswith(("PERSONIO_", "ALLEO_")) and name not in KEPT]:
    del os.environ[name]

# Hundreds of processes are started from the same sources: these are compiled once, also where the shell says otherwise.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

if hasattr(signal, "SIGHUP"):  # under nohup all that is started here would ignore it, and outlive its terminal
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# No deadline: how long an example takes depends on the machine. Speed is measured in bench/.
EASY = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("ours", max_examples=25, **EASY)
settings.register_profile("thorough", max_examples=200, **EASY)
settings.register_profile("long", settings.get_profile("thorough"))
settings.load_profile(PROFILE)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """`-n auto` starts one worker more than there are cores, because tests often wait for daemons and processes."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + 1


def pytest_collection_finish() -> None:
    """Takes what was imported and collected out of the garbage collector's work: it stays to the end."""
    gc.collect()
    gc.freeze()


class _Hurried:
    """asyncio as uvicorn sees it. uvicorn checks every 0.1 s if it should stop; here every 5 ms."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    @staticmethod
    async def sleep(seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.005))


@pytest.fixture(scope="session", autouse=True)
def _servers_stop_at_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("uvicorn.server.asyncio", _Hurried())
        yield


@functools.cache
def _import_everything() -> None:
    for module in pkgutil.walk_packages(alleo_onboard.__path__, "alleo_onboard."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


@pytest.fixture
def monkeypatch(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Imports the whole product first: a module that is first imported during a patch keeps the patched name."""
    _import_everything()
    return monkeypatch


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """Sets the language back that a test before may have chosen."""
    settle("")


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
