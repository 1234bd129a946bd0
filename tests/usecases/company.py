"""Use cases in one company of the sandbox, over loopback HTTP, with a clock that never waits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from alleo_onboard.alleo.scim.delivery import ScimDelivery
from alleo_onboard.alleo.scim.settings import ScimSettings
from alleo_onboard.net.clock import Clock
from alleo_onboard.net.patience import Patience
from alleo_onboard.sandbox.server import Sandbox
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.usecases.preview.preview import Preview, preview
from alleo_onboard.usecases.preview.session import Session, utc_now
from alleo_onboard.usecases.run.sync import Consent, RunResult, Stop, sync
from alleo_onboard.usecases.setups.resolve import Setups


class FastClock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)

    def monotonic(self) -> float:
        return self.now + time.monotonic()


class Office:
    """One company in the sandbox, with its own home."""

    def __init__(self, sandbox: Sandbox, home: Path) -> None:
        self.sandbox, self.scim, self.personio = sandbox, sandbox.scim, sandbox.personio
        environment = {**sandbox.addresses.environment(), "ALLEO_ONBOARD_HOME": str(home)}
        self.setups = Setups(environment, forgetful=True)
        self.setup = replace(self.setups.find(secrets=False), limits=False)
        self.now: Callable[[], datetime] = utc_now

    @asynccontextmanager
    async def session(self):
        """Opens a session whose clock never waits."""
        clock = FastClock()
        patience = Patience(clock=Clock(sleep=clock.sleep, monotonic=clock.monotonic))
        self.setup = replace(self.setup, profile=self.setups.find(secrets=False).profile)
        async with Session(self.setup, now=self.now) as session:
            settings = ScimSettings.of(self.setup.profile.delivery)
            session._delivery = ScimDelivery(settings, self.setup.delivery_secrets["scim"], patience=patience)
            yield session

    async def preview(self) -> Preview:
        """Returns a preview."""
        async with self.session() as session:
            return await preview(session)

    async def sync(self, consent: Consent | None = None, stop: Stop | None = None) -> RunResult:
        """Makes a run."""
        async with self.session() as session:
            return await sync(session, await preview(session), consent or Consent(), stop)

    @property
    def ledger(self) -> Ledger:
        return Ledger.of(self.setup.home, self.setup.profile.name)

    def account(self, number: int) -> dict[str, Any]:
        """Returns the only account of a Personio id."""
        found = [a for a in self.scim.accounts if a.get("externalId") == str(number)]
        assert len(found) == 1
        return found[0]

    def tamper(self, alter: Callable[[Any], None]) -> None:
        """Makes the server change all accounts after every write; `alter` gets each SCIM model."""
        inner, scim = self.scim._app, self.scim

        async def app(scope, receive, send):
            await inner(scope, receive, send)
            if scope["method"] in ("POST", "PATCH"):
                self.alter(alter)

        scim._app = app

    def alter(self, alter: Callable[[Any], None]) -> None:
        """Changes all accounts on the server, as somebody at Alleo could."""
        storage, kind = self.scim._storage, self.scim._type
        with storage.lock:
            for account in self.scim.accounts:
                model = storage.get(kind, account["id"])
                alter(model)
                storage.update(kind, model)

    def linked(self, n: int) -> list[int]:
        """Returns the Personio ids of the first `n` accounts."""
        return [int(a["externalId"]) for a in self.scim.accounts[:n]]

    def writes(self) -> list[tuple[str, str]]:
        """Returns method and path of all writes so far."""
        return [(r.method, r.path) for r in self.scim.requests if r.method != "GET"]
