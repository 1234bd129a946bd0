"""The progress of a run: a bar, rate and time left, and names as they are done."""

from __future__ import annotations

import time

from textual.app import ComposeResult
from textual.containers import Vertical

from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.progress import Applied
from alleo_onboard.presentation import veil
from alleo_onboard.presentation.labels import kind_label
from alleo_onboard.presentation.run_progress import Meter
from alleo_onboard.tui.text import harmless, plain
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.tui.widgets.told import Names

_BAR = 40
_KEPT = 1000  # names that can be scrolled back to


class RunProgress(Vertical):
    """The progress. Call `begin`, then `count` for each change; `draw` updates the screen."""

    DEFAULT_CSS = """
    RunProgress { height: 1fr; }
    RunProgress #bar { color: $primary; }
    RunProgress #rate { margin-bottom: 1; }
    RunProgress.-ended #bar, RunProgress.-ended #rate { display: none; }
    RunProgress #names { height: 1fr; background: $background; scrollbar-size: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="progress")
        self.meter = Meter(0, time.monotonic)
        self._unseen: list[str] = []
        self._veiled = False  # True while names and addresses are hidden

    def compose(self) -> ComposeResult:
        yield Say(id="bar")
        yield Say(id="rate")
        yield Names(id="names", max_lines=_KEPT)

    def begin(self, total: int) -> None:
        """Starts with `total` changes to come."""
        self.meter, self._unseen = Meter(total, time.monotonic), []
        self.query_one(Names).clear()
        self.draw()

    def veil(self, *, veiled: bool) -> None:
        """Hides or shows names from now on. Hiding removes those listed so far."""
        if veiled and not self._veiled:
            self._unseen = []
            self.query_one(Names).clear()
        self._veiled = veiled

    def count(self, event: Applied) -> None:
        """Counts one change."""
        self.meter.count(event)
        mark, why = ("!", f": {event.error}") if event.error else ("✓", "")
        name, why = (veil.name(event.personio_id), veil.addresses(why)) if self._veiled else (event.name, why)
        self._unseen.append(harmless(f"{mark} {name} ({kind_label(Kind(event.change))}){why}"))

    def draw(self) -> None:
        """Shows the bar and the names counted since the last call."""
        self.query_one("#bar", Say).say(plain(self.meter.bar(_BAR)))
        self.query_one("#rate", Say).say(self.meter.sentence())
        unseen, self._unseen = self._unseen[-_KEPT:], []
        if unseen:
            self.query_one(Names).write_lines(unseen)
