"""Writes a preview as a report file. The entry point for all other interfaces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from alleo_onboard.presentation.export.report import About, Report, as_text, of_run, report
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.sync import RunResult
from alleo_onboard.usecases.support.documents import free, save


class Form(StrEnum):
    """The formats of a report; the value is the file extension."""

    HTML = "html"
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Written:
    """Where a report was written, and whether it replaced another file."""

    path: Path
    replaced: bool


def about(session: Session, now: datetime | None = None) -> About:
    """Returns what a report of this session is about. Raises Usage for an unknown time zone."""
    today = session.today()
    made = (now or datetime.now(UTC)).astimezone(session.setup.profile.tz)
    return About(session.setup.profile.name, today, made)


def form_of(path: str) -> Form | None:
    """Returns the format for a file's extension, or None."""
    ending = Path(path).suffix.lower().lstrip(".")
    return {"htm": Form.HTML}.get(ending) or next((form for form in Form if form.value == ending), None)


def write_report(
    preview: Preview, of: About, form: Form, path: Path | None = None, *, names: bool = True, replace: bool = False
) -> Written:
    """Writes the report to `path`, or to a free name in the current folder. Raises Usage.

    Without `names` it holds no names of people. `replace` allows to overwrite a file.
    """
    told = report(preview, of, names=names)
    place = path or free(stem(of, _what(form, names=names)), form.value, Path())
    return Written(place, save(place, rendered(told, form), replace=replace))


def rendered(told: Report, form: Form) -> bytes:
    """Returns the file. CSV starts with a byte-order mark, without which spreadsheets assume another encoding."""
    if form is Form.XLSX:
        from alleo_onboard.report.workbook import workbook

        return workbook(told)
    if form is Form.CSV:
        from alleo_onboard.report.delimited import delimited

        return b"\xef\xbb\xbf" + delimited(told).encode()
    from alleo_onboard.report.page import page

    return page(told).encode()


def summary(preview: Preview, of: About, result: RunResult | None = None) -> str:
    """Returns the report as a few lines for a message, without names; with `result`, what the run did."""
    told = report(preview, of, names=False)
    return as_text(of_run(told, result) if result else told)


def stem(of: About, what: str = "") -> str:
    """Returns a file name without extension. `what` is an optional last part."""
    setup = re.sub(r"[^\w.-]+", "-", of.setup).strip("-.") or "set-up"
    return "-".join(filter(None, ("alleo-preview", setup, f"{of.made:%Y-%m-%d}", what)))


def _what(form: Form, *, names: bool) -> str:
    """Returns the last part of the file name: a CSV is for reading, not for a program."""
    return "for-reading" if form is Form.CSV else "" if names else "counts"
