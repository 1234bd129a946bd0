"""Cells for real daemons, a sandbox, and environments for setting up a schedule."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from cell import Cell

from alleo_onboard.sandbox.server import Sandbox


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Runs tests with real daemons one after another in one worker: they are slow, and some have fixed names."""
    for item in items:
        if "cells" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("cells"))


@pytest.fixture
def cells() -> Iterator[Callable[..., Cell]]:
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("unshare"):
        pytest.skip("needs root on Linux for namespaces of its own")
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not allow namespaces")
    with ExitStack() as stack:

        def start(prepare: str, init: str, **more: Any) -> Cell:
            try:
                cell = Cell(prepare, init, **more)
            except OSError as error:
                pytest.skip(f"this machine does not allow such a cell: {error}")
            stack.callback(cell.end)
            return cell

        yield start


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox("selective", 34, limits=False) as playing:
        yield playing


@pytest.fixture
def admin(tmp_path: Path, sandbox: Sandbox) -> dict[str, str]:
    """Returns the environment of somebody who sets up a schedule, with the secrets in it."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("PERSONIO_", "ALLEO_")) and k != "DBUS_SESSION_BUS_ADDRESS"
    }
    mine = {"ALLEO_ONBOARD_HOME": str(tmp_path / "home"), "LANGUAGE": "en", "HOME": str(tmp_path)}
    return {**kept, **mine, **sandbox.addresses.environment()}


@pytest.fixture
def stranger(admin: dict[str, str]) -> dict[str, str]:
    """Returns the same without secrets, as on a later day."""
    return {k: v for k, v in admin.items() if not k.startswith(("PERSONIO_", "ALLEO_SCIM_"))}
