"""Measures first paint and keys on a real pseudo-terminal, from the key to the first bytes of the answer."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path


class Terminal:
    """A child process on a pseudo-terminal of 120 columns and 40 lines."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, {**env, "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"})
        ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def until(self, mark: bytes, seconds: float = 30) -> float:
        """Returns the seconds from the start until `mark` was written."""
        seen, end = b"", time.perf_counter() + seconds
        while time.perf_counter() < end:
            if select.select([self.fd], [], [], 0.05)[0]:
                try:
                    seen += os.read(self.fd, 1 << 16)
                except OSError:
                    break
                if mark in seen:
                    return time.perf_counter() - self.began
        raise SystemExit(f"{mark!r} was not drawn")

    def quiet(self, seconds: float = 0.3) -> None:
        """Reads until nothing comes for `seconds`."""
        while select.select([self.fd], [], [], seconds)[0]:
            os.read(self.fd, 1 << 16)

    def key(self, key: bytes) -> float:
        """Returns the seconds from a key to the first bytes drawn for it."""
        began = time.perf_counter()
        os.write(self.fd, key)
        select.select([self.fd], [], [], 5)
        took = time.perf_counter() - began
        self.quiet(0.05)
        return took

    def end(self) -> None:
        """Kills the process."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def first_paint(command: list[str], env: dict[str, str], mark: bytes) -> float:
    """Returns the seconds until a command has drawn `mark`."""
    terminal = Terminal(command, env)
    try:
        return terminal.until(mark)
    finally:
        terminal.end()


@dataclass(frozen=True, slots=True)
class Felt:
    """Seconds until people are shown, from a key to the screen, for a filter, and of the longest blocked event loop."""

    ready: float
    key: float
    filter: float
    stall: float


def felt(people: int, env: dict[str, str]) -> Felt:
    """Measures a table of this many people: 40 steps down, 20 pages down, a filter set and cleared three times."""
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes.json"
        apps = str(Path(__file__).parent / "apps.py")
        terminal = Terminal([sys.executable, apps, "people", str(people), str(notes)], env)
        terminal.until(b"Firstname", 60)
        terminal.quiet(1)
        keys = [terminal.key(b"\x1b[B") for _ in range(40)] + [terminal.key(b"\x1b[6~") for _ in range(20)]
        for key in b"fcfcfc":
            terminal.key(bytes([key]))
        os.write(terminal.fd, b"e")
        while not notes.exists() or not notes.read_text():
            terminal.quiet(0.05)
        told = json.loads(notes.read_text())
        terminal.end()
    return Felt(told["ready"], statistics.median(keys), told["filter"], told["stall"])
