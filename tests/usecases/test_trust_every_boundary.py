"""A run that fails at each of its requests in turn: the next run finds out what is true, and finishes.

Two kinds of mishap meet each request; in a thorough run all six do.
"""

from __future__ import annotations

import pytest
from boundary import Mishap, Truth, mixed, recover, suffer
from thorough import some

BOUNDARIES = 60  # more than the run makes; the numbers beyond its end prove that all were tried


@pytest.mark.parametrize("kind", Mishap, ids=lambda kind: kind.name.lower())
async def test_a_mishap_at_every_request(office, tmp_path, kind):
    world = await mixed(office(people=14), tmp_path / "home")
    assert await recover(world) == []
    truth = Truth.of(world.place)
    for at in some(range(1, BOUNDARIES), 3, list(Mishap).index(kind) % 3):
        world.restore()
        reached = await suffer(world.place, world.alleo, kind, at)
        assert await recover(world, truth) == [], f"{kind} at request {at}"
        if not reached:
            break
    assert not reached
    assert at > 12
