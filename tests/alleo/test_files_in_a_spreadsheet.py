"""Opens our files in Gnumeric: no formula runs, and no value of the workbook changes.

ssconvert opens each file as a double click would, and saves the values it read.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from thorough import examples

from alleo_onboard.alleo.pickup.csv_file import written as csv_of
from alleo_onboard.alleo.pickup.settings import PickupSettings
from alleo_onboard.alleo.portal.delivery import PortalDelivery
from alleo_onboard.alleo.portal.settings import PortalSettings
from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.file_safety import unsafe
from alleo_onboard.domain.publishing import State

SSCONVERT = shutil.which("ssconvert") or ""
needs_gnumeric = pytest.mark.skipif(not SSCONVERT, reason="there is no ssconvert here (Debian: gnumeric)")
KNOWN = frozenset({"email", "first_name", "last_name", "birthday", "department"})

# Names that a spreadsheet could run or convert.
ODD = st.sampled_from(
    ["=1+1", '=HYPERLINK("http://x")', "+31612345678", "-1", "@SUM(1)", " =1", "'t Hart", "00123", "1E5", "TRUE",
     "2026-11-27", "100.00", '"', ",", ";", "O'Neill", "Łuk\u0301asz", "王 小明", "\u00a0=2", "#N/A", "1/2", "١٢٣"]
)  # fmt: skip
NAMES = st.one_of(
    ODD,
    st.text(st.characters(exclude_categories=("Cs", "Cn", "Co"), max_codepoint=0x24FF), max_size=12),
    st.from_regex(r"[-=+@]?[A-Za-z' ]{1,8}", fullmatch=True),
)
PEOPLE = st.lists(st.tuples(NAMES, NAMES), min_size=20, max_size=60)
FEW = settings(
    phases=[Phase.generate],  # ssconvert is slow
    max_examples=examples(4, 12),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def accounts(people: list[tuple[str, str]]) -> list[Account]:
    """Returns accounts for the people whose names may be in a file."""
    made = []
    for number, (first, last) in enumerate(((one.strip(), two.strip()) for one, two in people), 1):
        if first and last and not unsafe({"first_name": first, "last_name": last}):
            made.append(
                Account(
                    str(number), str(number), f"p{number}@b.example", first, last, extras={"birthday": "1990-01-02"}
                )
            )
    return made


def converted(content: bytes, ending: str) -> tuple[list[list[str]], str]:
    """Returns the cells as shown, and Gnumeric's own XML, where formulas can be recognised."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"file.{ending}"
        source.write_bytes(content)
        shown, own = Path(folder) / "shown.csv", Path(folder) / "own.gnumeric"
        env = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": folder}
        for target in (shown, own):
            subprocess.run([SSCONVERT, source, target], check=True, capture_output=True, env=env, timeout=60)
        table = list(csv.reader(io.StringIO(shown.read_text(encoding="utf-8"), newline="")))
        return table, gzip.decompress(own.read_bytes()).decode()


def formulas(own: str) -> list[str]:
    """Returns the cells that are formulas: those without a ValueType."""
    return [cell for cell in re.findall(r"<gnm:Cell ([^>]*)>", own) if "ValueType" not in cell]


@needs_gnumeric
@given(PEOPLE)
@FEW
def test_no_formula_of_the_csv_runs(people):
    _table, own = converted(csv_of(PickupSettings(bom=True), accounts(people), KNOWN), "csv")
    assert formulas(own) == []


@needs_gnumeric
def test_the_check_sees_a_formula_where_there_is_one():
    assert formulas(converted(b'"a"\r\n"=1+1"\r\n', "csv")[1])


@needs_gnumeric
@given(PEOPLE)
@FEW
def test_no_formula_of_the_workbook_runs_and_no_value_changes(people):
    held = accounts(people)
    changes = tuple(Change(Kind.ONBOARD, int(a.id), None, a.name, (Field("email", None, a.email),)) for a in held)
    state = State(tuple(held), changes, KNOWN, date(2026, 11, 27))
    table, own = converted(PortalDelivery(PortalSettings()).render(state), "xlsx")
    assert formulas(own) == []
    assert [row[:3] for row in table[1:]] == [[a.email, a.first_name, a.last_name] for a in held]
    assert {row[6] for row in table[1:]} <= {"1990-01-02"}


@given(PEOPLE)
@settings(max_examples=examples(15, 100), deadline=None)
def test_every_csv_is_read_back_as_it_was_written(people):
    held = accounts(people)
    content = csv_of(PickupSettings(), held, KNOWN)
    _header, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    assert [row[:3] for row in rows] == [[a.email, a.first_name, a.last_name] for a in held]
    assert content.count(b"\r\n") == len(held) + 1
