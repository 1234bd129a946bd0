"""`python -m bench.faults`: how many faults at Alleo were tried on runs, and how many were survived.

A mixed run (starter, leaver, re-hire, account to link, change, exchange of two addresses) gets each fault at each of
its requests to Alleo, reads included. It is survived when the next run needs no help, and Alleo and the ledger are then
as after a run without faults: no account twice, no one-off budget paid twice or never, nobody else changed. Exits with
1 if any was not survived. Nothing leaves the computer. The tests use the same code (tests/usecases).
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "usecases"))
for _name in [name for name in os.environ if name.startswith(("PERSONIO_", "ALLEO_"))]:
    del os.environ[_name]

from boundary import KILLS, Mishap, Truth, World, mixed, recover, suffer  # noqa: E402
from company import Office  # noqa: E402

from alleo_onboard.sandbox.server import Sandbox  # noqa: E402

PEOPLE = 14
MOST = 200  # far more requests than such a run makes, even with all retries


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    tried: int
    survived: int


async def rounds(world: World, truth: Truth, kind: Mishap, *, lasting: bool) -> Row:
    """Tries one fault at the first request, at the second, and so on to the last.

    With `lasting` the fault stays until the end of the run.
    """
    tried = survived = 0
    for at in range(1, MOST):
        world.restore()
        if not await suffer(world.place, world.alleo, kind, at, lasting=lasting):
            break
        tried += 1
        try:
            wrong = await recover(world, truth)
        except Exception as error:
            wrong = [f"the next run did not end: {error!r}"]
        survived += not wrong
        for one in wrong:
            print(f"{kind} at request {at}: {one}", file=sys.stderr)
    return Row(f"{kind}{', and so on to the end' if lasting else ''}", tried, survived)


async def measured(home: Path) -> bool:
    """Tries all faults and prints the table. Returns whether all were survived."""
    with Sandbox("selective", PEOPLE, limits=False) as sandbox:
        world = await mixed(Office(sandbox, home), home)
        wrong = await recover(world)
        if wrong:
            print("without any fault:", *wrong, sep="\n", file=sys.stderr)
            return False
        truth = Truth.of(world.place)
        print("| at every request of a run | tried | survived |\n|---|---:|---:|", flush=True)
        rows: list[Row] = []
        for kind, lasting in [(kind, lasting) for lasting in (False, True) for kind in Mishap]:
            if lasting and kind in KILLS:
                continue
            rows.append(row := await rounds(world, truth, kind, lasting=lasting))
            print(f"| {row.what} | {row.tried} | {row.survived} |", flush=True)
    tried, survived = sum(r.tried for r in rows), sum(r.survived for r in rows)
    print(f"| **together** | **{tried}** | **{survived}** |")
    return all(row.tried for row in rows) and tried == survived


def main() -> int:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        good = asyncio.run(measured(Path(folder) / "home"))
    print(f"\n{time.monotonic() - began:.0f} s")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
