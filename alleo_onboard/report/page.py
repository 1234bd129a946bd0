"""The HTML report: one file that loads nothing from outside, for screen and paper."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from alleo_onboard import locale
from alleo_onboard.presentation.export import words
from alleo_onboard.presentation.export.report import Report, Told
from alleo_onboard.presentation.export.tables import Table
from alleo_onboard.report import svg
from alleo_onboard.report.markup import text
from alleo_onboard.report.script import SCRIPT
from alleo_onboard.report.style import STYLE


def page(report: Report) -> str:
    """Returns the whole document. Its content security policy allows only its own style and script."""
    title = text(f"{report.title} · {report.facts[1][1]}")
    policy = (
        f"default-src 'none'; style-src '{_hash(STYLE)}'; script-src '{_hash(SCRIPT)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{text(locale.language())}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{''.join(_sections(report))}</main>\n{_footer(report)}<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )


def _hash(inline: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()


def _sections(report: Report) -> Iterable[str]:
    yield from _head(report)
    yield _charts(report)
    if report.findings:
        yield f"<section>\n<h2>{text(words.findings_title())}</h2>\n{_findings(report.findings)}</section>\n"
    for table in (report.mend, report.budgets):
        if table and table.rows:
            yield f"<section>\n<h2>{text(table.title)}</h2>\n{_table(table)}</section>\n"
    if report.people:
        yield _everybody(report.people)


def _head(report: Report) -> Iterable[str]:
    made, setup = report.facts[0], report.facts[1]
    yield f"<h1>{text(report.title)}</h1>\n"
    yield f'<p class="made">{text(setup[1])} · {text(made[1])}</p>\n'
    for sentence in report.sentences:
        yield f'<p class="sentence">{text(sentence)}</p>\n'
    numbers = "".join(
        f'<li class="{number.shade}"><b>{text(number.text)}</b><span>{text(number.label)}</span></li>\n'
        for number in report.numbers
    )
    yield f'<ul class="numbers">\n{numbers}</ul>\n'
    if report.cautions:
        told = "".join(f"<li><b>!</b>{text(sentence)}</li>\n" for sentence in report.cautions)
        yield f'<ul class="cautions">\n{told}</ul>\n'


def _charts(report: Report) -> str:
    drawn = [
        f"<figure>\n<h3>{text(chart.title)}</h3>\n{svg.bars(chart, number)}\n</figure>\n"
        for number, chart in enumerate(report.charts)
        if chart.bars
    ]
    wide = ""
    if report.months:
        chart = svg.months(report.months, len(report.charts))
        wide = f"<figure>\n<h3>{text(report.months.title)}</h3>\n{chart}\n</figure>\n"
    title = text(words.charts_title())
    return f'<section>\n<h2>{title}</h2>\n<div class="charts">\n{"".join(drawn)}</div>\n{wide}</section>\n'


def _findings(findings: Iterable[Told]) -> str:
    def one(told: Told) -> str:
        said = "".join(f"<p>{text(sentence)}</p>" for sentence in told.told)
        path = "".join(f"<li>{text(line)}</li>" for line in told.remedy)
        title = f'<h3><span class="mark">{text(told.mark)}</span>{text(told.title)}</h3>'
        return f'<li class="{told.severity}">{title}{said}<ul class="path">{path}</ul></li>\n'

    return f'<ul class="findings">\n{"".join(one(told) for told in findings)}</ul>\n'


def _table(table: Table) -> str:
    rows = "".join(f"<tr>{_cells(table, row)}</tr>\n" for row in table.rows)
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{text(table.title)}"><table>\n{_heads(table)}<tbody>\n{rows}</tbody>\n</table></div>\n'


def _heads(table: Table) -> str:
    heads = "".join(
        f'<th scope="col"{_class(number=column.number)}>{text(column.label)}</th>' for column in table.columns
    )
    return f"<thead><tr>{heads}</tr></thead>\n"


def _class(*, number: bool) -> str:
    return ' class="n"' if number else ""


def _cells(table: Table, row: tuple[str, ...], order: str = "") -> str:
    cells = [
        f"<td{_class(number=column.number)}>{text(value)}</td>"
        for column, value in zip(table.columns, row, strict=True)
    ]
    if order:
        cells[0] = f'<td data-s="{text(order)}">{text(row[0])}</td>'
    return "".join(cells)


def _everybody(table: Table) -> str:
    """Returns the table of all people. It can be sorted and searched when scripts are allowed."""
    rows = "".join(
        f'<tr class="{mark}">{_cells(table, row, order)}</tr>\n'
        for row, order, mark in zip(table.rows, table.order, table.marks, strict=True)
    )
    told = words.shown_people()
    tools = (
        f'<div class="tools" id="tools" hidden><label>{text(words.search())}<input type="search" id="search"></label>'
        f'<span id="count" role="status" data-text="{text(told)}"></span></div>\n'
    )
    region = f'<div class="scroll" tabindex="0" role="region" aria-label="{text(table.title)}">'
    return (
        f"<section>\n<h2>{text(table.title)}</h2>\n{tools}{region}"
        f'<table class="everybody" id="everybody">\n{_heads(table)}<tbody>\n{rows}</tbody>\n</table></div>\n</section>\n'
    )


def _footer(report: Report) -> str:
    facts = "".join(f"<dt>{text(label)}</dt><dd>{text(value)}</dd>\n" for label, value in report.facts)
    note = words.private() if report.people else words.counts_only()
    return f"<footer>\n<dl>\n{facts}</dl>\n<p>{text(note)}</p>\n</footer>\n"
