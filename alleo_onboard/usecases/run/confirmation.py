"""The state of the question before a run: the plan, what blocks it, and what was agreed to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from alleo_onboard.domain import errors
from alleo_onboard.domain.attributes import CORE
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.finding import Code, Finding, standing
from alleo_onboard.domain.guard import Guard
from alleo_onboard.domain.plan import Plan
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.run.sync import Consent, held_back, judge

_NUMBER = re.compile(r"[0-9]{1,9}|[0-9]{1,3}([.,][0-9]{3}){1,2}")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """`offboard`, `update` and `budget` are what was typed where the guard asks; `without` what is gone on without.

    `accept_change` says that a person accepted that the run rests on something else than the last one. `everyone` is
    how many people would get Alleo because nothing selects them, while nobody has said that everyone is meant; else 0.
    """

    preview: Preview
    offboard: str = ""
    update: str = ""
    without: frozenset[str] = frozenset()
    accept_change: bool = False
    everyone: int = 0
    budget: str = ""

    @property
    def guard(self) -> Guard:
        """What of the plan a person has to name a number for."""
        return self.preview.plan.guard

    @property
    def numbers(self) -> tuple[int | None, int | None]:
        """What was typed, to switch off and to change; None for what is no number."""
        return whole(self.offboard), whole(self.update)

    @property
    def consent(self) -> Consent:
        offboard, update = self.numbers
        return Consent(
            allow_offboard=offboard,
            allow_missing=self.without,
            allow_update=update,
            allow_budget=euros(self.budget),
            accept_change=self.accept_change,
        )

    @property
    def judged(self) -> Plan | errors.Trouble:
        """The plan as it would be applied, or why it may not be."""
        try:
            return judge(self.preview, self.consent)
        except errors.Trouble as trouble:
            return trouble

    @property
    def plan(self) -> Plan:
        """What Start would do; while something stands in the way, what there is to do."""
        judged = self.judged
        return judged if isinstance(judged, Plan) else self.preview.plan

    @property
    def changed(self) -> tuple[Finding, ...]:
        """What the run rests on and the last one did not; a person may accept it, or has (`accept_change`)."""
        return tuple(f for f in self.preview.readiness.findings if f.code is Code.BASIS_CHANGED)

    @property
    def other_field(self) -> bool:
        """Whether another field is called Alleo now: accepted with `Session.accept_change` and a new reading."""
        lost = (f for f in self.preview.readiness.findings if f.code is Code.SELECTIVE_FIELD_LOST)
        return any(f.detail("others") for f in lost)

    @property
    def asks_offboard(self) -> bool:
        return self.preview.plan.guard.trips() or bool(held_back(self.preview))

    @property
    def asks_update(self) -> bool:
        return self.preview.plan.guard.trips_update()

    @property
    def asks_budget(self) -> bool:
        """Whether unusually much would be paid; then `budget` has to be at least `preview.plan.guard.money.most`."""
        return not self.preview.first_run and self.preview.plan.guard.money.trips()

    @property
    def startable(self) -> bool:
        judged = self.judged
        return isinstance(judged, Plan) and bool(judged.changes) and not self.everyone

    @property
    def asks_yes(self) -> bool:
        """Whether something is asked that a plain yes answers."""
        return bool(self.everyone) or self.other_field or (bool(self.changed) and not self.accept_change)

    @property
    def liftable(self) -> frozenset[str]:
        """The attributes one could go on without, when nothing but their absence forbids the run; else none."""
        found = standing(self.preview.readiness.findings, self.without, accept_change=True)
        names = frozenset(f.subject for f in found if f.code is Code.ATTRIBUTE_MISSING)
        return names if len(names) == len(found) and not names & CORE else frozenset()

    @property
    def lifted(self) -> frozenset[str]:
        """The attributes that are missing and gone on without."""
        missing = {f.subject for f in standing(self.preview.readiness.findings)}
        return self.without & missing

    @property
    def striking(self) -> Kind | None:
        """The changes that the guard asks about, the gravest first; None where it asks about none."""
        if self.asks_offboard:
            return Kind.OFFBOARD
        return Kind.UPDATE if self.asks_update else None

    @property
    def tripped(self) -> tuple[errors.GuardTripped | None, errors.UpdateGuardTripped | None]:
        """What the guard says of people who would lose Alleo, and of changed addresses, were nothing typed."""
        guard = self.preview.plan.guard
        typed = replace(self, offboard=str(guard.offboard), update="").judged
        losing = replace(self, offboard="").judged if guard.trips() else None
        return (
            losing if isinstance(losing, errors.GuardTripped) else None,
            typed if isinstance(typed, errors.UpdateGuardTripped) else None,
        )

    @property
    def paying(self) -> errors.BudgetGuardTripped | None:
        """What the guard says of the money, were nothing typed."""
        guard = self.preview.plan.guard
        typed = replace(self, offboard=str(guard.offboard), update=str(guard.readdressed), budget="").judged
        return typed if isinstance(typed, errors.BudgetGuardTripped) else None


def whole(typed: str) -> int | None:
    """A whole number as it is shown, with or without the points or commas between its thousands."""
    return int(re.sub(r"[.,]", "", typed)) if _NUMBER.fullmatch(typed) else None


def euros(typed: str) -> Decimal | None:
    """An amount as it is shown or typed: with or without the points or commas between its thousands."""
    before, mark, cents = re.fullmatch(r"(.*?)(?:([.,])([0-9]{1,2}))?", typed.strip(), re.DOTALL).groups()  # type: ignore[union-attr]
    number = whole(before)
    return None if number is None else Decimal(f"{number}.{cents if mark else '0'}")
