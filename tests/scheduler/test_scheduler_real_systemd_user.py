"""A real user manager of an unprivileged user: timers of its own, with the hardening that it can apply."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from cell import CLI, until
from test_scheduler_real_systemd import INIT, PREPARE

WORKER = "65534"
HOME = "/home/worker"
RUNTIME = "/run/worker"
MORE = f"""
mount -t tmpfs tmpfs /home
mkdir -p {HOME} {RUNTIME}
chown {WORKER} {HOME} {RUNTIME}
chmod 700 {HOME} {RUNTIME}
"""
# Makes Python readable for another user when it is installed in root's home.
OPENED = """
mkdir /run/python
mount --bind {prefix} /run/python
mount -t tmpfs -o mode=755 tmpfs /root
mkdir -p {prefix}
mount --bind /run/python {prefix}
"""
MANAGER = ("systemd-run", "--unit=manager", f"--uid={WORKER}", "-p", "Delegate=yes", "-p", f"Environment=HOME={HOME} XDG_RUNTIME_DIR={RUNTIME}", "/lib/systemd/systemd", "--user", "--log-target=null")  # fmt: skip


@pytest.fixture
def worker(cells, tmp_path, admin):
    if not Path("/lib/systemd/systemd").exists() or not all(map(shutil.which, ("systemd-run", "setpriv"))):
        pytest.skip("needs systemd and setpriv")
    kept = tmp_path / "systemd"
    kept.mkdir()
    opened = (
        OPENED.format(prefix=sys.base_prefix)
        if Path(sys.base_prefix).is_relative_to(Path("~root").expanduser())
        else ""
    )
    cell = cells(PREPARE.replace("{kept}", str(kept)) + MORE + opened, INIT, own_processes=True)
    started = False
    for _attempt in range(100):
        started = started or cell.run(*MANAGER).returncode == 0
        if started and cell.run("test", "-S", f"{RUNTIME}/systemd/private").returncode == 0:
            break
        if not cell.alive():
            pytest.skip("systemd does not start in namespaces on this machine")
    base = {"HOME": HOME, "XDG_RUNTIME_DIR": RUNTIME, "PATH": os.environ["PATH"], "LANGUAGE": "en"}
    given = {name: value for name, value in admin.items() if name.startswith(("PERSONIO_", "ALLEO_SCIM_"))}

    def run(*words, secrets=False):
        rights = ("setpriv", f"--reuid={WORKER}", f"--regid={WORKER}", "--clear-groups", "--bounding-set=-all")
        return cell.run(*rights, "--", *words, env={**base, **(given if secrets else {})})

    return run


def test_a_timer_of_ones_own(worker, sandbox):
    done = worker(*CLI, "schedule", "install", "--secrets", "env-file", secrets=True)
    assert done.returncode == 0, done.stderr
    assert "loginctl enable-linger" in done.stderr
    assert "with systemd" in done.stderr
    timers = worker("systemctl", "--user", "list-timers", "--all", "--no-pager").stdout
    assert "alleo-onboard-default-" in timers
    unit = worker("systemctl", "--user", "cat", "alleo-onboard-*.service").stdout
    assert "ProtectSystem=strict" in unit
    again = worker(*CLI, "schedule", "install", "--secrets", "env-file", secrets=True)
    assert "Already installed exactly so." in again.stderr
    ran = worker(*CLI, "schedule", "run-now")
    assert ran.returncode == 0, ran.stderr
    assert len(sandbox.scim.accounts) == 27
    shown = json.loads(worker(*CLI, "schedule", "show", "--json").stdout)
    assert (shown["using"], shown["secrets"], shown["well"]) == ("systemd", "env-file", True)
    assert worker(*CLI, "schedule", "remove").returncode == 0
    assert worker("find", f"{HOME}/.config/systemd", "-name", "*alleo*").stdout == ""
    assert until(lambda: "alleo" not in worker("systemctl", "--user", "list-timers", "--all").stdout, 10)
