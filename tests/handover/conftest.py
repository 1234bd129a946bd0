"""A Onetime Secret server and a Personio on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest

from alleo_onboard.sandbox.server import Sandbox


@pytest.fixture(scope="session")
def stopping() -> Iterator[list[Thread]]:
    threads: list[Thread] = []
    yield threads
    for thread in threads:
        thread.join()


@pytest.fixture
def sandbox(stopping: list[Thread]) -> Iterator[Sandbox]:
    place = Sandbox("selective", 34, limits=False)
    place.start()
    yield place
    stopping.append(Thread(target=place.stop))
    stopping[-1].start()
