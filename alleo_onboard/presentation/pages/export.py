"""Sentences of the pages that save the preview or the history as a file."""

from __future__ import annotations

from pathlib import Path

from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count


def preview_as_file() -> str:
    return _("The preview as it is now, as a file in the folder that this was started in:")


def history_as_file() -> str:
    return _("Every change of every run, as a file in the folder that this was started in:")


def preview_forms() -> dict[str, str]:
    """Returns the forms of the preview: id to label. "html-bare" is without names."""
    return {
        "html": _("Page with pictures, to print or to open in a browser (HTML)"),
        "html-bare": _("The same without names, to send round (HTML)"),
        "xlsx": _("Workbook, a sheet for each question (Excel)"),
        "csv": _("List of everybody (CSV)"),
    }


def history_forms() -> dict[str, str]:
    """Returns the forms of the history: file extension to label."""
    return {
        "csv": _("Table, a row for each value that was changed (CSV)"),
        "jsonl": _("Lines for programs, one for each change (JSON)"),
    }


def save_as_file() -> str:
    """Returns the choice that leads to the page, in the plain wizard."""
    return _("Save it as a file.")


def copy_summary() -> str:
    return _("Copy the summary, without names, for a message")


def summary_as_text() -> str:
    return _("Summary, without names, for a message (TXT)")


def preview_help() -> tuple[str, ...]:
    return (
        _("A page can be printed, and read in any browser; a workbook has one sheet for each question."),
        _("Files with names are personal data: pass them on only to those who need them."),
    )


def history_help() -> tuple[str, ...]:
    return (
        _("Who did what to whom, from which computer, by which plan, and how it ended. Dates of birth are not in it."),
        _("alleo-onboard runs verify tells whether anybody edited the history that it was made from."),
    )


def no_preview_any_more() -> str:
    return _("There is no preview any more: go to Preview and read again.")


def writing() -> str:
    return _("Writing …")


def history_saved(path: Path, n: int) -> str:
    text = ngettext("{n} change is saved in {file}.", "{n} changes are saved in {file}.", n)
    return text.format(n=count(n), file=path)


def copied() -> str:
    """Returns the line above a copied text, which is shown for terminals that cannot copy."""
    return _("✓ Copied, if this terminal can. The text, to copy by hand:")


def json_and_standard_output() -> str:
    return _("--json tells where the file is, so the file cannot go to standard output as well: leave one of them out.")
