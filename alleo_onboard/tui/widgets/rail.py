"""The step rail: shows the current step and what each step found."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from alleo_onboard.presentation.steps import GLYPH, STYLE, status_label, step_label
from alleo_onboard.tui.messages import GoTo
from alleo_onboard.tui.text import lines, plain
from alleo_onboard.tui.widgets.cells import fit, wrapped
from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import ORDER, Status, Step, number

_GAP = 3  # cells between two steps in a narrow terminal
_NOTE = 2  # lines at most
_ROOMY = 5 * (_NOTE + 3)  # with this height in lines, every note may have one line more


class Rail(Widget):
    """The five steps as text: a line in a narrow terminal, a column in a wide one. A click goes to a step."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__(id="rail")
        self._state = State()
        self._wide = False
        self._over: Step | None = None
        self.places: dict[Step, Region] = {}

    def show(self, state: State, *, wide: bool) -> None:
        """Shows the steps of `state`, as a column if `wide`."""
        self._state, self._wide = state, wide
        self.refresh()

    def render(self) -> Content:
        return self._column() if self._wide else self._line()

    def _line(self) -> Content:
        """Returns the steps in one line. Where their names do not fit, only the current step has its name."""
        texts = [self._named(step) for step in ORDER]
        if sum(map(cell_len, texts)) + _GAP * (len(texts) - 1) > self.content_size.width:
            texts = [self._named(step, short=True) for step in ORDER]
        parts, x = [], 0
        for step, text in zip(ORDER, texts, strict=True):
            status = self._state.status(step)
            self.places[step] = Region(x, 0, cell_len(text), 1)
            parts.append(plain(text, STYLE[status] + self._ground(step)))
            x += cell_len(text) + _GAP
        return Content(" " * _GAP).join(parts)

    def _named(self, step: Step, *, short: bool = False) -> str:
        status = self._state.status(step)
        if status is Status.NOW:
            return f"{GLYPH[status]} {step_label(step)} {number(step)}/{len(ORDER)}"
        return f"{GLYPH[status]} {number(step) if short else step_label(step)}"

    def _column(self) -> Content:
        width, told = self.content_size.width, list[Content]()
        for step in ORDER:
            status, ground = self._state.status(step), self._ground(step)
            note = self._note(self._state.note(step) or status_label(status), max(1, width - 2))
            self.places[step] = Region(0, len(told), width, 1 + len(note))
            told.append(plain(fit(f"{GLYPH[status]} {step_label(step)}", width), STYLE[status] + ground))
            told += [plain(fit(f"  {line}", width), "$quiet" + ground) for line in note]
            told.append(plain(""))
        return lines(told)

    def _note(self, text: str, width: int) -> list[str]:
        """Returns the note of a step as lines of `width` cells; an ellipsis marks that it was cut."""
        told, most = wrapped(text, width), _NOTE if self.content_size.height < _ROOMY else _NOTE + 1
        return told if len(told) <= most else [*told[: most - 1], fit(f"{told[most - 1]} {told[most]}", width)]

    def _ground(self, step: Step) -> str:
        return " on $surface" if step is self._over and self._state.reachable(step) else ""

    # Mouse

    def _at(self, event: events.MouseEvent) -> Step | None:
        offset = event.get_content_offset(self)
        return next((step for step, place in self.places.items() if offset and place.contains_point(offset)), None)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if step := self._at(event):
            self.post_message(GoTo(step))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._point(self._at(event))

    def on_leave(self) -> None:
        self._point(None)

    def _point(self, step: Step | None) -> None:
        if step is not self._over:
            self._over = step
            self.tooltip = plain(status_label(self._state.status(step))) if step else None
            self.refresh()
