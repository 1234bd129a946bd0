"""After a kill at any moment the ledger has every change that was sent."""

import subprocess
import sys
from decimal import Decimal

import pytest

from alleo_onboard.store.ledger import Ledger, RunState, State

PEOPLE = 400
SYNC = """
import sys
from pathlib import Path
from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.delivery import Outcome
from alleo_onboard.store.ledger import Ledger
path, people, hold = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
planned = [
    Change(Kind.ONBOARD, n, None, f"P {n}", (Field("alleo_oneoff_all_budget", None, "50.00"),) if n % 10 == 0 else ())
    for n in range(1, people + 1)
]
with Ledger(path) as ledger:
    run = ledger.begin(digest="d", version="1", host="h", user="u", planned=planned)
    print("begun", run, flush=True)
    for change in planned:
        ledger.sent(run, change)
        print("sent", change.personio_id, flush=True)
        if change.personio_id == hold:
            sys.stdin.read()
        ledger.settled(run, Outcome(change, f"acc-{change.personio_id}", 201))
        print("settled", change.personio_id, flush=True)
"""


def killed(path, *, hold: int = 0, after: int = 0) -> tuple[str, list[int], list[int]]:
    """Runs a sync that stops between sent and settled of person `hold`, or is killed after `after` lines.

    Returns the run's id and the Personio ids reported as sent and as settled.
    """
    command = [sys.executable, "-c", SYNC, str(path), str(PEOPLE), str(hold)]
    lines = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            lines.append(line.split())
            if lines[-1] == ["sent", str(hold)] or len(lines) == after:
                process.kill()
                break
        lines += [line.split() for line in process.stdout if line.endswith("\n")]
    assert process.returncode != 0
    numbers = {word: [int(n) for found, n in lines[1:] if found == word] for word in ("sent", "settled")}
    return lines[0][1], numbers["sent"], numbers["settled"]


def test_killed_between_sent_and_settled(tmp_path):
    path = tmp_path / "acme.sqlite"
    run, sent, settled = killed(path, hold=20)
    assert (sent[-1], settled[-1]) == (20, 19)
    with Ledger(path) as ledger:
        (row,) = ledger.unsettled()
        assert (row.run, row.change.personio_id, row.state) == (run, 20, State.SENT)
        assert sorted(ledger.links()) == settled
        assert ledger.oneoffs() == {(n, "alleo_oneoff_all_budget"): Decimal("50.00") for n in (10, 20)}
        assert ledger.run(run).state is RunState.RUNNING
        assert ledger.run(run).counts[State.INTENT] == PEOPLE - 20
        ledger.begin(digest="d", version="1", host="h", user="u", planned=[])
        assert ledger.run(run).state is RunState.INTERRUPTED


@pytest.mark.parametrize("after", [1, 2, 3, 50, 151, 400])
def test_killed_anywhere(tmp_path, after):
    path = tmp_path / "acme.sqlite"
    run, sent, settled = killed(path, after=after)
    with Ledger(path) as ledger:
        states = {row.change.personio_id: row.state for row in ledger.changes(run)}
        assert len(states) == PEOPLE
        assert all(states[number] is State.CONFIRMED for number in settled)
        assert all(states[number] in (State.SENT, State.CONFIRMED) for number in sent)
        confirmed = {number for number, state in states.items() if state is State.CONFIRMED}
        assert ledger.links() == {number: f"acc-{number}" for number in confirmed}
        assert len(ledger.unsettled()) <= 1
