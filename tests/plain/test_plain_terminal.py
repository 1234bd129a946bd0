"""The plain wizard in a real dumb terminal, which is restored afterwards."""

from __future__ import annotations

import re
import signal
import sys

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

import pexpect
from command_line import COMMAND
from talking import environment, sandbox


class Caller:
    """Types an answer at each question. `raw` holds everything that was written."""

    def __init__(self, words, environ, *, ctrl_c=signal.SIG_DFL, columns=200, **more):
        kept = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "LANGUAGE": "en", "TERM": "dumb"}
        env = {**kept, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", **environ, **more}
        self.child = pexpect.spawn(
            words[0],
            words[1:],
            env=env,
            dimensions=(50, columns),
            timeout=30,
            encoding="utf-8",
            preexec_fn=lambda: signal.signal(signal.SIGINT, ctrl_c),
        )
        self.raw = ""

    def until(self, text):
        self.child.expect(re.escape(text) if isinstance(text, str) else text)
        self.raw += self.child.before + self.child.after

    def answer(self, question, text):
        self.until(question)
        self.child.send(text + "\n")

    def end(self):
        self.child.expect(pexpect.EOF)
        self.raw += self.child.before
        self.child.close()
        return self.child.exitstatus


def test_from_set_up_to_the_daily_run_in_a_dumb_terminal(tmp_path):
    with sandbox() as box:
        place = box.addresses.environment()
        caller = Caller([*COMMAND], environment(box, tmp_path, bare=True))
        caller.until("because this terminal says that it is a dumb one (TERM).")
        caller.answer("2. I was sent a link", "1")
        caller.answer("Type 1 to 3", "1")
        caller.until("Client id, or both lines together: ")
        caller.child.send(f"{box.addresses.client_id}\n{box.addresses.client_secret}\n")  # pasted at once
        caller.until("34 people visible")
        caller.answer("Set-up name", "Polderwerk")
        for step in ("Check", "Preview", "Delivery"):
            caller.answer(f"n for {step}", "n")
        caller.answer("Type 1", "1")
        caller.answer("Who should run the daily sync, Alleo or this computer?", "2")
        caller.answer("Did Alleo give you a SCIM address?", "yes")
        caller.answer("SCIM address", place["ALLEO_SCIM_URL"])
        caller.answer("Type 1 to", "1")
        caller.answer("(not shown)", place["ALLEO_SCIM_TOKEN"])
        caller.until("Alleo lets us in at")
        caller.answer("n for Run", "n")
        caller.answer("Start the run.", "1")
        caller.answer("Go ahead? Type yes or no", "yes")
        caller.until("27 accounts created.")
        caller.answer("Type ", "h")
        caller.answer("What happened to one person.", "2")
        caller.answer("A name, an address or a Personio id", "maud")
        caller.until("new account, done (201).")
        caller.answer("What happened to one person.", "1")
        caller.answer("Enter for more, back for the history", "")
        caller.answer("Take this run back.", "u")
        caller.until("Taking this run back would switch 27 accounts off at Alleo.")
        caller.answer("Type 27 to switch them off, or Enter to leave it", "")
        caller.until("Left: nothing has been written.")
        caller.answer("b for the step before", "back")
        caller.answer("b for Delivery", "x")
        caller.until("hidden")
        caller.answer("b for Delivery", "d")
        caller.until("This is the sandbox: nothing is installed.")
        caller.answer("b for the step before", "back")
        caller.answer("q to leave", "q")
        assert caller.end() == 0
        assert 'To go on: alleo-onboard --profile "Polderwerk"' in caller.raw
        assert len(box.scim.accounts) == 27
        assert "\x1b" not in caller.raw
        for secret in (box.addresses.client_secret, place["ALLEO_SCIM_TOKEN"]):
            assert secret not in caller.raw


@pytest.mark.parametrize(("columns", "language"), [(60, "en"), (80, "nl"), (40, "de")])
def test_lines_break_at_words_in_a_narrow_terminal(tmp_path, columns, language):
    words = [*COMMAND, "demo", "--plain", "--people", "12", "--language", language]
    caller = Caller(words, {"ALLEO_ONBOARD_HOME": str(tmp_path)}, columns=columns)
    for answer in ("2", "1", "n", "1", "?", "n", "1", "q"):
        caller.answer(re.compile(r"\sq\s[^:.]*: "), answer)
    caller.end()
    lines = caller.raw.replace("\r", "").splitlines()
    assert len(lines) > 40
    assert [line for line in lines if len(line) >= columns and " " in line.strip()] == []
    told = " ".join(" ".join(lines).split())
    assert "alleo_monthly_all_budget" in told
    assert re.search(r" [a-z.]+@polderwerk\.example[,.] ", told)


@pytest.mark.parametrize(
    ("words", "more", "why", "end"),
    [
        (["demo", "--plain"], {"TERM": "xterm-256color"}, "as questions and lines.", "A demo keeps nothing."),
        (
            [],
            {"TERM": "xterm-256color", "ALLEO_ONBOARD_PLAIN": "1"},
            "because ALLEO_ONBOARD_PLAIN is set.",
            "Nothing was saved.",
        ),
        ([], {"TERM": ""}, "cannot move its cursor.", "Nothing was saved."),
        (
            [],
            {"TERM": "xterm-256color", "PYTHONIOENCODING": "latin-1"},
            "cannot show lines and marks.",
            "Nothing was saved.",
        ),
    ],
)
def test_it_starts_when_asked_for_and_where_nothing_else_works(tmp_path, words, more, why, end):
    """A dumb terminal is what the other tests here have."""
    caller = Caller([*COMMAND, *words], {"ALLEO_ONBOARD_HOME": str(tmp_path)}, **more)
    caller.until(why)
    caller.answer("q to leave: ", "q")
    assert caller.end() == 0
    assert end in caller.raw
    assert "\x1b" not in caller.raw


@pytest.mark.parametrize(
    ("key", "said", "code", "ctrl_c"),
    [
        ("\x04", "nobody to answer any more", 0, signal.SIG_DFL),
        ("\x03", "Interrupted.", 130, signal.SIG_DFL),
        ("\x03", "Interrupted.", 130, signal.SIG_IGN),  # as a script starts what it puts into the background
    ],
)
def test_ctrl_d_ends_it_gently_and_ctrl_c_says_what_was_saved(tmp_path, key, said, code, ctrl_c):
    with sandbox(people=5) as box:
        caller = Caller([*COMMAND, "--profile", "Acme"], environment(box, tmp_path), ctrl_c=ctrl_c)
        caller.answer("q to leave: ", "1")
        caller.until("n for Check, ? for help, q to leave: ")
        caller.child.send(key)
        caller.until(said)
        assert caller.end() == code
        assert "Saved as “Acme”" in caller.raw


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_while_a_secret_is_typed_the_terminal_shows_again_what_is_typed(tmp_path, number):
    with sandbox(people=5) as box:
        caller = Caller([*COMMAND, "--profile", "Acme"], environment(box, tmp_path, bare=True))
        caller.answer("q to leave: ", "1")
        caller.until("Client id, or both lines together: ")
        assert not caller.child.getecho()
        caller.child.kill(number)
        caller.until("Nothing was saved.")
        assert caller.end() == 130


def test_the_demo_without_a_terminal_keeps_telling_check_preview_and_sync():
    import subprocess

    done = subprocess.run(
        [*COMMAND, "demo", "--plain", "--delivery", "scim"], check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0
    for heading in ("1. Check", "2. Preview", "3. Sync"):
        assert heading in done.stdout


def test_ctrl_c_during_a_run_finishes_the_requests_under_way_and_says_what_was_done(tmp_path):
    with sandbox() as box:
        caller = Caller([*COMMAND, "--profile", "Acme"], environment(box, tmp_path))
        caller.answer("q to leave: ", "1")
        for step in ("Check", "Preview", "Delivery"):
            caller.answer(f"n for {step}", "n")
        caller.answer("Test the delivery as it is.", "t")
        caller.answer("n for Run", "n")
        box.scim.latency = 0.3
        caller.answer("Start the run.", "g")
        caller.answer("Go ahead? Type yes or no", "yes")
        caller.until("Writing to Alleo …")
        while not box.scim.counts["POST"]:
            pass
        caller.child.send("\x03")
        caller.until("Stopping: finishing the requests under way …")
        box.scim.latency = 0.0
        caller.until("Stopped as asked.")
        assert caller.end() == 130
        assert "Saved as “Acme”" in caller.raw
        created = re.search(r"(\d+) accounts? created", caller.raw)
        assert int(created.group(1)) == len(box.scim.accounts) < 27
