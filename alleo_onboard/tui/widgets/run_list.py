"""The list of runs: time, kind, result, numbers of changes, machine and, if there is room, version."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from alleo_onboard.locale import _
from alleo_onboard.locale.formats import clock, count
from alleo_onboard.presentation.history import purpose_words, run_state
from alleo_onboard.tui.text import joined, plain
from alleo_onboard.tui.widgets.cells import fit
from alleo_onboard.usecases.support.history import Run, State

_WHEN, _NUMBER, _VERSION = 16, 7, 9
_WHO = 7  # cells; least width of "who"
_LEAST = 36  # cells for what and who together; with less, the version is left out


class RunList(OptionList):
    """The list of runs, newest first. The screen shows the changes of the selected one."""

    def __init__(self) -> None:
        super().__init__(id="runs", markup=False, compact=True)
        self.shown: Sequence[Run] = ()

    def show(self, shown: Sequence[Run], width: int) -> None:
        """Shows the runs. Keeps the selection if that run is still there."""
        before = self.selected
        self.shown = shown
        self.clear_options()
        self.add_options([Option(_line(run, width, _wide(shown))) for run in shown])
        self.highlighted = (shown.index(before) if before in shown else 0) if shown else None

    @property
    def selected(self) -> Run | None:
        """The selected run, or None."""
        place = self.highlighted
        return self.shown[place] if place is not None and place < len(self.shown) else None


def heads(width: int, shown: Sequence[Run] = ()) -> Content:
    """Returns the line of column headings over these runs, `width` cells wide."""
    names = (_("When"), _("What"), _("Done"), _("Failed"), _("By"), _("Version"))
    return plain("  " + _cells(names, width, _wide(shown)), "$quiet")


def well(run: Run) -> bool:
    """Returns True if the run finished without failed changes."""
    return run.state == "finished" and not run.counts[State.FAILED]


def _what(run: Run) -> str:
    return f"{purpose_words(run.purpose, run.of)}, {run_state(run.state)}"


def _wide(shown: Sequence[Run]) -> int:
    """Returns the widest text of the column "What", in cells."""
    return max((cell_len(_what(run)) for run in shown), default=0)


def _line(run: Run, width: int, wide: int) -> Content:
    done, failed = run.counts[State.CONFIRMED], run.counts[State.FAILED]
    who = f"{run.user or '?'}@{run.host}"
    when = clock(run.started.astimezone())
    mark, style = ("✓", "$success") if well(run) else ("!", "$warning")
    cells = (when, _what(run), count(done), count(failed), who, run.version)
    return joined(plain(f"{mark} ", style), _cells(cells, width, wide))


def _cells(cells: Sequence[str], width: int, wide: int) -> str:
    """Returns a line of cells. "What" and "who" share the rest of the width; `wide` is the width of "what"."""
    left = width - _WHEN - 2 * _NUMBER - 7
    last = left - _VERSION - 1 >= _LEAST
    left -= (_VERSION + 1) * last
    what = min(max(left * 3 // 5, wide), left - _WHO)
    when, why, done, failed, who, version = cells
    parts = [fit(when, _WHEN), fit(why, what), fit(done, _NUMBER, right=True), fit(failed, _NUMBER, right=True)]
    return " ".join([*parts, "", fit(who, left - what), *([fit(version, _VERSION)] if last else [])])
