"""The step rail: always says where one is and what each step found."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content

from alleo_onboard.tui.messages import GoTo
from alleo_onboard.tui.text import joined, plain
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.tui.words import GLYPH, STYLE, status_label, step_label
from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import ORDER, Status, Step, number


class Stop(Say):
    """One step in the rail: a line in a narrow terminal, two in a wide one. Clicking it goes there."""

    def __init__(self, step: Step) -> None:
        super().__init__(id=f"rail-{step}")
        self.step = step

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(GoTo(self.step))


class Rail(Container):
    """Five steps. `show` draws a state."""

    def compose(self) -> ComposeResult:
        for step in ORDER:
            yield Stop(step)

    def show(self, state: State, *, wide: bool) -> None:
        for stop in self.query(Stop):
            stop.say(_wide(state, stop.step) if wide else _narrow(state, stop.step))
            stop.set_class(state.status(stop.step) is Status.NOW, "-now")
            stop.set_class(state.reachable(stop.step), "-open")
            stop.tooltip = plain(status_label(state.status(stop.step)))


def _narrow(state: State, step: Step) -> Content:
    status = state.status(step)
    place = f" {number(step)}/{len(ORDER)}" if status is Status.NOW else ""
    return plain(f"{GLYPH[status]} {step_label(step)}{place}", STYLE[status])


def _wide(state: State, step: Step) -> Content:
    status = state.status(step)
    note = state.note(step) or status_label(status)
    return joined(plain(f"{GLYPH[status]} {step_label(step)}", STYLE[status]), "\n  ", plain(note, "$quiet"))
