"""One company of the sandbox with a delivery that writes a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.sandbox.server import Sandbox
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.usecases.preview.preview import Preview, preview
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.sync import Consent, RunResult, Stop, sync
from alleo_onboard.usecases.setups.resolve import Setups

NAME = "alleo_employees_current.csv"


class FilesOffice:
    """One company in the sandbox, with its own home."""

    def __init__(self, sandbox: Sandbox, home: Path, choice: DeliveryChoice) -> None:
        self.sandbox, self.personio = sandbox, sandbox.personio
        given = sandbox.addresses.environment()
        environment = {n: v for n, v in given.items() if n.startswith("PERSONIO")}
        self.setups = Setups({**environment, "ALLEO_ONBOARD_HOME": str(home)}, forgetful=True)
        self.choice = choice
        self.moment = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
        self.now: Callable[[], datetime] = lambda: self.moment

    @property
    def setup(self):
        """Returns the set-up with the delivery."""
        found = self.setups.find(secrets=False)
        return replace(found, limits=False, profile=replace(found.profile, delivery=self.choice))

    @asynccontextmanager
    async def session(self):
        async with Session(self.setup, now=self.now) as session:
            yield session

    async def preview(self) -> Preview:
        async with self.session() as session:
            return await preview(session)

    async def sync(self, consent: Consent | None = None, stop: Stop | None = None) -> RunResult:
        async with self.session() as session:
            return await sync(session, await preview(session), consent or Consent(), stop)

    @property
    def ledger(self) -> Ledger:
        return Ledger.of(self.setup.home, self.setup.profile.name)

    def set(self, number: int, **values: Any) -> None:
        """Changes one employee in Personio."""
        people = self.personio.people
        assert any(p.id == number for p in people)
        self.personio.set_people(tuple(replace(p, **values) if p.id == number else p for p in people))

    def remove(self, number: int) -> None:
        """Removes one employee from Personio."""
        self.personio.set_people(tuple(p for p in self.personio.people if p.id != number))

    def person(self, number: int):
        return next(p for p in self.personio.people if p.id == number)


def rows(content: bytes) -> dict[str, dict[str, str]]:
    """Returns the rows of a CSV by e-mail address."""
    return {row["Email"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))}
