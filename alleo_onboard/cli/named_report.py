"""`sync --report FILE`: the plan as a report, saved before anything is written to Alleo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alleo_onboard.cli.streams import say
from alleo_onboard.domain.errors import Usage

if TYPE_CHECKING:
    from alleo_onboard.report.write import Form
    from alleo_onboard.usecases.preview.preview import Preview
    from alleo_onboard.usecases.preview.session import Session


def report_form(path: str | None) -> Form | None:
    """Returns the format for the file's extension, None without a file. Raises Usage for an unknown extension."""
    if not path:
        return None
    from alleo_onboard.report.write import form_of

    if form := form_of(path):
        return form
    from alleo_onboard.presentation.export.words import unknown_ending

    raise Usage(unknown_ending(path))


def save_report(session: Session, preview: Preview, path: str | None) -> None:
    """Saves the report if a path was given, replacing an earlier one, and prints where it is."""
    if form := report_form(path):
        from alleo_onboard.presentation.export.words import saved_sentence
        from alleo_onboard.report.write import about, write_report

        written = write_report(preview, about(session), form, Path(path or ""), replace=True)
        say(saved_sentence(written.path, replaced=written.replaced))
