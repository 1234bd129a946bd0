"""The question before a run: the plan, what blocks it, and what was agreed to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from alleo_onboard.domain import errors
from alleo_onboard.domain.attributes import CORE
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.finding import Code, Finding, standing
from alleo_onboard.domain.guard import Guard
from alleo_onboard.domain.oneoff import Release
from alleo_onboard.domain.plan import Plan
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.run.sync import Consent, held_back, judge

_NUMBER = re.compile(r"[0-9]{1,9}|[0-9]{1,3}([.,][0-9]{3}){1,2}")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The state of the question."""

    preview: Preview
    offboard: str = ""  # number typed for offboardings, when the guard asks
    update: str = ""  # number typed for new addresses, when the guard asks
    without: frozenset[str] = frozenset()  # missing attributes that the run may ignore
    # findings that a person accepted: how the basis differs from the last run; others are asked about
    accept: frozenset[Finding] = frozenset()
    # how many people would get Alleo because nothing selects them and nobody has confirmed that; else 0
    everyone: int = 0
    budget: str = ""  # euros typed, when the guard asks

    @property
    def guard(self) -> Guard:
        """The guard's limits and counts for the plan."""
        return self.preview.plan.guard

    @property
    def numbers(self) -> tuple[int | None, int | None]:
        """Returns the typed numbers for offboardings and new addresses; None for invalid text."""
        return whole(self.offboard), whole(self.update)

    @property
    def consent(self) -> Consent:
        """Returns what was agreed to, for `judge`."""
        offboard, update = self.numbers
        return Consent(
            allow_offboard=offboard,
            allow_missing=self.without,
            allow_update=update,
            allow_budget=euros(self.budget),
            accepted=self.accept,
        )

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
    def asks_offboard(self) -> bool:
        """Returns whether a number of offboardings must be typed."""
        return self.preview.plan.guard.trips() or bool(held_back(self.preview))

    @property
    def asks_update(self) -> bool:
        """Returns whether a number of new addresses must be typed."""
        return self.preview.plan.guard.trips_update()

    @property
    def asks_budget(self) -> bool:
        """Returns whether an amount must be typed: at least `preview.plan.guard.money.most`."""
        return not self.preview.first_run and self.preview.plan.guard.money.trips()

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
        if self.asks_offboard:
            return Kind.OFFBOARD
        return Kind.UPDATE if self.asks_update else None

    @property
    def tripped(self) -> tuple[errors.GuardTripped | None, errors.UpdateGuardTripped | None]:
        """Returns the guard's errors about offboardings and new addresses, as if nothing was typed."""
        guard = self.preview.plan.guard
        typed = replace(self, offboard=str(guard.offboard), update="").judged
        losing = replace(self, offboard="").judged if guard.trips() else None
        return (
            losing if isinstance(losing, errors.GuardTripped) else None,
            typed if isinstance(typed, errors.UpdateGuardTripped) else None,
        )

    @property
    def paying(self) -> errors.BudgetGuardTripped | None:
        """Returns the guard's error about money, as if nothing was typed."""
        guard = self.preview.plan.guard
        typed = replace(self, offboard=str(guard.offboard), update=str(guard.readdressed), budget="").judged
        return typed if isinstance(typed, errors.BudgetGuardTripped) else None


def whole(typed: str) -> int | None:
    """Returns a whole number, typed with or without separators of thousands; None for other text."""
    return int(re.sub(r"[.,]", "", typed)) if _NUMBER.fullmatch(typed) else None


def euros(typed: str) -> Decimal | None:
    """Returns an amount in euros, typed with or without separators of thousands; None for other text."""
    before, mark, cents = re.fullmatch(r"(.*?)(?:([.,])([0-9]{1,2}))?", typed.strip(), re.DOTALL).groups()  # type: ignore[union-attr]
    number = whole(before)
    return None if number is None else Decimal(f"{number}.{cents if mark else '0'}")
