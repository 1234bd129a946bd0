"""What is shown on standard output: tables on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from alleo_onboard.cli.streams import printable, put
from alleo_onboard.presentation.tables import Part, Table

_LISTED = 40  # people listed on a terminal; a longer list belongs in the wizard or in JSON


def listed() -> int | None:
    """How many people a list shows at most; None for all, where nobody has to scroll."""
    return _LISTED if sys.stdout.isatty() else None


def out(text: str = "") -> None:
    put(printable(text) + "\n")


def heading(text: str) -> None:
    out()
    out(text)


def show(parts: Iterable[Part]) -> None:
    """Puts sentences and tables one under the other."""
    for part in parts:
        if isinstance(part, Table):
            table(part.columns, part.rows, part.right)
        else:
            out(part)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()) -> None:
    """Rows under headings on a terminal; elsewhere a line each, values parted by two spaces."""
    if not sys.stdout.isatty():
        for row in rows:
            out("  ".join(value for value in row if value))
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
