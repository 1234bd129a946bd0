"""The whole way in a real terminal, started with the README's command, and given back as it was."""

from __future__ import annotations

import signal
import sys

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from terminal import Terminal

DEMO = [sys.executable, "-m", "alleo_onboard", "demo"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_demo_from_the_credential_to_synced_people(size):
    terminal = Terminal(DEMO, {}, *size)
    terminal.until("Validate")
    assert "SANDBOX" in terminal.text
    terminal.send("v")
    terminal.until("34 people visible")
    terminal.send("n")
    terminal.until("27 of 27")
    terminal.send("n")
    terminal.until("27 people get Alleo")
    terminal.send("n")
    terminal.until("lets us in")
    terminal.send("n")
    terminal.until("This will create 27 accounts at Alleo and change nothing else.")
    terminal.send("s")
    terminal.until("27 accounts created")
    terminal.send("q")
    assert terminal.end() == 0
    assert b"\x1b[?1049l" in terminal.raw


def test_a_demo_that_is_told_to_go_gives_the_terminal_back():
    terminal = Terminal(DEMO, {})
    terminal.until("Validate")
    terminal.child.kill(signal.SIGTERM)
    assert terminal.end() == 130
    assert b"\x1b[?1049l" in terminal.raw


def test_a_question_on_a_terminal_can_be_answered_with_no(tmp_path, play, cli):
    sandbox = play()
    terminal = Terminal([sys.executable, "-m", "alleo_onboard", "sync"], cli.env, 100, 30)
    terminal.until("Go ahead? Type yes:")
    terminal.send("no\r")
    terminal.until("Nothing was written.")
    assert terminal.end() == 0
    assert sandbox.scim.accounts == []


def test_a_missing_secret_is_asked_for_and_never_shown(play, cli):
    sandbox = play()
    secret = cli.env.pop("PERSONIO_CLIENT_SECRET")
    terminal = Terminal([sys.executable, "-m", "alleo_onboard", "check"], cli.env, 100, 40)
    terminal.until("Personio client secret (not shown):")
    terminal.send(secret + "\r")
    terminal.until("Ready to sync.")
    assert terminal.end() == 0
    assert secret.encode() not in terminal.raw
    assert sandbox.addresses.client_secret == secret
