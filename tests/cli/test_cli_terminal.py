"""The whole wizard in a real terminal, started with the README's command; the terminal is restored."""

from __future__ import annotations

import signal
import sys

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from terminal import Terminal
from thorough import some

DEMO = [sys.executable, "-m", "alleo_onboard", "demo"]


def test_a_demo_that_is_told_to_go_gives_the_terminal_back():
    terminal = Terminal(DEMO, {})
    terminal.until("Validate")
    terminal.child.kill(signal.SIGTERM)
    assert terminal.end() == 130
    assert b"\x1b[?1049l" in terminal.raw


@pytest.mark.parametrize("answer", some([b"no\r", b"y\r", b"\xff\xfe\r", b"\x04"], 2))
def test_a_question_on_a_terminal_is_answered_with_a_whole_yes_or_it_is_no(play, cli, answer):
    sandbox = play()
    terminal = Terminal([sys.executable, "-m", "alleo_onboard", "sync"], cli.env, 100, 30)
    terminal.until("Go ahead? Type yes:")
    terminal.send(answer)
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


def test_nothing_typed_for_the_secret_is_a_wrong_call(play, cli):
    play()
    del cli.env["PERSONIO_CLIENT_SECRET"]
    terminal = Terminal([sys.executable, "-m", "alleo_onboard", "check"], cli.env, 100, 40)
    terminal.until("Personio client secret (not shown):")
    terminal.send("\x04")
    terminal.until("nothing can be read from Personio")
    assert terminal.end() == 2


def test_bytes_of_another_encoding_are_no_credential(play, cli):
    play()
    del cli.env["PERSONIO_CLIENT_SECRET"]
    terminal = Terminal([sys.executable, "-m", "alleo_onboard", "check"], cli.env, 100, 40)
    terminal.until("Personio client secret (not shown):")
    terminal.send(b"\xff\xfe\r")
    terminal.until("no text in the encoding of this terminal")
    assert terminal.end() == 2


@pytest.mark.parametrize(("columns", "more"), [(30, ()), (160, ("--plain",))])
def test_a_narrow_terminal_and_a_plain_one_get_lines_with_labels(play, cli, columns, more):
    play(people=6)
    for name in ("COLUMNS", "LINES"):
        cli.env.pop(name, None)
    terminal = Terminal([sys.executable, "-m", "alleo_onboard", "check", *more], cli.env, columns, 60)
    terminal.until("Ready to sync.")
    assert terminal.end() == 0
    assert "Attribute:E-mail;Neededfor:signingin;Readable:yes" in "".join(terminal.text.split())


def test_the_bar_makes_way_for_the_question(play, cli):
    play()
    terminal = Terminal([sys.executable, "-m", "alleo_onboard", "sync"], cli.env, 100, 30)
    terminal.until("Go ahead? Type yes:")
    terminal.send("yes")
    terminal.until("Type yes: yes")
    assert "Reading accounts" not in terminal.text
    terminal.send("\r")
    terminal.until("27 accounts created")
    assert terminal.end() == 0


def test_whoever_does_not_wait_for_the_requests_under_way_is_told_what_happens_to_them(play, cli):
    sandbox = play()
    sandbox.scim.latency = 0.5
    terminal = Terminal([sys.executable, "-m", "alleo_onboard", "sync", "--yes"], cli.env, 120, 30)
    while not sandbox.scim.counts["POST"]:
        terminal.read()
    terminal.send("\x03")
    terminal.until("Stopping: finishing the requests under way")
    terminal.send("\x03")
    terminal.until("The next run finds out which were done, and does the rest.")
    assert terminal.end() == 130
    sandbox.scim.latency = 0.0
    assert cli("sync", "--resume", "--yes").code == 0
    assert len({a["externalId"] for a in sandbox.scim.accounts}) == len(sandbox.scim.accounts) == 27
