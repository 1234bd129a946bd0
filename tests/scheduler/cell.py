"""A cell: its own mounts (and processes, if requested), so that real daemons run without affecting this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CLI = (sys.executable, "-m", "alleo_onboard")
PATIENCE = 150.0
_READY = "the cell is ready"


def until(found: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Returns the first true result of `found`. Fails after `seconds`."""
    end = time.monotonic() + seconds
    while not (it := found()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)
    return it


class Cell:
    """Runs `prepare` and then `init` in their own namespaces. Commands can be run beside it."""

    def __init__(self, prepare: str, init: str, *, own_processes: bool = False) -> None:
        """Returns when `prepare` is done: an earlier command would affect this machine. Raises OSError.

        Daemons go by the clock of the machine, not by that of the tests.
        """
        spaces = ["--mount", *(["--pid", "--fork", "--mount-proc", "--cgroup"] if own_processes else [])]
        self._spaces = ["--mount", *(["--pid", "--cgroup"] if own_processes else [])]
        self._outer = subprocess.Popen(
            ["unshare", *spaces, "sh", "-ec", f"{prepare}\necho {_READY}\nexec env -u TZ {init}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert self._outer.stdout is not None
        said = ""
        while not said.endswith(_READY + "\n"):
            if not (line := self._outer.stdout.readline()):
                self._outer.wait()
                raise OSError(said)
            said += line
        self._inner = self._child() if own_processes else self._outer.pid

    def _child(self) -> int:
        path = Path(f"/proc/{self._outer.pid}/task/{self._outer.pid}/children")
        return int(until(lambda: self._outer.poll() is None and path.read_text().split(), 10)[0])

    def inside(self, *words: str) -> list[str]:
        """Returns the command line that runs `words` in the cell."""
        return ["nsenter", "-t", str(self._inner), *self._spaces, "--", *words]

    def run(self, *words: str, env: dict[str, str] | None = None, **more: Any) -> subprocess.CompletedProcess[str]:
        """Runs a command in the cell."""
        command = self.inside(*words)
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False, **more)

    def out(self, *words: str, **more: Any) -> str:
        """Returns the standard output of a command in the cell; fails when the command fails."""
        done = self.run(*words, **more)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    def alive(self) -> bool:
        """Returns whether the cell is running."""
        return self._outer.poll() is None

    def end(self) -> None:
        """Kills all processes of the cell."""
        for pid in {self._inner, self._outer.pid}:
            try:
                os.kill(pid, 9)
            except ProcessLookupError:
                continue
        self._outer.communicate()
