"""Labels of the wizard's steps and their states."""

from __future__ import annotations

from alleo_onboard.locale import _, pgettext
from alleo_onboard.wizard.steps import Status, Step

GLYPH = {Status.DONE: "✓", Status.NOW: "▸", Status.NEEDS_YOU: "!", Status.NOT_YET: "·"}
STYLE = {
    Status.DONE: "$success",
    Status.NOW: "bold $primary",
    Status.NEEDS_YOU: "bold $warning",
    Status.NOT_YET: "$quiet",
}


def step_label(step: Step) -> str:
    return {
        Step.CONNECT: _("Connect"),
        Step.CHECK: _("Check"),
        Step.PREVIEW: _("Preview"),
        Step.DELIVERY: _("Delivery"),
        Step.RUN: pgettext("step", "Run"),
    }[step]


def status_label(status: Status) -> str:
    return {
        Status.DONE: _("done"),
        Status.NOW: _("now"),
        Status.NEEDS_YOU: _("needs you"),
        Status.NOT_YET: _("not yet"),
    }[status]
