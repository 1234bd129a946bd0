"""Paths as users type them and terminals paste them."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.usecases.support.named_path import named_path

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\0", exclude_categories=("Cs",)), min_size=1).map(
    lambda name: f"/no such folder/{name.strip() or 'x'}"
)


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        (" /tmp/a b.csv ", "/tmp/a b.csv"), ("'/tmp/a b.csv'", "/tmp/a b.csv"), ('"/tmp/a b.csv" ', "/tmp/a b.csv"),
        ("“/tmp/a b.csv”", "/tmp/a b.csv"), ("file:///tmp/a%20b.csv", "/tmp/a b.csv"), ("& '/tmp/a b.csv'", "/tmp/a b.csv"),
    ],
)  # fmt: skip
def test_what_belongs_to_the_terminal_is_taken_away(pasted, meant):
    assert named_path(pasted) == Path(meant)


@pytest.mark.skipif(sys.platform == "win32", reason="backslashes part folders there")
@given(NAMES)
def test_what_a_shell_would_quote_is_understood(path):
    assert named_path(shlex.quote(path) if "'" not in path else f'"{path}"') == Path(path)


@pytest.mark.skipif(sys.platform == "win32", reason="backslashes part folders there")
def test_backslashes_are_taken_away_unless_they_belong_to_the_name(tmp_path):
    assert named_path(r"/tmp/a\ b\(1\).csv") == Path("/tmp/a b(1).csv")
    odd = tmp_path / r"a\ b.csv"
    odd.write_text("x")
    assert named_path(str(odd)) == odd
    quoted = tmp_path / "'mine'"
    quoted.write_text("x")
    assert named_path(str(quoted)) == quoted


def test_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert named_path("~/a.csv") == tmp_path / "a.csv"
    assert named_path("'~/a b.csv'") == tmp_path / "a b.csv"


@given(st.text())
def test_nothing_that_is_typed_breaks_it(text):
    assert isinstance(named_path(text), Path)
