"""Tests for the examples in --help: each is a call that the parser takes."""

import shlex

import pytest

from alleo_onboard.cli.examples import EXAMPLES
from alleo_onboard.cli.parser import parse


@pytest.mark.parametrize("line", [line for lines in EXAMPLES.values() for line in lines])
def test_an_example_is_a_call_that_works(line):
    parse(shlex.split(line)[1:])


@pytest.mark.parametrize("prog", EXAMPLES)
def test_help_shows_the_examples_line_by_line(prog, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit, match="0"):
        parse([*prog.split()[1:], "--help"])
    told = capsys.readouterr().out.splitlines()
    assert {f"  {line}" for line in EXAMPLES[prog]} <= set(told)
    assert all(len(line) <= 80 or line.strip() in EXAMPLES[prog] for line in told if not line.startswith("  "))
