"""The question before an undo: the reversing plan, and what was typed for the guard."""

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
    """The state of the question. As Confirmation, for an undo."""

    planned: Undo
    offboard: str = ""  # number typed for offboardings, when the guard asks
    update: str = ""  # number typed for new addresses, when the guard asks
    budget: str = ""  # euros typed, when the guard asks

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
        return Consent(
            allow_offboard=whole(self.offboard), allow_update=whole(self.update), allow_budget=euros(self.budget)
        )

    @property
    def asks_offboard(self) -> bool:
        """True if a number of offboardings must be typed."""
        return self.guard.trips()

    @property
    def asks_update(self) -> bool:
        """True if a number of new addresses must be typed."""
        return self.guard.trips_update()

    @property
    def asks_budget(self) -> bool:
        """True if an amount must be typed."""
        return self.guard.money.trips()

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
