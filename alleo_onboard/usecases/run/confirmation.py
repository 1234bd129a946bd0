"""The question before a run: the plan, what blocks it, and what was agreed to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from alleo_onboard.domain import errors
from alleo_onboard.domain.attributes import CORE
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.finding import Code, Finding, standing
from alleo_onboard.domain.guard import Guard
from alleo_onboard.domain.oneoff import Release
from alleo_onboard.domain.plan import Plan
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.run.sync import Consent, held_back, judge
from alleo_onboard.usecases.run.typed import NOTHING, Asked, Typed


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The state of the question."""

    preview: Preview
    typed: Typed = NOTHING  # for the numbers that the guard asks for
    without: frozenset[str] = frozenset()  # missing attributes that the run may ignore
    # findings that a person accepted: how the basis differs from the last run; others are asked about
    accept: frozenset[Finding] = frozenset()
    # how many people would get Alleo because nothing selects them and nobody has confirmed that; else 0
    everyone: int = 0

    @property
    def guard(self) -> Guard:
        """The guard's limits and counts for the plan."""
        return self.preview.plan.guard

    @property
    def consent(self) -> Consent:
        """Returns what was agreed to, for `judge`."""
        return replace(self.typed.consent, allow_missing=self.without, accepted=self.accept)

    @property
    def judged(self) -> Plan | errors.Trouble:
        """Returns the plan that would be applied, or the error that forbids it."""
        try:
            return judge(self.preview, self.consent)
        except errors.Trouble as trouble:
            return trouble

    @property
    def plan(self) -> Plan:
        """Returns the plan that Start would apply; while something blocks it, the whole plan."""
        judged = self.judged
        return judged if isinstance(judged, Plan) else self.preview.plan

    @property
    def changed(self) -> tuple[Finding, ...]:
        """Returns the findings about the basis that a person may accept, or has accepted."""
        return tuple(f for f in self.preview.readiness.findings if f.code is Code.BASIS_CHANGED)

    @property
    def other_field(self) -> bool:
        """Returns whether another field is now labelled "Alleo".

        Accept it with `Session.accepted` and read again.
        """
        return bool(self.lost)

    @property
    def lost(self) -> frozenset[Finding]:
        """Returns the findings that another field is now labelled "Alleo"."""
        found = self.preview.readiness.findings
        return frozenset(f for f in found if f.code is Code.SELECTIVE_FIELD_LOST and f.detail("others"))

    @property
    def numbers(self) -> tuple[Asked, ...]:
        """Returns the numbers that must be typed."""
        return self.typed.asked(
            self.guard,
            offboard=self.guard.trips() or bool(held_back(self.preview)),
            update=self.guard.trips_update(),
            budget=not self.preview.first_run and self.guard.money.trips(),
        )

    @property
    def startable(self) -> bool:
        """Returns whether the run can start."""
        judged = self.judged
        return isinstance(judged, Plan) and bool(judged.changes) and not self.everyone

    @property
    def asks_yes(self) -> bool:
        """Returns whether there is a question that a plain yes answers."""
        return bool(self.everyone) or self.other_field or (bool(self.changed) and not self.accepted)

    @property
    def had(self) -> Release | None:
        """Returns the decision that everybody has what waits: one-offs and new addresses. None when nothing waits."""
        plan = self.preview.plan
        paid, before = frozenset(one.asked for one in plan.waiting), self.preview.release
        if not paid and not plan.fixed_addresses:
            return None
        return replace(before, granted=before.granted | paid, told=before.told | plan.fixed_addresses)

    @property
    def accepted(self) -> bool:
        """Returns whether everything that changed in the basis was accepted as it is shown."""
        return bool(self.changed) and set(self.changed) <= self.accept

    @property
    def liftable(self) -> frozenset[str]:
        """Returns the attributes that the run could ignore, if nothing else forbids it; else empty."""
        found = standing(self.preview.readiness.findings, self.without, accept_change=True)
        names = frozenset(f.subject for f in found if f.code is Code.ATTRIBUTE_MISSING)
        return names if len(names) == len(found) and not names & CORE else frozenset()

    @property
    def lifted(self) -> frozenset[str]:
        """Returns the missing attributes that the run ignores."""
        missing = {f.subject for f in standing(self.preview.readiness.findings)}
        return self.without & missing

    @property
    def striking(self) -> Kind | None:
        """Returns the kind of changes that the guard asks about, offboardings first; None when it asks nothing."""
        asked = {one.what for one in self.numbers}
        if "offboard" in asked:
            return Kind.OFFBOARD
        return Kind.UPDATE if "update" in asked else None

    @property
    def tripped(self) -> tuple[errors.GuardTripped | None, errors.UpdateGuardTripped | None]:
        """Returns the guard's errors about offboardings and new addresses, as if nothing was typed."""
        guard = self.guard
        typed = replace(self, typed=Typed(str(guard.offboard))).judged
        losing = replace(self, typed=NOTHING).judged if guard.trips() else None
        return (
            losing if isinstance(losing, errors.GuardTripped) else None,
            typed if isinstance(typed, errors.UpdateGuardTripped) else None,
        )

    @property
    def paying(self) -> errors.BudgetGuardTripped | None:
        """Returns the guard's error about money, as if nothing was typed."""
        typed = replace(self, typed=Typed(str(self.guard.offboard), str(self.guard.readdressed))).judged
        return typed if isinstance(typed, errors.BudgetGuardTripped) else None
