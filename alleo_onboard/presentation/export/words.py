"""Texts of the report that do not depend on its content."""

from __future__ import annotations

from pathlib import Path

from alleo_onboard.locale import _


def charts_title() -> str:
    return _("In pictures")


def findings_title() -> str:
    return _("What the check found")


def search() -> str:
    return _("Search")


def shown_people() -> str:
    """Returns the text of a search result; the page fills in {n}."""
    return _("{n} shown")


def private() -> str:
    return _("Personal data: pass it on only to those who need it.")


def counts_only() -> str:
    return _("Counts only: nobody is named, and groups of fewer than five people are told together.")


def unknown_ending(file: str) -> str:
    """Returns the error for a file name whose extension is no known format."""
    return _("A report ends in .html, .xlsx or .csv; {file} does not.").format(file=file)


def saved_sentence(path: Path, *, replaced: bool) -> str:
    """Returns where a report was saved, and who can read it."""
    text = _("The report is saved in {file}; only you can read it.")
    if replaced:
        text = _("The report is saved in {file} in place of the file that was there; only you can read it.")
    return text.format(file=path)
