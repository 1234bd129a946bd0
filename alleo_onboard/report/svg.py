"""Draws charts as inline SVG. Every number is also text, and every drawing has a description."""

from __future__ import annotations

from alleo_onboard.presentation.export.charts import Chart, Shade
from alleo_onboard.presentation.export.months import Month, Months
from alleo_onboard.report.markup import text

_WIDTH = 520
_ROW, _BAR, _LINE = 44, 14, 18  # one bar with its text above, in SVG units
_SHARE = 34  # height of the bar that shows all parts together
_LETTERS = 74  # characters that fit above a bar
_COLUMN, _TALL = 90, 92  # width of a month; height of the longest column


def bars(chart: Chart, number: int) -> str:
    """Returns horizontal bars, each with its text above."""
    most = max((bar.value for bar in chart.bars), default=0) or 1
    y, drawn = 0.0, []
    if chart.share:
        drawn.append(_whole(chart))
        y = _SHARE
    for bar in chart.bars:
        width = float(bar.value / most) * _WIDTH
        drawn.append(f'<text x="0" y="{y + _LINE - 4:g}">{text(_cut(bar.label, _LETTERS - len(bar.text)))}</text>')
        drawn.append(f'<text x="{_WIDTH}" y="{y + _LINE - 4:g}" text-anchor="end">{text(bar.text)}</text>')
        drawn.append(_rect(0, y + _LINE + 2, max(width, 2), _BAR, bar.shade))
        y += _ROW
    return _figure(chart.title, chart.told, number, _WIDTH, y, "".join(drawn))


def _whole(chart: Chart) -> str:
    """Returns all parts side by side, as one bar."""
    total = float(sum(bar.value for bar in chart.bars)) or 1.0
    x, drawn = 0.0, []
    for bar in chart.bars:
        width = float(bar.value) / total * _WIDTH
        drawn.append(_rect(x, 0, max(width - 1.5, 0.5), 22, bar.shade))
        x += width
    return "".join(drawn)


def _rect(x: float, y: float, width: float, height: float, shade: Shade) -> str:
    """Returns a bar. Errors are striped as well as orange."""
    plain = f'<rect class="{shade}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:g}"/>'
    return plain + (_stripes(x, y, width, height) if shade is Shade.MEND else "")


def _stripes(x: float, y: float, width: float, height: float) -> str:
    places = range(6, int(width), 9)
    lines = "".join(f"M{x + at:.1f} {y:.1f}l-5 {height:g}" for at in places)
    return f'<path class="stripes" d="{lines}"/>' if lines else ""


def _cut(label: str, room: int) -> str:
    return label if len(label) <= room else label[: max(room, 12) - 1] + "…"


def months(chart: Months, number: int) -> str:
    """Returns columns by month: joiners above the line, leavers below it."""
    most = max(max(month.joiners, month.leavers) for month in chart.months) or 1
    zero = _TALL + 20.0
    drawn = [_month(place, month, most, zero) for place, month in enumerate(chart.months)]
    width = len(chart.months) * _COLUMN
    drawn.append(f'<path class="axis" d="M0 {zero:g}H{width}"/>')
    drawn.append(f'<text class="quiet" x="0" y="14">▲ {text(chart.above)}</text>')
    drawn.append(f'<text class="quiet" x="0" y="{2 * zero - 4:g}">▼ {text(chart.below)}</text>')
    return _figure(chart.title, chart.told, number, width, 2 * zero + 24, "".join(drawn))


def _month(place: int, month: Month, most: int, zero: float) -> str:
    middle, left = place * _COLUMN + _COLUMN / 2, place * _COLUMN + _COLUMN / 2 - 22
    up, down = month.joiners / most * _TALL, month.leavers / most * _TALL
    now = " now" if month.now else ""
    drawn = [
        f'<text class="quiet{now}" x="{middle:g}" y="{2 * zero + 18:g}" text-anchor="middle">{text(month.label)}</text>'
    ]
    if month.joiners:
        drawn.append(f'<rect class="joins" x="{left:g}" y="{zero - up:.1f}" width="44" height="{up:.1f}"/>')
        drawn.append(f'<text x="{middle:g}" y="{zero - up - 6:.1f}" text-anchor="middle">{text(month.joined)}</text>')
    if month.leavers:
        drawn.append(f'<rect class="leaves" x="{left:g}" y="{zero:g}" width="44" height="{down:.1f}"/>')
        drawn.append(_stripes(left, zero, 44, down))
        drawn.append(f'<text x="{middle:g}" y="{zero + down + 15:.1f}" text-anchor="middle">{text(month.left)}</text>')
    return "".join(drawn)


def _figure(title: str, told: str, number: int, width: float, height: float, drawn: str) -> str:
    names = f'<title id="t{number}">{text(title)}</title><desc id="d{number}">{text(told)}</desc>'
    opening = (
        f'<svg role="img" aria-labelledby="t{number}" aria-describedby="d{number}" viewBox="0 0 {width:g} {height:g}">'
    )
    return f"{opening}{names}{drawn}</svg>"
