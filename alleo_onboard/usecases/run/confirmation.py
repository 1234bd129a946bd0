"""A plan on offer: what it would do, what stands in its way, and what a person agreed to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from alleo_onboard.domain import errors
from alleo_onboard.domain.attributes import CORE
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.finding import Code, standing
from alleo_onboard.domain.plan import Plan
from alleo_onboard.locale import _
from alleo_onboard.locale.terms import attribute_label
from alleo_onboard.presentation.labels import plan_sentence
from alleo_onboard.presentation.warnings import held_back_sentence
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.run.sync import Consent, held_back, judge

_NUMBER = re.compile(r"[0-9]{1,9}|[0-9]{1,3}([.,][0-9]{3}){1,2}")


@dataclass(frozen=True, slots=True)
class Offer:
    """`offboard` and `update` are what was typed where the guard asks; `without` what a person goes on without."""

    preview: Preview
    offboard: str = ""
    update: str = ""
    without: frozenset[str] = frozenset()

    @property
    def numbers(self) -> tuple[int | None, int | None]:
        """What was typed, to switch off and to change; None for what is no number."""
        return _number(self.offboard), _number(self.update)

    @property
    def consent(self) -> Consent:
        offboard, update = self.numbers
        return Consent(allow_offboard=offboard, allow_missing=self.without, allow_update=update)

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
    def asks_offboard(self) -> bool:
        return self.preview.plan.guard.trips() or bool(held_back(self.preview))

    @property
    def asks_update(self) -> bool:
        return self.preview.plan.guard.trips_update()

    @property
    def startable(self) -> bool:
        judged = self.judged
        return isinstance(judged, Plan) and bool(judged.changes)

    @property
    def liftable(self) -> frozenset[str]:
        """The attributes one could go on without, when nothing but their absence forbids the run; else none."""
        found = standing(self.preview.readiness.findings, self.without)
        names = frozenset(f.subject for f in found if f.code is Code.ATTRIBUTE_MISSING)
        return names if len(names) == len(found) and not names & CORE else frozenset()

    @property
    def lifted(self) -> frozenset[str]:
        """The attributes that are missing and gone on without."""
        missing = {f.subject for f in standing(self.preview.readiness.findings)}
        return self.without & missing

    def sentences(self) -> tuple[str, ...]:
        """What will happen, then one after the other what stands in the way."""
        told = [plan_sentence(self.plan)]
        if self.liftable:
            text = _("! Not readable: {names}. Mend it in Check, or go on without (w).")
            return (*told, text.format(names=_named(self.liftable)))
        if self.lifted:
            told.append(_("! Goes on without: {names}. Press w to take that back.").format(names=_named(self.lifted)))
        guard = self.preview.plan.guard
        right = _("If it is right, type {n}.")
        if barred := self._guarded(replace(self, offboard="")):
            told.append(f"! {barred} {right.format(n=guard.offboard)}")
        elif held := held_back(self.preview):
            now = _("To do it now, type {n}.")
            told.append(f"! {held_back_sentence(held)} {now.format(n=guard.offboard)}")
        if barred := self._guarded(replace(self, offboard=str(guard.offboard), update="")):
            told.append(f"! {barred} {right.format(n=guard.readdressed)}")
        if isinstance(judged := self.judged, errors.Trouble) and not isinstance(judged, errors.GuardTripped):
            told += [f"! {judged}"] if self.preview.plan.changes else []
        return tuple(told)

    @property
    def striking(self) -> Kind | None:
        """The changes that the guard asks about, the gravest first; None where it asks about none."""
        if self.asks_offboard:
            return Kind.OFFBOARD
        return Kind.UPDATE if self.asks_update else None

    @staticmethod
    def _guarded(offer: Offer) -> errors.GuardTripped | None:
        """The guard's word, were nothing typed; the one about addresses comes after the one about leaving."""
        judged, asks = offer.judged, offer.preview.plan.guard.trips() and not offer.offboard
        if not isinstance(judged, errors.GuardTripped):
            return None
        return judged if asks is not isinstance(judged, errors.UpdateGuardTripped) else None


def _named(attributes: Iterable[str]) -> str:
    return ", ".join(attribute_label(name) for name in sorted(attributes))


def _number(typed: str) -> int | None:
    """A whole number as it is shown, with or without the points or commas between its thousands."""
    return int(re.sub(r"[.,]", "", typed)) if _NUMBER.fullmatch(typed) else None
