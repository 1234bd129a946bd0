"""The wizard in a real pseudo-terminal: fast input goes to the right field, and signals restore the terminal."""

import os
import signal
import sys

import pytest
from wizard_driver import environment, sandbox

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from terminal import Terminal

CODE = """
import os, sys
from alleo_onboard.tui.environment import scrub
scrub(os.environ)
from alleo_onboard.tui.app import run
from alleo_onboard.usecases.setups.resolve import Setups
setups = Setups(os.environ)
sys.exit(run(setups, setups.find()))
"""


def opened(environ):
    return Terminal([sys.executable, "-c", CODE], environ)


@pytest.fixture
def box():
    with sandbox() as started:
        yield started


def test_id_tab_secret_in_one_burst_lands_right(tmp_path, box):
    terminal = opened(environment(box, tmp_path, bare=True))
    terminal.until("Leave the field")
    terminal.until("This machine has no keyring") if "keyring" not in terminal.text else None
    burst = f"{box.addresses.client_id}\t{box.addresses.client_secret}\r"
    terminal.child.send(burst.encode())
    terminal.until("Signed in to Personio. 34 people visible.")
    assert box.addresses.client_secret.encode() not in terminal.raw
    assert box.addresses.client_secret[:12].encode() not in terminal.raw
    terminal.child.send(b"q")
    assert terminal.end() == 0


def test_a_secret_typed_into_the_wrong_field_is_never_seen(tmp_path, box):
    """As first-time users paste: the secret first, or id, Enter and secret into any field."""
    terminal = opened(environment(box, tmp_path, bare=True))
    terminal.until("Leave the field")
    terminal.child.send(f"{box.addresses.client_secret}\r".encode())
    terminal.until("put in its own field, unseen")
    terminal.until(f"91 long, …{box.addresses.client_secret[-4:]}")
    terminal.child.send(f"{box.addresses.client_id}\r\r".encode())
    terminal.until("Signed in to Personio. 34 people visible.")
    assert box.addresses.client_secret.encode() not in terminal.raw
    assert box.addresses.client_secret[:14].encode() not in terminal.raw
    terminal.child.send(b"\x11")
    assert terminal.end() == 0


def test_id_and_secret_pasted_together_find_their_fields(tmp_path, box):
    terminal = opened(environment(box, tmp_path, bare=True))
    terminal.until("Leave the field")
    both = f"Client ID: {box.addresses.client_id}\nClient Secret: {box.addresses.client_secret}\n"
    terminal.child.send(b"\x1b[200~" + both.encode() + b"\x1b[201~")
    terminal.until("were put in their fields")
    terminal.child.send(b"\r")
    terminal.until("Signed in to Personio. 34 people visible.")
    assert box.addresses.client_secret[:14].encode() not in terminal.raw
    terminal.child.send(b"q")
    assert terminal.end() == 0


def test_a_bracketed_paste_with_line_ends_lands_right(tmp_path, box):
    terminal = opened(environment(box, tmp_path, bare=True))
    terminal.until("Leave the field")

    def paste(text):
        return b"\x1b[200~" + text.encode() + b"\x1b[201~"

    terminal.child.send(
        paste(f"\n{box.addresses.client_id}\n") + b"\t" + paste(f"\n{box.addresses.client_secret}\n") + b"\r"
    )
    terminal.until("Signed in to Personio. 34 people visible.")
    assert box.addresses.client_secret.encode() not in terminal.raw
    terminal.child.send(b"\x11")
    assert terminal.end() == 0


def test_what_is_pasted_beside_the_fields_is_no_key(tmp_path, box):
    """A terminal that does not mark pastes sends their letters as keys."""
    terminal = opened(environment(box, tmp_path))
    terminal.until("Validate")
    terminal.child.send(b"q-token-with-xqhdnb-in-it\r")
    terminal.child.send(b"\x1b[200~another-q-token\x1b[201~")
    terminal.child.send(b"?")
    terminal.until("Close")
    terminal.child.send(b"\x1b")
    terminal.until("Connect 1/5")
    terminal.child.send(b"q")
    assert terminal.end() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_gives_the_terminal_back(tmp_path, box, number):
    terminal = opened(environment(box, tmp_path))
    terminal.until("Validate")
    terminal.child.kill(number)
    assert terminal.end() == 130
    assert b"\x1b[?1049l" in terminal.raw
    assert b"\x1b[?1000l" in terminal.raw


@pytest.mark.parametrize("plain", ["", "--plain"])
def test_a_closed_terminal_ends_the_whole_wizard_also_within_the_demo_that_it_opened(tmp_path, plain):
    """A wizard that opened itself again on a closed terminal read from it without end."""
    environ = {**os.environ, "ALLEO_ONBOARD_HOME": str(tmp_path), "LANGUAGE": "en", "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "alleo_onboard", *filter(None, [plain])]
    terminal = Terminal(command, {name: text for name, text in environ.items() if not name.startswith("PERSONIO_")})
    terminal.until("made-up people")
    if plain:
        terminal.send("3\r")
        terminal.until("Sign in to Personio with the credential at hand")
    else:
        terminal.send("\x1b[B\x1b[B\r")
        terminal.until("Validate")
    terminal.child.kill(signal.SIGHUP)
    assert terminal.end() == 130


def test_a_wizard_that_cannot_end_by_itself_is_ended(tmp_path, box):
    """As one was found an hour after its terminal had been closed, reading from it without end."""
    stuck = CODE.replace(
        "setups = ",
        "from alleo_onboard.tui import app; app.END_WITHIN = 0.5; app.OnboardApp.exit = lambda *_, **__: None\nsetups = ",
        1,
    )
    terminal = Terminal([sys.executable, "-c", stuck], environment(box, tmp_path))
    terminal.until("Validate")
    terminal.child.kill(signal.SIGHUP)
    assert terminal.end() == 130


def test_any_size_back_and_forth_on_every_page(tmp_path, box):
    terminal = opened(environment(box, tmp_path))
    terminal.until("Validate")
    pages = [("t", "34 people"), ("n", "all it needs"), ("n", "people get Alleo"), ("\r", "After →"), ("b", "/ Search")]
    pages += [
        ("n", "How do people"),
        ("n", "change nothing else"),
        ("h", "History"),
        ("\x1b", "change nothing else"),
        ("?", "Close"),
    ]
    for key, seen in pages:
        terminal.send(key)
        for columns, rows in ((60, 20), (40, 12), (120, 40), (60, 18), (20, 5), (80, 24)):
            terminal.resize(columns, rows)
            terminal.read()
        terminal.until(seen)
    terminal.send("\x1b\x11")
    assert terminal.end() == 0
