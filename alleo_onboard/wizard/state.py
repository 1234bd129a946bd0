"""The state of the wizard. Every method returns a new state and calls nothing outside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from alleo_onboard.wizard.steps import ORDER, REMEMBERED, RESTS_ON_IT, Status, Step


@dataclass(frozen=True, slots=True)
class Found:
    """What a step found, as a short note. `needs_you` is true when something has to be fixed or answered."""

    note: str
    needs_you: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """The state of one wizard session."""

    at: Step = Step.CONNECT  # the step that is shown
    found: Mapping[Step, Found] = field(default_factory=dict)  # what each step found in this session
    proven: frozenset[Step] = frozenset()  # steps that were passed, in this session or earlier
    # typed text by field name, never secrets; kept when going back
    answers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def resume(cls, proven: Iterable[str], *, credential: bool, delivery: bool) -> State:
        """Returns the state to continue with. Without a credential only Connect is possible.

        Unknown names are ignored: another version may have written them.
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
        """Returns the status of a step."""
        if step is self.at:
            return Status.NOW
        found = self.found.get(step)
        if found and found.needs_you:
            return Status.NEEDS_YOU
        return Status.DONE if step in self.proven else Status.NOT_YET

    def note(self, step: Step) -> str:
        """Returns the note of a step in this session, or ""."""
        found = self.found.get(step)
        return found.note if found else ""

    def settle(self, step: Step, note: str, *, needs_you: bool = False) -> State:
        """Returns the state after a step found something new. Steps that depend on it must be repeated."""
        stale = RESTS_ON_IT[step]
        found = {s: f for s, f in self.found.items() if s not in stale} | {step: Found(note, needs_you)}
        proven = self.proven - stale - {step} if needs_you else (self.proven - stale) | {step}
        return replace(self, found=found, proven=proven)

    def confirm(self, step: Step, note: str, *, needs_you: bool = False) -> State:
        """Returns the state after a step found something, without effect on the steps that depend on it."""
        found = {**self.found, step: Found(note, needs_you)}
        return replace(self, found=found, proven=self.proven - {step} if needs_you else self.proven | {step})

    def unsettle(self, step: Step) -> State:
        """Returns the state without the result of a step and of the steps that depend on it."""
        gone = RESTS_ON_IT[step] | {step}
        found = {s: f for s, f in self.found.items() if s not in gone}
        return replace(self, found=found, proven=self.proven - gone)

    def answer(self, name: str, text: str) -> State:
        """Returns the state with a typed text."""
        return replace(self, answers={**self.answers, name: text})

    def reachable(self, step: Step) -> bool:
        """Returns whether a person may go to a step: from Check on with a credential, to Run with a delivery.

        Preview is possible while the check has errors; only a run is refused then, by its use case.
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
        """Returns the state at `step`, or unchanged when that is not reachable."""
        return replace(self, at=step) if self.reachable(step) else self

    @property
    def following(self) -> Step | None:
        """Returns the next step, or None when it is not reachable."""
        place = ORDER.index(self.at) + 1
        step = ORDER[place] if place < len(ORDER) else None
        return step if step and self.reachable(step) else None

    @property
    def previous(self) -> Step | None:
        """Returns the step before, or None."""
        place = ORDER.index(self.at)
        return ORDER[place - 1] if place else None

    @property
    def remembered(self) -> frozenset[str]:
        """Returns the names of the passed steps to store for the next session."""
        return frozenset(step.value for step in self.proven & REMEMBERED)
