"""Lines of a crontab, read by cron's rules and by a real shell."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jobs import job

from alleo_onboard.domain.errors import NotReady
from alleo_onboard.scheduler.cron import as_cron_reads, lines


def words_of(one) -> list[str]:
    return [*(f"{name}={value}" for name, value in one.environment), *one.command]


def command_of(line: str) -> str:
    r"""Returns what cron gives to the shell: the sixth field up to a bare percent sign, "\%" as "%" (crontab(5))."""
    command, read, escaped = line.split(maxsplit=5)[5], "", False
    for character in command:
        if character == "%" and not escaped:
            break
        read = read[:-1] + "%" if character == "%" else read + character
        escaped = character == "\\"
    return read


@pytest.mark.parametrize(
    "value", ["/srv/100%", "http://u:p%40ss@proxy:3128", "%", "%%", "50% 'off' \"now\" $HOME `id`"]
)
def test_a_percent_sign_reaches_the_shell_as_it_is(value):
    one = job(environment=(("ALLEO_ONBOARD_HOME", value),), command=("printf", "%s", "x"))
    (line,) = lines(one)
    shown = subprocess.run(
        ["sh", "-c", command_of(line).replace("printf %s x", 'sh -c \'printf %s "$ALLEO_ONBOARD_HOME"\'')],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert shown.stdout == value


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=20))
def test_a_line_is_what_was_meant_or_refused(value):
    one = job(environment=(("ALLEO_ONBOARD_HOME", value),), profile="Acme")
    try:
        found = lines(one)
    except NotReady:
        assert "\\" in value or not value.isprintable()
        return
    for line in found:
        assert as_cron_reads(line) == words_of(one)
        assert "\n" not in line


@pytest.mark.parametrize("line", ["1 2 * * * a % b", "1 2 * * * a \\\\% b", "1 2 * * * a \\ b", "1 2 * * * 'a"])
def test_a_line_that_cron_would_read_otherwise_is_not_trusted(line):
    assert as_cron_reads(line) == []
