"""A real pseudo-terminal with a program in it, and its screen."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping

import pexpect
import pyte


class Terminal:
    """Runs `words` and keeps the screen. `raw` are all bytes written."""

    def __init__(self, words: list[str], environ: Mapping[str, str], columns: int = 80, lines: int = 24) -> None:
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        kept = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        self.child = pexpect.spawn(
            words[0], words[1:], env={**kept, **environ}, dimensions=(lines, columns), timeout=20
        )

    def read(self) -> None:
        """Reads what is there and draws it."""
        try:
            new = self.child.read_nonblocking(65536, timeout=0.05)
        except pexpect.TIMEOUT:
            return
        self.raw += new
        self.stream.feed(new)

    def until(self, text: str, seconds: float = 60) -> None:
        """Reads until `text` is on the screen, even across line ends."""
        deadline = time.monotonic() + seconds
        while text not in " ".join(self.text.split()):
            assert time.monotonic() < deadline, self.text
            self.read()

    def resize(self, columns: int, lines: int) -> None:
        """Changes the size of the terminal."""
        self.child.setwinsize(lines, columns)
        self.screen.resize(lines, columns)

    def send(self, keys: str | bytes) -> None:
        """Types keys."""
        self.child.send(keys)

    def end(self) -> int | None:
        """Reads until the program ends and returns its exit code."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                self.read()
            except pexpect.EOF:
                break
        self.child.close()
        return self.child.exitstatus

    @property
    def text(self) -> str:
        """Returns the text on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)
