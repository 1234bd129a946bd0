"""A whole run in one process: `python bench/whole.py PORT HOME PEOPLE [PACED]` prints what it cost as JSON.

Reads Personio and Alleo, decides, compares, and applies a plan with nothing to change. The first run in a HOME stores
the links in the ledger; the next one is that of every day. With PACED only the preview is made, within Personio's
request limits.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from dataclasses import replace

from alleo_onboard.personio.pace import DOCUMENTED
from alleo_onboard.usecases.preview.preview import preview
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.sync import Consent, sync
from alleo_onboard.usecases.setups.resolve import Setup, Setups

PAGE = 100


def setup_of(port: int, home: str, *, paced: bool) -> Setup:
    """Returns a set-up that exists only in this environment."""
    environ = {
        "ALLEO_ONBOARD_HOME": home,
        "PERSONIO_BASE_URL": f"http://127.0.0.1:{port}",
        "PERSONIO_CLIENT_ID": "id",
        "PERSONIO_CLIENT_SECRET": "secret",
        "ALLEO_SCIM_URL": f"http://127.0.0.1:{port}/scim/v2",
        "ALLEO_SCIM_TOKEN": "token",
    }
    return replace(Setups(environ).find(), limits=paced)


async def run(setup: Setup, people: int, *, applies: bool) -> None:
    """Makes the plan, and applies it or not."""
    async with Session(setup) as session:
        found = await preview(session)
        assert len(found.plan.people) == people
        assert found.readiness.ready
        assert not found.plan.changes
        if applies:
            await sync(session, found, Consent())


async def loaded(setup: Setup) -> None:
    """Signs in once to load httpx, because imports do not belong to the measured time."""
    async with Session(setup) as session:
        await session.personio().sign_in()


def pace_of(people: int) -> float:
    """Returns the seconds that the requests for so many people, and for the attributes, take at 15 a second.

    The limit of 300 a minute is not reached by 10,000 people.
    """
    requests = 1 + -(-people // PAGE)
    assert DOCUMENTED.per_second
    assert DOCUMENTED.per_minute
    assert requests <= DOCUMENTED.per_minute
    return requests / DOCUMENTED.per_second


def measured(port: int, home: str, people: int, *, paced: bool) -> dict[str, float]:
    """Returns the seconds of one run, and CPU seconds and peak memory in MiB of the whole process.

    With `paced` also the seconds that the pace alone takes.
    """
    setup = setup_of(port, home, paced=paced)
    if paced:
        asyncio.run(loaded(setup))
    began = time.perf_counter()
    asyncio.run(run(setup, people, applies=not paced))
    found = {"seconds": time.perf_counter() - began, "cpu": time.process_time()}
    found["mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**found, "pace": pace_of(people)} if paced else found


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), paced=len(sys.argv) > 4)))
