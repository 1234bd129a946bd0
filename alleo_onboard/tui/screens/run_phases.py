"""The phases of the run page, and its keys."""

from __future__ import annotations

from enum import Enum

from textual.binding import Binding

from alleo_onboard.locale import N_
from alleo_onboard.usecases.run.confirmation import Confirmation
from alleo_onboard.usecases.run.sync import RunResult

KEYS = (
    Binding("g", "start_run", N_("Start")),
    Binding("p", "stop_run", N_("Stop")),
    Binding("y", "yes", N_("Yes, that is meant")),
    Binding("z", "have_it", N_("They have it already")),
    Binding("w", "go_without", N_("Go on without")),
    Binding("w", "go_with", N_("Not without them")),
    Binding("v", "see", N_("See who")),
    Binding("t", "retry", N_("Retry just these")),
    Binding("r", "look", N_("Look again")),
    Binding("e", "export", N_("Export")),
    Binding("c", "copy", N_("Copy summary")),
    Binding("d", "daily", N_("Every day")),
    Binding("m", "uploaded", N_("Uploaded")),
    Binding("equals_sign", "compare", N_("Compare"), key_display="="),
    Binding("h", "history", N_("History")),
)


REACHED_ELSEWHERE = frozenset({"export", "copy", "daily", "history"})  # actions without a button on narrow screens
ACTIONS = frozenset(key.action for key in KEYS)


class Phase(Enum):
    """What the run page is doing."""

    LOOKING = "looking"  # no plan yet
    READY = "ready"  # a plan is shown; waits for Start
    RUNNING = "running"
    ENDED = "ended"  # a result is shown


def works(action: str, phase: Phase, offer: Confirmation | None, result: RunResult | None) -> bool:
    """Returns True if `action` can be used in this phase."""
    ready = offer if phase is Phase.READY else None
    ended = result if phase is Phase.ENDED else None
    if action in ("look", "history", "daily"):
        return phase is not Phase.RUNNING
    return {
        "start_run": ready is not None and ready.startable,
        "yes": ready is not None and (ready.asks_yes or bool(ready.preview.plan.waiting)),
        "have_it": ready is not None and ready.had is not None,
        "export": ready is not None or (ended is not None and offer is not None),
        "copy": ready is not None or (ended is not None and offer is not None),
        "see": ready is not None and ready.striking is not None,
        "go_without": ready is not None and bool(ready.liftable),
        "go_with": ready is not None and bool(ready.lifted),
        "retry": ended is not None and bool(ended.failed),
        "stop_run": phase is Phase.RUNNING,
    }[action]
