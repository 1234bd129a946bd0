"""The steps from a credential to synced people, in order."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """A step of the wizard."""

    CONNECT = "connect"
    CHECK = "check"
    PREVIEW = "preview"
    DELIVERY = "delivery"
    RUN = "run"


class Status(StrEnum):
    """The status of a step in the list of steps."""

    DONE = "done"
    NOW = "now"
    NEEDS_YOU = "needs_you"
    NOT_YET = "not_yet"


ORDER = tuple(Step)
# A run is never stored as passed: the situation must be checked again before anything is written.
REMEMBERED = frozenset(ORDER) - {Step.RUN}
# The steps that depend on a step, and must be repeated when it finds something new.
RESTS_ON_IT: dict[Step, frozenset[Step]] = {
    Step.CONNECT: frozenset({Step.CHECK, Step.PREVIEW, Step.RUN}),
    Step.CHECK: frozenset({Step.PREVIEW, Step.RUN}),
    Step.PREVIEW: frozenset({Step.RUN}),
    Step.DELIVERY: frozenset({Step.RUN}),
    Step.RUN: frozenset(),
}


def number(step: Step) -> int:
    """Returns the number of a step, from 1."""
    return ORDER.index(step) + 1
