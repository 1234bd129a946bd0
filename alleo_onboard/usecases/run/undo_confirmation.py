"""The question before an undo: the reversing plan, and what was typed for the guard."""

from __future__ import annotations

from dataclasses import dataclass

from alleo_onboard.domain import errors
from alleo_onboard.domain.guard import Guard
from alleo_onboard.domain.plan import Plan
from alleo_onboard.usecases.run.preconditions import Consent, guarded
from alleo_onboard.usecases.run.typed import NOTHING, Asked, Typed
from alleo_onboard.usecases.run.undo import Undo


@dataclass(frozen=True, slots=True)
class UndoConfirmation:
    """The state of the question. As Confirmation, for an undo."""

    planned: Undo
    typed: Typed = NOTHING  # for the numbers that the guard asks for

    @property
    def plan(self) -> Plan:
        """The reversing plan."""
        return self.planned.plan

    @property
    def guard(self) -> Guard:
        """The guard's limits and counts for this plan."""
        return self.plan.guard

    @property
    def consent(self) -> Consent:
        """What was typed, for `guarded`."""
        return self.typed.consent

    @property
    def numbers(self) -> tuple[Asked, ...]:
        """The numbers that must be typed."""
        guard = self.guard
        return self.typed.asked(guard, offboard=guard.trips(), update=guard.trips_update(), budget=guard.money.trips())

    @property
    def tripped(self) -> errors.GuardTripped | None:
        """The guard's error, or None once the numbers it asks for were typed."""
        try:
            guarded(self.plan, self.consent)
        except errors.GuardTripped as tripped:
            return tripped
        return None

    @property
    def startable(self) -> bool:
        """True if the undo can start."""
        return bool(self.plan.changes) and self.tripped is None
