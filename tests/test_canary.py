"""A secret goes through the whole journey, crashes included, and must appear only in the requests that need it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import called
from terminal import Terminal
from waits import waits_at_once

from alleo_onboard.sandbox.server import Sandbox

CRASH = """
import os, sys
from alleo_onboard.cli.main import run
from alleo_onboard.personio.client import PersonioClient

async def boom(self, keys):
    client_secret = os.environ["PERSONIO_CLIENT_SECRET"]
    headers = {"Authorization": "Bearer " + client_secret}
    raise RuntimeError(f"failed with {client_secret} and {headers}")

PersonioClient.employees = boom
sys.exit(run(sys.argv[1:]))
"""


class Journey:
    """Everything that was printed, shown or written."""

    def __init__(self, sandbox: Sandbox, home: Path) -> None:
        self.sandbox, self.home = sandbox, home
        self.heard: list[str] = []
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PERSONIO_", "ALLEO_"))}
        logs = {"TEXTUAL_LOG": str(home / "textual.log"), "TEXTUAL_SCREENSHOT": "1", "PYTHONFAULTHANDLER": "1"}
        self.env = {**kept, **logs, **sandbox.addresses.environment(), "ALLEO_ONBOARD_HOME": str(home)}

    @property
    def canaries(self) -> tuple[str, ...]:
        """Returns the secrets to look for."""
        at = self.sandbox.addresses
        return (at.client_secret, at.scim_token, self.sandbox.personio.token()[0])

    def run(self, *words: str, code: str | None = None, **env: str) -> int:
        """Runs a command in its own process."""
        start = ["-c", code] if code else ["-m", "alleo_onboard"]
        done = subprocess.run(
            [sys.executable, *start, *words],
            env={**self.env, **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        self.heard += [done.stdout, done.stderr]
        return done.returncode

    def call(self, *words: str, **env: str) -> int:
        """Runs a command in this process, where waits between retries can be skipped."""
        with waits_at_once():
            done = called(words, {**self.env, **env})
        self.heard += [done.out, done.err]
        return done.code

    def watch(self, *words: str) -> Terminal:
        return Terminal([sys.executable, "-m", "alleo_onboard", *words], self.env, 120, 40)

    def found(self) -> list[str]:
        """Returns the places in which a secret was found."""
        places = {f"output {n}": text for n, text in enumerate(self.heard)}
        for path in self.home.rglob("*"):
            if path.is_file():
                places[str(path)] = path.read_bytes().decode("utf-8", "replace")
        return [place for place, text in places.items() if any(canary in text for canary in self.canaries)]


@pytest.fixture
def journey(tmp_path: Path) -> Iterator[Journey]:
    with Sandbox("selective", 34, limits=False) as sandbox:
        yield Journey(sandbox, tmp_path)


def test_the_command_line(journey: Journey) -> None:
    plan = str(journey.home / "plan.json")
    assert journey.run("check", "--json") == 0
    assert journey.run("preview", "--out", plan) == 0
    assert journey.run("sync", "--plan", plan, "--yes", "--json") == 0
    for ending in ("html", "xlsx", "csv", "json"):
        assert journey.call("export", "--out", str(journey.home / f"report.{ending}")) == 0
    journey.call("compare", str(journey.home / "report.csv"))
    # a secret pasted into the wrong field
    journey.run("check", PERSONIO_CLIENT_ID=journey.sandbox.addresses.client_secret)
    journey.call("preview", ALLEO_SCIM_URL=journey.sandbox.addresses.scim_url + "/nothing/here")
    journey.call("preview", PERSONIO_BASE_URL="http://127.0.0.1:1")
    for words in (("runs", "list"), ("doctor",), ("profiles", "list"), ("history", "a")):
        journey.call(*words)
    journey.run("doctor", "--json")
    assert journey.run("check", code=CRASH) == 1
    assert "RuntimeError" in journey.heard[-1]
    assert "Traceback" not in journey.heard[-1]
    assert journey.found() == []


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_the_wizard(journey: Journey) -> None:
    terminal = journey.watch()
    terminal.until("New set-up")
    terminal.send("\r")
    terminal.until("Validate")
    listed = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")] if Path("/proc/self").exists() else []
    terminal.send("t")
    terminal.until("34 people visible")
    for key, seen in (("n", "27 of 27"), ("n", "27 people get Alleo"), ("n", "lets us in"), ("n", "This will create")):
        terminal.send(key)
        terminal.until(seen)
    terminal.send("g")
    terminal.until("27 accounts created")
    terminal.send("q")
    assert terminal.end() == 0
    journey.heard += [terminal.raw.decode("utf-8", "replace"), *(line.decode("utf-8", "replace") for line in listed)]
    assert journey.found() == []
    assert not (journey.home / "textual.log").exists()


def test_nothing_is_left_in_the_temporary_folder(journey: Journey, tmp_path: Path) -> None:
    own = tmp_path / "tmp"
    own.mkdir()
    assert journey.run("demo", "--plain", TMPDIR=str(own)) == 0
    assert list(own.iterdir()) == []
    assert Path(tempfile.gettempdir()).is_dir()
    assert journey.found() == []
