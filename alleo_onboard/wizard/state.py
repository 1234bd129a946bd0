"""Where a person is in the wizard. Every method gives a new state; nothing is asked of the outside world."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from alleo_onboard.wizard.steps import ORDER, REMEMBERED, RESTS_ON_IT, Status, Step


@dataclass(frozen=True, slots=True)
class Found:
    """What a step settled, as a short note for people. `needs_you` when something is left to mend or to answer."""

    note: str
    needs_you: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """`found` is what each step found in this sitting, `proven` what was settled, earlier sittings included.

    `answers` are the words typed so far, never secrets, by the names the screens give them; they outlive Back.
    """

    at: Step = Step.CONNECT
    found: Mapping[Step, Found] = field(default_factory=dict)
    proven: frozenset[Step] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def resume(cls, proven: Iterable[str], *, credential: bool, delivery: bool) -> State:
        """Where to go on. Without the credential at hand only Connect can be next, whatever was proven before.

        Names that are no steps are passed over: another version may have written them.
        """
        if not credential:
            return cls()
        known = frozenset(step for step in REMEMBERED if step in set(proven))
        if not delivery:
            known -= {Step.DELIVERY}
        if Step.CONNECT not in known:
            return cls()
        first = next(step for step in ORDER if step not in known)
        return cls(first, {}, known)

    def status(self, step: Step) -> Status:
        if step is self.at:
            return Status.NOW
        found = self.found.get(step)
        if found and found.needs_you:
            return Status.NEEDS_YOU
        return Status.DONE if step in self.proven else Status.NOT_YET

    def note(self, step: Step) -> str:
        """What the step found in this sitting, or nothing."""
        found = self.found.get(step)
        return found.note if found else ""

    def settle(self, step: Step, note: str, *, needs_you: bool = False) -> State:
        """The step found something; whatever rested on what it found before has to be looked at again."""
        stale = RESTS_ON_IT[step]
        found = {s: f for s, f in self.found.items() if s not in stale} | {step: Found(note, needs_you)}
        proven = self.proven - stale - {step} if needs_you else (self.proven - stale) | {step}
        return replace(self, found=found, proven=proven)

    def confirm(self, step: Step, note: str, *, needs_you: bool = False) -> State:
        """As `settle`, but nothing that rests on the step has changed."""
        found = {**self.found, step: Found(note, needs_you)}
        return replace(self, found=found, proven=self.proven - {step} if needs_you else self.proven | {step})

    def unsettle(self, step: Step) -> State:
        """The step's answer no longer holds, nor does what rests on it."""
        gone = RESTS_ON_IT[step] | {step}
        found = {s: f for s, f in self.found.items() if s not in gone}
        return replace(self, found=found, proven=self.proven - gone)

    def answer(self, name: str, text: str) -> State:
        return replace(self, answers={**self.answers, name: text})

    def reachable(self, step: Step) -> bool:
        """Whether a person may go there: everything from Check on needs a credential, a run needs a delivery.

        Preview is open while the check still finds errors, so that people can be looked at; only a run is barred then,
        by the use case itself.
        """
        if step is Step.CONNECT:
            return True
        if Step.CONNECT not in self.proven:
            return False
        looked_at = Step.CHECK in self.proven or Step.CHECK in self.found
        if step in (Step.PREVIEW, Step.DELIVERY):
            return looked_at
        return step is Step.CHECK or (looked_at and Step.DELIVERY in self.proven)

    def go(self, step: Step) -> State:
        """At `step`, or where it was when that is not reachable yet."""
        return replace(self, at=step) if self.reachable(step) else self

    @property
    def following(self) -> Step | None:
        """The step after this one, if it may be gone to."""
        place = ORDER.index(self.at) + 1
        step = ORDER[place] if place < len(ORDER) else None
        return step if step and self.reachable(step) else None

    @property
    def previous(self) -> Step | None:
        place = ORDER.index(self.at)
        return ORDER[place - 1] if place else None

    @property
    def remembered(self) -> frozenset[str]:
        """The names of the proven steps that are worth keeping for the next sitting."""
        return frozenset(step.value for step in self.proven & REMEMBERED)
