"""Reads a file from Alleo: CSV or XLSX, whatever its name. Any other file raises an error with a sentence."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from alleo_onboard.domain.alleo_columns import Columns, best
from alleo_onboard.domain.compare import Row, rows_of
from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _
from alleo_onboard.store.paths import MEGABYTE, open_file, unreadable

_MOST = 32 * MEGABYTE
_UNPACKED = 160 * MEGABYTE  # twice the size of an unpacked XLSX of 100,000 people
_ROWS, _COLUMNS = 200_000, 200
_GAP = 1000  # empty rows after which reading stops
_TOP = 20  # lines in which headings are searched
_DELIMITERS = ",;\t"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also the start of an XLSX with a password

Lines = list[list[str]]


@dataclass(frozen=True, slots=True)
class AlleoFile:
    """The rows of one file and its columns."""

    columns: Columns
    rows: tuple[Row, ...]


def read(path: str) -> AlleoFile:
    """Reads the file. Raises Usage when it is no CSV or XLSX, or has neither e-mail addresses nor ids."""
    try:
        with open_file(Path(path), _MOST) as file:
            content = file.read()
    except OSError as error:
        raise unreadable(Path(path), error) from None
    except ValueError:  # a zero byte in the name
        raise Usage(_("{file} is no name of a file.").format(file=path.replace("\0", ""))) from None
    sheets = [_lines(content, path)] if not content.startswith(b"PK") else _sheets(content, path)
    headings: list[str] = []
    for lines in sheets:
        if found := best(lines[:_TOP]):
            place, columns = found
            return AlleoFile(columns, tuple(rows_of(columns, lines[place + 1 :], place + 2)))
        headings = headings or [text for text in (lines[0] if lines else []) if text.strip()]
    text = _("{file} has no column for the e-mail address or the Personio id. Its first line is: {headings}.")
    raise Usage(text.format(file=path, headings=", ".join(h[:40] for h in headings[:12]) or _("empty")))


def _lines(content: bytes, path: str) -> Lines:
    """Returns the lines of a CSV.

    The separator is the one of comma, semicolon and tab that gives most known headings.
    """
    text = _decoded(content, path)
    if text[:5].lower() == "sep=;" or text[:5].lower() == "sep=,":
        text = text.partition("\n")[2]
    parted = {sign: _top(text, sign) for sign in _DELIMITERS}

    def known(sign: str) -> int:
        found = best(parted[sign])
        return len(found[1].places) if found else 0

    return _parted(text, max(_DELIMITERS, key=known), path)


def _decoded(content: bytes, path: str) -> str:
    """Returns the text of a CSV. Raises Usage for other files and for unknown encodings."""
    if content.startswith(_OLD_EXCEL):
        text = _("{file} is an old Excel file, or has a password. Save it as .xlsx without a password.")
        raise Usage(text.format(file=path))
    if content.lstrip()[:1] == b"<":
        raise Usage(_("{file} is a web page, not a spreadsheet. Save it as .xlsx or .csv.").format(file=path))
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = ""
        if b"\0" not in content[:4096]:
            said = _("{file} is not in UTF-8, so names in it may be wrong. Save it as “CSV UTF-8”, or as .xlsx.")
            raise Usage(said.format(file=path)) from None
    if not text.strip() or "\0" in text:
        raise Usage(_no_sheet(path))
    return text


def _no_sheet(path: str) -> str:
    return _("{file} is no CSV and no XLSX file, or it is empty. Save it as .xlsx or .csv.").format(file=path)


def _top(text: str, sign: str) -> Lines:
    """Returns the first lines, split by one separator."""
    lines: Lines = []
    try:
        for line in csv.reader(io.StringIO(text[: 64 * 1024], newline=""), delimiter=sign):
            lines.append(line[:_COLUMNS])
            if len(lines) == _TOP:
                break
    except csv.Error:
        return []
    return lines


def _parted(text: str, sign: str, path: str) -> Lines:
    try:
        return _bounded((line for line in csv.reader(io.StringIO(text, newline=""), delimiter=sign)), path)
    except csv.Error:
        raise Usage(_no_sheet(path)) from None


def _bounded(lines: Iterator[Sequence[str]], path: str) -> Lines:
    """Returns the lines, at most _ROWS. Raises Usage when there are more."""
    kept: Lines = []
    for line in lines:
        if len(kept) == _ROWS:
            text = _("{file} has more than {most} rows, so it is not what is looked for here.")
            raise Usage(text.format(file=path, most=_ROWS))
        kept.append(list(line[:_COLUMNS]))
    return kept


def _sheets(content: bytes, path: str) -> Iterator[Lines]:
    """Yields the visible sheets of an XLSX. Formulas are not calculated."""
    from openpyxl import load_workbook

    _refuse_bombs(content, path)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                yield _bounded(_used(sheet, path), path)
    except Usage:
        raise
    except Exception:  # noqa: BLE001 - a broken file raises undocumented errors
        raise Usage(_no_sheet(path)) from None


def _used(sheet: Any, path: str) -> Iterator[list[str]]:
    """Yields the rows of a sheet until many empty ones: a single cell a million rows below would take a minute."""
    gap = 0
    for row in sheet.iter_rows(max_row=_ROWS + _GAP, max_col=min(sheet.max_column or _COLUMNS, _COLUMNS)):
        line = [_value(cell, path) for cell in row]
        gap = 0 if any(line) else gap + 1
        if gap == _GAP:
            return
        yield line


def _refuse_bombs(content: bytes, path: str) -> None:
    """Raises Usage for an archive that unpacks too large, or is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Usage(_no_sheet(path)) from None
    if "[Content_Types].xml" not in names:
        raise Usage(_no_sheet(path))
    if size > _UNPACKED:
        text = _("{file} unpacks to more than {most} MB, so it is not what is looked for here.")
        raise Usage(text.format(file=path, most=_UNPACKED // MEGABYTE))


def _value(cell: Any, path: str) -> str:
    """Returns a cell as text. Raises Usage for a formula, whose result may be missing in the file."""
    if cell.data_type == "f":
        text = _("{file} has a formula in cell {cell}, and nothing is calculated here. Save it as CSV.")
        raise Usage(text.format(file=path, cell=cell.coordinate))
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)
