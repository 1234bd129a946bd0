"""The workbook for the portal: the documented headers, or the customer's own template filled. Every cell is text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from alleo_onboard.alleo.columns import Column
from alleo_onboard.alleo.portal.settings import PortalSettings
from alleo_onboard.domain.budget import suggestion
from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _
from alleo_onboard.locale.system import system_reason

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# Alleo help centre, article 303635. The portal recognises columns by exactly these headers.
HEADERS = (
    "Email",
    "First name",
    "Last name",
    "Prefix",
    "Onboarding date",
    "Offboarding Date",
    "Birthday",
    "Work Anniversary",
    "Language",
    "Company Group",
)
_FIELDS = {
    "email": "email",
    "first name": "first_name",
    "last name": "last_name",
    "offboarding date": "offboarding_date",
    "birthday": "birthday",
    "work anniversary": "work_anniversary",
    "custom_employee_id": "external_id",
}
_MANDATORY = ("email", "first_name", "last_name")
_HEADER_WITHIN = 20  # rows searched for the headers; a template may begin with instructions
_MOST_BYTES = 10 << 20
_MOST_UNPACKED = 100 << 20  # bytes
_MOST_CELLS = 5_000_000  # between the first cell and the farthest one; all of them are visited


def column(header: str, settings: PortalSettings) -> Column:
    """Returns the column for a header; its field is "" when we have no value for it.

    The onboarding date stays empty: the portal then takes today, which is when a person first syncs.
    """
    name = " ".join(header.replace("*", " ").split()).casefold()
    if name == "language":
        return Column(header, "", settings.language)
    if name == "company group":
        return Column(header, "department" if settings.company_group else "")
    return Column(header, _FIELDS.get(name) or (name if suggestion(name) == name else ""))


def columns_of(settings: PortalSettings) -> tuple[Column, ...]:
    """Returns the columns of the template, or the documented ones. Raises Usage for an invalid template."""
    if not settings.template:
        return tuple(column(header, settings) for header in HEADERS)
    _book, _sheet, _row, headers = _opened(Path(settings.template).expanduser())
    return tuple(column(header, settings) for header in headers)


def carried_by(settings: PortalSettings) -> frozenset[str]:
    """Returns the names of our fields that the workbook holds."""
    return frozenset(c.field for c in columns_of(settings) if c.field) - {"external_id"}


def written(settings: PortalSettings, rows: Iterable[Sequence[str]]) -> bytes:
    """Returns the workbook with these rows; each has one text for every column of `columns_of`."""
    if settings.template:
        book, sheet, row, _headers = _opened(Path(settings.template).expanduser())
        sheet.delete_rows(row + 1, max(1, sheet.max_row - row))  # rows with examples would be imported too
    else:
        from openpyxl import Workbook as NewWorkbook

        book, row = NewWorkbook(), 1
        sheet = book.worksheets[0]
        sheet.title = "Users"
        _fill(sheet, 1, HEADERS)
    for number, texts in enumerate(rows, start=row + 1):
        _fill(sheet, number, texts)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    for place, text in enumerate(texts, start=1):
        if not text:
            continue
        cell = sheet.cell(row, place)
        cell.value = text
        cell.data_type = "s"  # else a text that starts with = becomes a formula
        cell.number_format = "@"
        cell.quotePrefix = True  # type: ignore[attr-defined, unused-ignore]


def _opened(path: Path) -> tuple[Workbook, Worksheet, int, list[str]]:
    """Returns the template, its sheet, the number of the header row (from 1), and the headers. Raises Usage."""
    import openpyxl

    content = _content(path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        book = openpyxl.load_workbook(io.BytesIO(content)) if unpacked <= _MOST_UNPACKED else None
    except Exception:  # noqa: BLE001 - a broken file raises undocumented errors
        raise _no_template(path, _("it is not an .xlsx workbook")) from None
    if book is None or any(sheet.max_row * sheet.max_column > _MOST_CELLS for sheet in book.worksheets):
        raise _no_template(path, _("it is too large"))
    for sheet in book.worksheets:
        for number, row in enumerate(sheet.iter_rows(max_row=_HEADER_WITHIN, values_only=True), start=1):
            headers = [str(value).strip() if value is not None else "" for value in row]
            fields = {column(header, PortalSettings()).field for header in headers}
            if fields.issuperset(_MANDATORY):
                while headers and not headers[-1]:
                    headers.pop()
                return book, sheet, number, headers
    text = _("it has no row with the headers Email, First name and Last name")
    raise _no_template(path, text)


def _content(path: Path) -> bytes:
    """Returns what is in the file. Raises Usage; a pipe or a device is not waited for."""
    try:
        if not path.is_file() and path.exists():
            raise _no_template(path, _("it is not an .xlsx workbook"))
        if path.stat().st_size > _MOST_BYTES:
            raise _no_template(path, _("it is too large"))
        return path.read_bytes()
    except OSError as error:
        raise _no_template(path, system_reason(error)) from None
    except ValueError:  # a zero byte in the name
        raise _no_template(path, _("it is not an .xlsx workbook")) from None


def _no_template(path: Path, why: str) -> Usage:
    text = _("{file} cannot be filled: {why}. Download the template anew in Alleo's Manager Portal.")
    return Usage(text.format(file=path, why=why)).about("template")
