"""Tables as CSV for a spreadsheet. Values that would run as a formula are made harmless."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

from alleo_onboard.locale.formats import amount
from alleo_onboard.presentation.export.report import Report
from alleo_onboard.presentation.export.tables import Table
from alleo_onboard.report.markup import clean

# What a spreadsheet takes for a formula, also after spaces and in full-width form (facts/deliveries.md, D).
_RUNS = re.compile(r"[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def delimited(report: Report) -> str:
    """Returns the CSV of all people."""
    return as_csv(report.people) if report.people else ""


def as_csv(table: Table) -> str:
    """Returns a table as CSV: every value quoted, with an apostrophe before a value that would run as a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(
        written,
        delimiter=delimiter(),
        quoting=csv.QUOTE_ALL,
        lineterminator="\r\n",
    )
    writer.writerow(column.label for column in table.columns)
    writer.writerows([harmless(value) for value in row] for row in table.rows)
    return written.getvalue()


def delimiter() -> str:
    """Returns the separator: a semicolon where the comma is the decimal mark, as spreadsheets expect."""
    return ";" if "," in amount(Decimal("0.5")) else ","


def harmless(value: str) -> str:
    """Returns `value`, with an apostrophe first if a spreadsheet would run what is written."""
    written = clean(value)
    return "'" + written if _RUNS.match(written) else written
