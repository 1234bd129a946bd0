"""Deliveries to servers on loopback, with a clock that never waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from rough_scim import TOKEN, FastClock, Rough

from alleo_onboard.alleo.scim.delivery import ScimDelivery
from alleo_onboard.alleo.scim.settings import ScimSettings
from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.progress import Event
from alleo_onboard.domain.secret import Secret
from alleo_onboard.net.clock import Clock
from alleo_onboard.net.patience import Patience


@dataclass
class Deliveries:
    """Makes deliveries. `events` are their progress events, `clock` their waits."""

    events: list[Event] = field(default_factory=list)
    clock: FastClock = field(default_factory=FastClock)

    def to(self, where: Rough | ScimSettings, secret: str = TOKEN, **more: Any) -> ScimDelivery:
        """Returns a delivery to this server."""
        settings = ScimSettings(url=where.url) if isinstance(where, Rough) else where
        clock = Clock(sleep=self.clock.sleep, monotonic=self.clock.monotonic)
        more.setdefault("patience", Patience(clock=clock))
        return ScimDelivery(settings, Secret(secret), notify=self.events.append, **more)

    async def read(self, rough: Rough) -> Sequence[Account]:
        """Returns all accounts of a server."""
        async with self.to(rough) as delivery:
            await delivery.open(frozenset())
            return await delivery.accounts()

    def told(self, kind: type) -> list[Any]:
        """Returns the events of one class."""
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def deliveries() -> Deliveries:
    return Deliveries()


@pytest.fixture
def onboard() -> Callable[..., Change]:
    def change(number: int = 1, **more: str) -> Change:
        values = {"email": f"p{number}@example.com", "first_name": "Anna", "last_name": f"Nr {number}", **more}
        return Change(Kind.ONBOARD, number, None, "Anna", tuple(Field(k, None, v) for k, v in values.items()))

    return change


@pytest.fixture
def alter() -> Callable[..., Change]:
    def change(kind: Kind, account_id: str, number: int = 1, **new: Any) -> Change:
        return Change(kind, number, account_id, "Anna", tuple(Field(k, None, v) for k, v in new.items()))

    return change
