"""Writes results to standard output: tables on a terminal, plain lines elsewhere."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence

from alleo_onboard.cli.plainness import plain
from alleo_onboard.cli.streams import printable, put
from alleo_onboard.presentation.tables import Part, Table

_DRAWN = 8  # cells; least width of a column
_LISTED = 40  # people listed on a terminal, at most; use the wizard or JSON for a longer list


def listed() -> int | None:
    """Returns how many people a list shows at most; None for all when it is no terminal."""
    return _LISTED if sys.stdout.isatty() else None


def out(text: str = "") -> None:
    """Writes one line."""
    put(printable(text) + "\n")


def heading(text: str) -> None:
    """Writes an empty line and a heading."""
    out()
    out(text)


def show(parts: Iterable[Part]) -> None:
    """Writes sentences and tables below each other."""
    for part in parts:
        if isinstance(part, Table):
            table(part.columns, part.rows, part.right)
        else:
            out(part)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()) -> None:
    """Writes a table on a terminal; elsewhere one line for each row, with two spaces between values.

    On a narrow terminal, and with --plain, each row is one line in which every value has its label.
    """
    if not sys.stdout.isatty():
        for row in rows:
            out("  ".join(value for value in row if value))
        return
    if plain() or shutil.get_terminal_size().columns < _DRAWN * len(columns):
        for row in rows:
            told = zip(columns, row, strict=True)
            out("; ".join(f"{column}: {value}" if column else value for column, value in told if value))
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        drawn.add_column(Text(column), justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(printable(value)) for value in row))
    Console(markup=False, highlight=False).print(drawn)
