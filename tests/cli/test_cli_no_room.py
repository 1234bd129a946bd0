"""A home on a full disk, simulated by a limit on the size of files."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from itertools import product

import pytest
from thorough import some

if sys.platform == "win32":
    pytest.skip("limits of a process are POSIX", allow_module_level=True)

PEOPLE = 27


def limited(cli, blocks: int, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs a command that can make no file larger than `blocks` blocks of 512 bytes."""
    line = f'ulimit -f {blocks}; exec "$0" -m alleo_onboard "$@"'
    done = subprocess.run(
        ["/bin/sh", "-c", line, sys.executable, *words],
        env={**cli.env, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    assert "unexpected" not in done.stderr
    return done


@pytest.mark.parametrize(("synced", "blocks"), some([*product((False, True), (0, 8, 64, 128, 256))], 2))
def test_without_room_a_run_ends_with_a_sentence_and_the_next_one_makes_it_good(cli, play, blocks, synced):
    sandbox = play()
    if synced:
        assert cli("sync", "--yes").code == 0
        for account in sandbox.scim.accounts:
            number = int(account["externalId"])
            sandbox.personio.edit(number, last_name="Changed" * 9)
    done = limited(cli, blocks, "sync", "--yes", "--json")
    assert done.returncode in (0, 2)
    assert "damaged" not in done.stderr
    assert "rollback" not in done.stderr
    assert done.returncode == 0 or "cannot be" in done.stderr
    again = cli("sync", "--yes", "--json")
    assert again.code == 0
    assert cli("runs", "verify").code == 0
    assert len({a["externalId"] for a in sandbox.scim.accounts}) == len(sandbox.scim.accounts) == PEOPLE
    assert cli("sync", "--yes", "--json").json["applied"] == {}


def test_a_lock_that_cannot_be_signed_is_held_all_the_same(cli, play):
    """Only the holder's name is missing. The ledger can be read here, because another process has it open."""
    play()
    assert cli("sync", "--yes").code == 0
    with contextlib.closing(sqlite3.connect(cli.home / "ledgers" / "default.sqlite")) as reader:
        reader.execute("SELECT count(*) FROM runs").fetchone()
        done = limited(cli, 0, "sync", "--yes")
        assert done.returncode == 2
        assert "The ledger" in done.stderr
    assert cli("sync", "--yes").code == 0
