"""`python -m bench`: measures the table "Speed" of the README, as ratios in one run on this machine.

Ratios of two things measured alternately do not depend on the machine. Each figure is the median of several fresh
processes. The package is compiled to bytecode first, as an installer does. Nothing leaves the computer.
"""

from __future__ import annotations

import compileall
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import alleo_onboard
from bench.paper import opened, written
from bench.screens import felt, first_paint

HERE = Path(__file__).parent
COMMAND = str(Path(sys.executable).parent / "alleo-onboard")
ROUNDS = 7
QUICK_ROUNDS = 21  # for measurements under a second, which other processes disturb more


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `hold` is the limit, `good` whether it is met."""

    what: str
    measured: str
    hold: str
    good: bool


def ratio(what: str, ours: float, theirs: float, at_most: float | None = None, at_least: float | None = None) -> Row:
    """Returns the row for `ours / theirs`, both in seconds."""
    found = ours / theirs
    good = (at_most is None or found <= at_most) and (at_least is None or found >= at_least)
    hold = f"at most {at_most}x" if at_most is not None else f"at least {at_least}x"
    return Row(what, f"{found:.2f}x", hold, good)


def in_turn(*works: Callable[[], float], rounds: int = ROUNDS) -> list[float]:
    """Returns the median of each, measured alternately so that a drift affects all. The first round is a warm-up."""
    turns = [[work() for work in works] for _ in range(rounds + 1)][1:]
    return [statistics.median(column) for column in zip(*turns, strict=True)]


def process(*words: str, env: dict[str, str] | None = None) -> Callable[[], float]:
    """Returns a function that runs a command and returns its seconds."""

    def run() -> float:
        began = time.perf_counter()
        subprocess.run(
            words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=env, check=False
        )
        return time.perf_counter() - began

    return run


@contextmanager
def server(people: int, latency_ms: float) -> Iterator[int]:
    """Starts the benchmark server and yields its port."""
    words = [sys.executable, str(HERE / "server.py"), str(people), str(latency_ms)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        try:
            yield int(running.stdout.readline())
        finally:
            running.terminate()


def probe(name: str, port: int, key: str = "seconds") -> Callable[[], float]:
    """Returns a function that runs a probe in its own process and returns one of its results."""

    def run() -> float:
        words = [sys.executable, str(HERE / "probes.py"), name, str(port)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        return float(json.loads(done.stdout.splitlines()[-1])[key])

    return run


def bare(home: str) -> dict[str, str]:
    """Returns an environment without any set-up, so that a check ends before it uses the network."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PERSONIO_", "ALLEO_"))}
    return {**kept, "ALLEO_ONBOARD_HOME": home}


def starting(home: str) -> Iterator[Row]:
    """Start-up of the command line."""
    env = bare(home)
    calls = (("--version",), ("--help",), ("check", "--json"))
    floor, *ours = in_turn(
        process(sys.executable, "-c", "pass"),
        *(process(COMMAND, *words, env=env) for words in calls),
        rounds=QUICK_ROUNDS,
    )
    for words, took, limit in zip(calls, ours, (2, 3, 6), strict=True):
        yield ratio(f"`{' '.join(words)}` against `python -c pass`", took, floor, at_most=limit)


def painting(home: str) -> Iterator[Row]:
    """First paint of the wizard."""
    env = bare(home)
    one = [sys.executable, str(HERE / "apps.py"), "static"]
    static, wizard = in_turn(
        lambda: first_paint(one, env, b"one static"),
        lambda: first_paint([COMMAND], env, b"New set-up"),
        rounds=QUICK_ROUNDS,
    )
    yield ratio("first paint of the wizard against a Textual app with one Static", wizard, static, at_most=2)


def reading() -> Iterator[Row]:
    """Reading employees from Personio."""
    with server(10_000, 0) as port:
        names = ("floor", "floor_people", "read", "personio_py")
        floor, people, ours, theirs = in_turn(*(probe(name, port) for name in names))
        yield ratio("reading 10,000 people against a raw socket with a typed parse", ours, floor, at_most=2.5)
        yield ratio("the same, where the raw socket's pages become the same people", ours, people, at_most=2.5)
        yield ratio("the same, how much faster than personio-py", theirs, ours, at_least=5)
        mib = probe("read", port, "mib")()
        yield Row("the same, peak memory of the process", f"{mib:.0f} MiB", "at most 60 MiB", mib <= 60)
    with server(10_000, 100) as port:
        sequential, ours = probe("read_sequential", port)(), probe("read", port)()
        yield ratio("the same at 100 ms latency, faster than one page after the other", sequential, ours, at_least=4)


def whole_run(port: int, people: int, home: str, *more: str) -> dict[str, float]:
    """Returns what one whole run cost; see bench/whole.py."""
    words = [sys.executable, str(HERE / "whole.py"), str(port), home, str(people), *more]
    found: dict[str, float] = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    return found


def pacing(home: str) -> Iterator[Row]:
    """Yields the row about Personio's request limits."""
    with server(10_000, 0) as port:
        turns = [whole_run(port, 10_000, home, "paced") for _turn in range(2)]
        found = min(turns, key=lambda one: one["seconds"])
        what = "reading 10,000 people and planning within 15 requests a second, against that pace alone"
        yield ratio(what, found["seconds"], found["pace"], at_most=1.1)


def running(home: str) -> Iterator[Row]:
    """Yields the rows about a whole run of every day, with nothing to change."""
    sizes = (3_000, 30_000)
    with server(sizes[0], 0) as few, server(sizes[1], 0) as many:
        ports = (few, many)
        turns = [
            [whole_run(port, people, f"{home}/{people}") for port, people in zip(ports, sizes, strict=True)]
            for _turn in range(4)
        ][1:]  # the first is another: it stores the links
    mib = max(large["mib"] for _small, large in turns)
    yield Row(
        "a whole run of 30,000 people, nothing to change: peak memory", f"{mib:.0f} MiB", "at most 300 MiB", mib <= 300
    )
    small, large = (statistics.median(one["cpu"] for one in column) for column in zip(*turns, strict=True))
    what = "the same: CPU time of the process per person, against a run of 3,000"
    yield ratio(what, large / sizes[1], small / sizes[0], at_most=1)


def writing() -> Iterator[Row]:
    """Writing accounts over SCIM."""
    with server(0, 0) as port:
        raw, ours = in_turn(probe("httpx_write", port), probe("write", port))
        yield ratio("writing 1,000 accounts, speed of raw httpx, 4 at a time", raw, ours, at_least=0.8)
    with server(0, 40) as port:
        sequential, ours = probe("write_sequential", port)(), probe("write_8", port)()
        yield ratio("the same at 40 ms latency, 8 at a time, faster than one by one", sequential, ours, at_least=5)


def previewing() -> Iterator[Row]:
    """The preview of 100,000 people."""
    found = felt(100_000, dict(os.environ))
    yield Row("100,000 people in the preview: ready", f"{found.ready * 1000:.0f} ms", "under 500 ms", found.ready < 0.5)
    yield Row("the same: key to screen", f"{found.key * 1000:.1f} ms", "under 15 ms", found.key < 0.015)
    yield Row("the same: filter", f"{found.filter * 1000:.0f} ms", "under 100 ms", found.filter < 0.1)
    yield Row(
        "the same: longest stall of the screen", f"{found.stall * 1000:.0f} ms", "under 100 ms", found.stall < 0.1
    )


def reporting() -> Iterator[Row]:
    """The HTML report of 10,000 people."""
    took, page = min((written(10_000) for _turn in range(3)), key=lambda one: one[0])
    yield Row("HTML report of 10,000 people: written in", f"{took:.2f} s", "under 2 s", took < 2)
    seen, nothing = opened(page), opened(b"<!DOCTYPE html><title>empty</title>")
    if seen is not None and nothing is not None:
        more = seen - nothing
        yield Row("the same: shown by Chromium, later than an empty page", f"{more:.2f} s", "under 2 s", more < 2)


def compiled() -> None:
    """Compiles the package. With PYTHONDONTWRITEBYTECODE set, every start would compile it again."""
    compileall.compile_dir(str(Path(alleo_onboard.__file__).parent), quiet=2)


def main() -> int:
    compiled()
    print("| what | measured | hold | |\n|---|---|---|---|", flush=True)
    good = True
    with tempfile.TemporaryDirectory() as home:
        placed = [partial(part, home) for part in (starting, painting, pacing, running)]
        for part in (*placed, reading, writing, previewing, reporting):
            for row in part():
                good &= row.good
                print(f"| {row.what} | {row.measured} | {row.hold} | {'✓' if row.good else 'missed'} |", flush=True)
    when = datetime.now(UTC).date()
    print(f"\n{when}, Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
