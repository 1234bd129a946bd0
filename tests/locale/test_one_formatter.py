"""Only locale/formats.py formats dates, times, amounts and counts, so that all interfaces agree."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from alleo_onboard.locale import settle
from alleo_onboard.locale.formats import day, read_day

HOUSE = Path(__file__).parents[2] / "alleo_onboard"
ROOMS = ("presentation", "tui", "cli", "plain", "report")
# Exceptions: documents for programs, coordinates of drawings, and dates in file names.
OWN = {"cli/json", "report/svg.py", "report/write.py"}
WRITES = re.compile(r"%|,|\.[0-9]+f")
FILES = sorted(file for room in ROOMS for file in (HOUSE / room).rglob("*.py"))


def written(tree):
    """Yields the lines on which code formats a value by itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            if WRITES.search(ast.unparse(node.format_spec)):
                yield node.lineno
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "strftime":
                yield node.lineno


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(HOUSE).as_posix())
def test_no_face_formats_by_itself(file):
    place = file.relative_to(HOUSE).as_posix()
    if not any(place.startswith(own) for own in OWN):
        assert list(written(ast.parse(file.read_text(encoding="utf-8")))) == []


def test_the_search_finds_them():
    code = 'f"{day:%Y}"; f"{n:,}"; f"{x:.1f}"; day.strftime("%d"); f"{n:>3}"; f"{n}, {x}"'
    assert len(list(written(ast.parse(code)))) == 4


@pytest.mark.parametrize("spoken", ["en", "nl", "de"])
def test_a_day_is_read_as_it_is_written_in_every_language(spoken):
    settle(spoken)
    assert read_day(day(date(2026, 12, 31))) == date(2026, 12, 31)
    assert read_day(" 2026-12-31 ") == date(2026, 12, 31)
    assert read_day("soon") is None
    assert read_day("2026-02-30") is None
