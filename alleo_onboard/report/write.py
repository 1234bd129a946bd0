"""Writes a preview as a file: the one entry for every other face."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from alleo_onboard.presentation.export.report import About, Report, as_text, report
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.support.documents import free, save


class Form(StrEnum):
    """What a report can be written as; the value is the file's ending."""

    HTML = "html"
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Written:
    """Where a report is, and whether it took the place of another file."""

    path: Path
    replaced: bool


def about(session: Session, now: datetime | None = None) -> About:
    """What a report of this sitting is of. Raises Usage for a time zone that does not exist."""
    today = session.today()
    made = (now or datetime.now(UTC)).astimezone(ZoneInfo(session.setup.profile.zone))
    return About(session.setup.profile.name, today, made)


def form_of(path: str) -> Form | None:
    """The form that a file's ending asks for."""
    ending = Path(path).suffix.lower().lstrip(".")
    return {"htm": Form.HTML}.get(ending) or next((form for form in Form if form.value == ending), None)


def write_report(
    preview: Preview, of: About, form: Form, path: Path | None = None, *, names: bool = True, replace: bool = False
) -> Written:
    """Writes the report to `path`, or under a free name in the current folder. Raises Usage where it cannot."""
    told = report(preview, of, names=names)
    place = path or free(stem(of, _what(form, names=names)), form.value, Path())
    return Written(place, save(place, rendered(told, form), replace=replace))


def rendered(told: Report, form: Form) -> bytes:
    """The file's bytes. CSV begins with a byte-order mark: without it spreadsheets take it for another encoding."""
    if form is Form.XLSX:
        from alleo_onboard.report.workbook import workbook

        return workbook(told)
    if form is Form.CSV:
        from alleo_onboard.report.delimited import delimited

        return b"\xef\xbb\xbf" + delimited(told).encode()
    from alleo_onboard.report.page import page

    return page(told).encode()


def summary(preview: Preview, of: About) -> str:
    """The report in a few lines to copy into a message. It names nobody."""
    return as_text(report(preview, of, names=False))


def stem(of: About, what: str = "") -> str:
    """A file name without its ending; `what` tells what else is to be known of it."""
    setup = re.sub(r"[^\w.-]+", "-", of.setup).strip("-.") or "set-up"
    return "-".join(filter(None, ("alleo-preview", setup, f"{of.made:%Y-%m-%d}", what)))


def _what(form: Form, *, names: bool) -> str:
    """A CSV says that it is made for a spreadsheet, not for a program."""
    return "for-reading" if form is Form.CSV else "" if names else "counts"
