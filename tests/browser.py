"""A real browser for tests of the report: headless Chromium with its own profile."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions", "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
OWN = re.compile(r"https?://[\w.-]*google(apis)?\.com[/:]")  # requests of the browser itself, which never arrive


@dataclass
class Seen:
    """The page after its scripts ran, and what the console printed."""

    dom: str
    console: list[str]
    asked: list[str]  # addresses that were requested, except files


class Browser:
    """Runs Chromium."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program, self._folder = program, folder

    @classmethod
    def found(cls, folder: Path) -> Browser:
        """Returns the browser. Skips the test when there is no Chromium."""
        names = ("chromium", "chromium-browser", "google-chrome")
        program = next(filter(None, map(shutil.which, names)), None)
        if program is None:
            pytest.skip("there is no Chromium")
        return cls(program, folder)

    def open(self, page: Path, *, dark: bool = False) -> Seen:
        """Loads `page` from disk."""
        scheme = ["--blink-settings=preferredColorScheme=0"] if dark else []
        log = self._folder.with_suffix(".json")
        words = ("--virtual-time-budget=5000", "--enable-logging=stderr", f"--log-net-log={log}", "--dump-dom")
        done = self._run(*scheme, *words, page.as_uri())
        console = re.findall(r'CONSOLE[^\]]*\] (".*)', done.stderr)
        asked = set(re.findall(r'"url":"(\w+:[^"]*)"', log.read_text(encoding="utf-8", errors="replace")))
        return Seen(done.stdout, console, sorted(url for url in asked if not OWN.match(url) and url[:5] != "file:"))

    def printed(self, page: Path, pdf: Path) -> bytes:
        """Prints `page` to a PDF and returns it."""
        self._run("--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri())
        return pdf.read_bytes()

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self._program, *QUIET, f"--user-data-dir={self._folder}", *words],
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            env={k: v for k, v in os.environ.items() if not k.startswith(("DBUS_", "DISPLAY"))},
        )
