"""Labels of the wizard's steps and their states."""

from __future__ import annotations

from urllib.parse import urlsplit

from alleo_onboard.locale import _, pgettext
from alleo_onboard.wizard.steps import ORDER, Status, Step, number

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


def step_heading(step: Step, setup: str, personio: str, *, label: str, sandbox: bool) -> str:
    """Returns the heading of a step: its number, the set-up, and which Personio account it uses.

    `label` replaces the step's name. `personio` is the base URL of the account.
    """
    kind = _("made-up people in the sandbox") if sandbox else urlsplit(personio).netloc
    text = _("Step {n} of {of}: {step}. {name}, {kind}.")
    return text.format(n=number(step), of=len(ORDER), step=label or step_label(step), name=setup, kind=kind)
