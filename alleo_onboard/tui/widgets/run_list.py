"""The list of runs: time, kind, result, numbers of changes, machine and, if there is room, version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

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

_WHEN, _NUMBER, _VERSION = 16, 7, 9  # cells; the time takes more where it names its zone
_WHO = 7  # cells; least width of "who", without which it is left out
_LEAST = 36  # cells for what and who together; with less, the version is left out


class RunList(OptionList):
    """The list of runs, newest first. The screen shows the changes of the selected one."""

    def __init__(self) -> None:
        super().__init__(id="runs", markup=False, compact=True)
        self.shown: Sequence[Run] = ()
        self.cut = False  # True if the last column does not fit

    def show(self, shown: Sequence[Run], width: int, zone: tzinfo) -> None:
        """Shows the runs, with times in `zone`. Keeps the selection if that run is still there."""
        before = self.selected
        self.shown = shown
        columns = Columns(width, shown, zone)
        self.cut = any(cell_len(who(run)) > columns.who for run in shown) or not columns.version
        self.clear_options()
        self.add_options([Option(_line(run, columns, zone)) for run in shown])
        self.highlighted = (shown.index(before) if before in shown else 0) if shown else None

    @property
    def selected(self) -> Run | None:
        """The selected run, or None."""
        place = self.highlighted
        return self.shown[place] if place is not None and place < len(self.shown) else None


class Columns:
    """Widths of the columns. What happened is shown whole; who did it and the version get the rest, or 0."""

    def __init__(self, width: int, shown: Sequence[Run], zone: tzinfo) -> None:
        """`width` is that of the line, in cells; the runs are `shown` with times in `zone`."""
        self.when = max([_WHEN, *(cell_len(clock(run.started, zone)) for run in shown)])
        longest = max((cell_len(what(run)) for run in shown), default=0)
        left = width - self.when - 2 * _NUMBER - 7
        self.version = _VERSION if left - _VERSION - 1 >= _LEAST else 0
        left -= self.version and self.version + 1
        whole = max(left * 3 // 5, longest)
        self.what = whole if left - whole >= _WHO else left + 1  # and the space between them
        self.who = max(0, left - self.what)


def heads(width: int, shown: Sequence[Run], zone: tzinfo) -> Content:
    """Returns the line of column headings, `width` cells wide, for these runs."""
    names = (_("When"), _("What"), _("Done"), _("Failed"), _("By"), _("Version"))
    return plain("  " + _cells(names, Columns(width, shown, zone)), "$quiet")


def what(run: Run) -> str:
    """Returns what kind of run it was and how it ended."""
    return f"{purpose_words(run.purpose, run.of)}, {run_state(run.state)}"


def who(run: Run) -> str:
    """Returns who started the run, and on which machine."""
    return f"{run.user or '?'}@{run.host}"


def well(run: Run) -> bool:
    """Returns True if the run finished without failed changes."""
    return run.state == "finished" and not run.counts[State.FAILED]


def _line(run: Run, columns: Columns, zone: tzinfo) -> Content:
    done, failed = run.counts[State.CONFIRMED], run.counts[State.FAILED]
    when = clock(run.started, zone)
    cells = when, what(run), count(done), count(failed), who(run), run.version
    mark, style = ("✓", "$success") if well(run) else ("!", "$warning")
    return joined(plain(f"{mark} ", style), _cells(cells, columns))


def _cells(cells: Sequence[str], columns: Columns) -> str:
    """Returns a line of cells."""
    when, told, done, failed, by, version = cells
    parts = [
        fit(when, columns.when),
        fit(told, columns.what),
        fit(done, _NUMBER, right=True),
        fit(failed, _NUMBER, right=True),
    ]
    parts += ["", fit(by, columns.who)] if columns.who else []
    return " ".join([*parts, *([fit(version, _VERSION)] if columns.version else [])])
