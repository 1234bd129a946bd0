"""The steps from a credential to synced people, in their order."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    CONNECT = "connect"
    CHECK = "check"
    PREVIEW = "preview"
    DELIVERY = "delivery"
    RUN = "run"


class Status(StrEnum):
    """How a step stands, as a person sees it in the rail."""

    DONE = "done"
    NOW = "now"
    NEEDS_YOU = "needs_you"
    NOT_YET = "not_yet"


ORDER = tuple(Step)
# A run is never remembered as proven: what was true yesterday has to be looked at again before anything is written.
REMEMBERED = frozenset(ORDER) - {Step.RUN}
# What rests on a step: it has to be looked at again when that step finds something new.
RESTS_ON_IT: dict[Step, frozenset[Step]] = {
    Step.CONNECT: frozenset({Step.CHECK, Step.PREVIEW, Step.RUN}),
    Step.CHECK: frozenset({Step.PREVIEW, Step.RUN}),
    Step.PREVIEW: frozenset({Step.RUN}),
    Step.DELIVERY: frozenset({Step.RUN}),
    Step.RUN: frozenset(),
}


def number(step: Step) -> int:
    """1 for the first step."""
    return ORDER.index(step) + 1
