"""Everybody as CSV, for a spreadsheet: nothing in it runs when it is opened there."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

from alleo_onboard.locale.formats import amount
from alleo_onboard.presentation.export.report import Report
from alleo_onboard.report.markup import clean

# What a spreadsheet takes for a formula, also behind blanks and in full width (facts/deliveries.md, D).
_RUNS = re.compile(r"[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def delimited(report: Report) -> str:
    """Every value in quotes. A value that would run as a formula has an apostrophe before it."""
    table = report.people
    written = io.StringIO(newline="")
    writer = csv.writer(
        written,
        delimiter=delimiter(),
        quoting=csv.QUOTE_ALL,
        lineterminator="\r\n",
    )
    if table:
        writer.writerow(column.label for column in table.columns)
        writer.writerows([harmless(value) for value in row] for row in table.rows)
    return written.getvalue()


def delimiter() -> str:
    """Where the comma parts euros from cents, a spreadsheet expects semicolons."""
    return ";" if "," in amount(Decimal("0.5")) else ","


def harmless(value: str) -> str:
    """`value` as a spreadsheet shows it instead of running it."""
    return "'" + clean(value) if _RUNS.match(value) else clean(value)
