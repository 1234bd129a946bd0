"""What the page `export` says, and what a copied text says beside itself."""

from __future__ import annotations

from collections.abc import Mapping

from alleo_onboard.locale import _

COPY = "copy"  # the choice that copies a summary instead of writing a file


def about_export() -> str:
    return _("The preview as it is now, as a file in the folder that this was started in:")


def drawn_help() -> tuple[str, ...]:
    """Returns the help of the page."""
    return (
        _("A page can be printed, and read in any browser; a workbook has one sheet for each question."),
        _("Files with names are personal data: pass them on only to those who need them."),
    )


def forms() -> Mapping[str, str]:
    """Returns each form's key with its label; a key that ends in "-bare" is the form without names."""
    return {
        "html": _("Page with pictures, to print or to open in a browser (HTML)"),
        "html-bare": _("The same without names, to send round (HTML)"),
        "xlsx": _("Workbook, a sheet for each question (Excel)"),
        "csv": _("List of everybody (CSV)"),
        COPY: _("Copy the summary, without names, for a message"),
    }


def no_preview_any_more() -> str:
    return _("There is no preview any more: go to Preview and read again.")


def copied(text: str) -> str:
    """Returns a text that was put on the clipboard, for terminals that cannot copy."""
    return _("✓ Copied, if this terminal can. The text, to copy by hand:") + f"\n\n{text}"
