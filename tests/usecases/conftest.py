"""Use cases against the sandbox over loopback HTTP, with a clock that never waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from company import Office

from alleo_onboard.sandbox.server import Sandbox


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    with ExitStack() as stack:

        def open_office(scenario: str = "selective", people: int = 12, **more: Any) -> Office:
            sandbox = stack.enter_context(Sandbox(scenario, people, **{"limits": False, **more}))
            return Office(sandbox, tmp_path / "home")

        yield open_office
