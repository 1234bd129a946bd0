"""The state of the question before a run is taken back: the reversing plan, and what was agreed to."""

from __future__ import annotations

from dataclasses import dataclass

from alleo_onboard.domain import errors
from alleo_onboard.domain.guard import Guard
from alleo_onboard.domain.plan import Plan
from alleo_onboard.usecases.run.confirmation import euros, whole
from alleo_onboard.usecases.run.preconditions import Consent, guarded
from alleo_onboard.usecases.run.undo import Undo


@dataclass(frozen=True, slots=True)
class UndoConfirmation:
    """`offboard`, `update` and `budget` are what was typed where the guard asks, as in Confirmation."""

    planned: Undo
    offboard: str = ""
    update: str = ""
    budget: str = ""

    @property
    def plan(self) -> Plan:
        return self.planned.plan

    @property
    def guard(self) -> Guard:
        return self.plan.guard

    @property
    def consent(self) -> Consent:
        return Consent(
            allow_offboard=whole(self.offboard), allow_update=whole(self.update), allow_budget=euros(self.budget)
        )

    @property
    def asks_offboard(self) -> bool:
        return self.guard.trips()

    @property
    def asks_update(self) -> bool:
        return self.guard.trips_update()

    @property
    def asks_budget(self) -> bool:
        return self.guard.money.trips()

    @property
    def tripped(self) -> errors.GuardTripped | None:
        """What the guard still says, None once all it asks for was typed."""
        try:
            guarded(self.plan, self.consent)
        except errors.GuardTripped as tripped:
            return tripped
        return None

    @property
    def startable(self) -> bool:
        return bool(self.plan.changes) and self.tripped is None
