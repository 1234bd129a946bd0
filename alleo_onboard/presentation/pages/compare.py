"""Sentences of the page that compares a file from Alleo with the preview."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from alleo_onboard.locale import _
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.tables import Table


def title() -> str:
    return _("Compare")


def option() -> str:
    """Returns the choice that leads here, where there is room to say it in full."""
    return _("Compare with Alleo's file")


def about() -> str:
    return _(
        "Alleo's file (the result of its test run, or an overview of employees; CSV or XLSX) against the preview: "
        "who is only there, who only here, and whose values differ."
    )


def file_label() -> str:
    return _("File")


def file_asked() -> str:
    """Returns the question of the plain wizard."""
    return _("The file from Alleo: its path, as the terminal pastes it when you drag it here")


def nothing_named() -> str:
    return _("Name the file: type its path, or drag it onto this window.")


def busy() -> str:
    return _("Comparing …")


def of_file(path: Path) -> str:
    return _("File: {file}").format(file=path)


def more(n: int) -> str:
    """Returns how many rows are not shown."""
    return _("... and {n} more. “alleo-onboard compare FILE --json” lists everybody.").format(n=count(n))


def help_lines() -> tuple[str, ...]:
    return (
        _("Nothing is written, here or at Alleo, and the file stays as it is."),
        _("A person is found by the Personio id where the file has it, else by the e-mail address."),
        _("Columns may stand in any order, in English or Dutch. A birthday is only ever said to differ."),
        _("Ask Alleo for a test run before it activates the integration, and compare its result here."),
    )


def incomplete() -> str:
    """Returns the warning that the list of people was not read completely."""
    return _("The people were not read completely, so some may seem to be missing here: read again on Preview.")


def more_of_them(told: int, rows: int) -> str:
    """Returns the question whether to continue a long list."""
    return _("{n} of {all}. Enter for more, back to end the list").format(n=count(told), all=count(rows))


def lines(table: Table) -> Iterator[str]:
    """Yields each row as a sentence: heading and value of each column."""
    for row in table.rows:
        pairs = zip(table.columns, row, strict=True)
        told = (_("{heading}: {value}").format(heading=heading, value=value) for heading, value in pairs if value)
        yield ", ".join(told) + "."
