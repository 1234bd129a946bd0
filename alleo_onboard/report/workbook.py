"""The XLSX report: one sheet for each table; every cell is text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from alleo_onboard.presentation.export.report import Report
from alleo_onboard.presentation.export.tables import Table
from alleo_onboard.report.markup import clean

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_WIDTHS = {"email": 34, "name": 28, "why": 42, "what": 44, "where": 70, "shifts": 90, "budget": 34, "field": 34}
_OTHERS = 17  # characters
_LONGEST = 32_000  # characters; Excel's limit for a cell is 32,767


def workbook(report: Report) -> bytes:
    """Returns the file."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "alleo-onboard"
    book.properties.title = report.title
    tables = [table for table in (report.people, report.mend, report.changes, report.budgets) if table]
    for table in tables:
        _sheet(book.create_sheet(_name(table.title)), table)
    about = book.create_sheet(_name(report.title))
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 28, 90
    cells = _cells(about, 2)
    for pair in _about(report):
        about.append(_filled(cells, pair))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _name(title: str) -> str:
    """Returns a valid name for a sheet: at most 31 characters, without those that have a meaning in formulas."""
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "-"


def _about(report: Report) -> Iterable[tuple[str, str]]:
    yield from (("", sentence) for sentence in report.sentences)
    yield from ((number.label, number.text) for number in report.numbers)
    yield from (("!", sentence) for sentence in report.cautions)
    for told in report.findings:
        yield told.mark, told.title
        yield from (("", line) for line in (*told.told, *told.remedy))
    yield from report.facts


def _sheet(sheet: WriteOnlyWorksheet, table: Table) -> None:
    """Writes a table whose headings stay visible and repeat on each printed page."""
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(column.key, _OTHERS)
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    heads = _cells(sheet, len(table.columns), bold=True)
    sheet.append(_filled(heads, [column.label for column in table.columns]))
    cells = _cells(sheet, len(table.columns))
    for row in table.rows:
        sheet.append(_filled(cells, row))


def _cells(sheet: WriteOnlyWorksheet, number: int, *, bold: bool = False) -> list[WriteOnlyCell]:
    """Returns cells to be reused for each row: appending writes a row at once, and setting styles is slow."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cells = [WriteOnlyCell(sheet) for _place in range(number)]
    for cell in cells:
        cell.number_format = "@"
        cell.quotePrefix = True
        if bold:
            cell.font = Font(bold=True)
    return cells


def _filled(cells: list[WriteOnlyCell], values: Iterable[str]) -> list[WriteOnlyCell]:
    """Fills the cells as text, whatever the first character, even after editing (facts/deliveries.md, D)."""
    for cell, value in zip(cells, values, strict=True):
        cell.value = clean(value)[:_LONGEST] or None
        cell.data_type = "s"
    return cells
