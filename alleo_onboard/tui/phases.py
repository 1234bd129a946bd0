"""The phases of the last step, and its keys."""

from __future__ import annotations

from enum import Enum

from textual.binding import Binding

from alleo_onboard.locale import _

KEYS = (
    Binding("s", "start_run", _("Start")),
    Binding("c", "stop_run", _("Stop")),
    Binding("w", "go_without", _("Go on without")),
    Binding("t", "retry", _("Retry just these")),
    Binding("p", "look", _("Look again")),
)


class Phase(Enum):
    LOOKING = "looking"  # no plan yet
    READY = "ready"  # a plan, waiting for Start
    RUNNING = "running"
    ENDED = "ended"  # a result is shown
