"""The wizard's page of the daily run in a real terminal, with a real cron and a real systemd."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from terminal import Terminal
from test_scheduler_real_cron import OTHERS
from test_scheduler_real_cron import PREPARE as CRON
from test_scheduler_real_systemd import machine as systemd  # noqa: F401 - a fixture
from thorough import some

# As the command opens the wizard, except that the sandbox counts as the real Personio.
WIZARD = """
import os
from alleo_onboard.tui.environment import scrub
scrub(os.environ)
from alleo_onboard.tui.app import run
from alleo_onboard.usecases.setups.resolve import Setups
setups = Setups(os.environ)
setups.is_sandbox = lambda setup: False
raise SystemExit(run(setups, setups.find()))
"""
CTRL_P = "\x10"


def daily(cell, environ, size=(80, 24)) -> Terminal:
    """Opens the page through the command palette."""
    terminal = Terminal(cell.inside(sys.executable, "-c", WIZARD), environ, *size)
    terminal.until("^p Commands")
    terminal.send(CTRL_P)
    terminal.until("Light or dark colours")
    terminal.send("every day")
    terminal.until("every day ▐ Every day")
    terminal.send("\r")
    terminal.until("The next five runs:")
    return terminal


QUESTIONS = {"g": "Run what is installed", "u": "Take the daily run away"}


def sure(terminal: Terminal, key: str) -> None:
    """Presses a key that asks a question first, and answers yes; keys sent together would count as a paste."""
    terminal.until("Run now")
    terminal.send(key)
    terminal.until(QUESTIONS[key])
    terminal.send("y")


@pytest.fixture
def cron(cells):
    if not shutil.which("crontab"):
        pytest.skip("needs cron")
    return cells(CRON, "sleep infinity")


@pytest.mark.parametrize("size", some([(80, 24), (120, 40)], 2))
def test_cron_line_installed_run_and_removed_with_keys(cron, admin, sandbox, tmp_path, size):
    cron.out("crontab", "-", input=OTHERS)
    terminal = daily(cron, {**admin, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}, size)
    assert "Nothing runs by itself yet." in terminal.text
    terminal.send("i")
    terminal.until("Not installed")
    terminal.until("choose that above")  # no command-line flags, which the wizard does not have
    assert "--secrets" not in terminal.text
    assert cron.out("crontab", "-l") == OTHERS

    terminal.send("\t\t\t\x1b[D")  # times, zone, secrets; left of the first option is the last one: the file
    terminal.until("Secrets from an environment file")
    terminal.send("i")
    terminal.until("✓ Installed.")
    terminal.until("It has not run yet. Next:")
    written = cron.out("crontab", "-l")
    assert written.startswith(OTHERS)
    assert "sync --yes --scheduled" in written.removeprefix(OTHERS)
    assert admin["PERSONIO_CLIENT_SECRET"] not in written

    sure(terminal, "g")
    terminal.until("✓ It ran")
    assert len(sandbox.scim.accounts) == 27
    terminal.until("Last daily run:")
    sandbox.personio.credential = ("other", "credential")
    sure(terminal, "g")
    terminal.until("It ran, and failed")
    terminal.until("The last run failed")

    sure(terminal, "u")
    terminal.until("✓ Removed.")
    terminal.until("Nothing runs by itself yet.")
    terminal.send("q")
    assert terminal.end() == 0
    assert cron.out("crontab", "-l") == OTHERS
    assert not list((tmp_path / "home").rglob("*.env"))
    assert not (tmp_path / "home" / "schedules").exists()


def test_systemd_timer_installed_run_and_removed_with_keys(systemd, admin, sandbox, tmp_path):  # noqa: F811
    before = systemd.out("find", "/etc/systemd/system")
    terminal = daily(systemd, admin)
    terminal.until("Secrets from encrypted systemd credentials")
    terminal.send("\t\x05,20:30\r")  # adds another time at the end
    terminal.until("20:30 CE")
    terminal.send("\x1b")
    terminal.until("i Install")
    terminal.send("i")
    terminal.until("✓ Installed.")
    terminal.until("Every day at 06:30, 20:30 (Europe/Amsterdam) with systemd")
    timer = systemd.out("systemctl", "cat", "alleo-onboard-*.timer")
    assert timer.count("OnCalendar=") == 2
    assert systemd.run("systemctl", "is-active", "alleo-onboard-*.timer").returncode == 0
    sure(terminal, "g")
    terminal.until("✓ It ran")
    assert len(sandbox.scim.accounts) == 27
    sure(terminal, "u")
    terminal.until("✓ Removed.")
    terminal.send("q")
    assert terminal.end() == 0
    assert systemd.out("find", "/etc/systemd/system") == before
    assert "alleo-onboard" not in systemd.out("systemctl", "list-units", "--all", "--no-pager")
    assert not list((tmp_path / "home").rglob("*.cred"))
    assert not Path(tmp_path / "home" / "schedules").exists()
