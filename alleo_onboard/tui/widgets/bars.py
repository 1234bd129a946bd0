"""Charts as lines of text: label, bar and number, in the colours of the decisions."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.content import Content

from alleo_onboard.presentation.export.charts import Chart, Shade
from alleo_onboard.tui.text import joined, plain
from alleo_onboard.tui.widgets.cells import fit

_BAR = 48  # cells at most
_STYLES = {
    Shade.SYNC: "$success",
    Shade.SKIP: "$quiet",
    Shade.MEND: "$warning",
    Shade.MONEY: "$primary",
    Shade.OTHER: "$quiet",
}
_EIGHTHS = " ▏▎▍▌▋▊▉"


def drawn(charts: Iterable[Chart], width: int) -> list[Content]:
    """Returns the lines of the charts, each under its title and with an empty line before it."""
    told: list[Content] = []
    for chart in charts:
        label = min(width // 2, max(cell_len(bar.label) for bar in chart.bars)) if chart.bars else 0
        number = max((cell_len(bar.text) for bar in chart.bars), default=0)
        room = min(_BAR, width - label - number - 6)
        most = max((bar.value for bar in chart.bars), default=0)
        told += [plain(""), plain(chart.title, "bold")]
        for bar in chart.bars:
            share = float(bar.value / most) if most else 0.0
            cells = fit(filled(share, room), room) if room > 0 else ""
            parts = (f"  {fit(bar.label, label)}  ", plain(cells, _STYLES[bar.shade]), f"  {bar.text}")
            told.append(joined(*parts))
    return told


def filled(share: float, width: int) -> str:
    """Returns a bar of `share` (0 to 1) of `width` cells, to an eighth of a cell; never empty for more than nothing."""
    eighths = round(share * width * 8)
    if share > 0:
        eighths = max(1, eighths)
    whole, rest = divmod(min(eighths, width * 8), 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "")
