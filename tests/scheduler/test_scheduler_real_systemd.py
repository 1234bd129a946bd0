"""A real systemd as process 1 of its own namespaces: it runs what was installed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cell import CLI, until
from test_scheduler_real_cron import CRONTAB_OF_ITS_OWN, saved_with_commands

# Only our units and empty targets exist, so nothing of this machine is started. systemd's own state is in a test
# folder.
PREPARE = """
mount --make-rshared /
mount -t tmpfs tmpfs /run
mount --bind {kept} /var/lib/systemd
mount -t tmpfs tmpfs /etc/systemd/system
mount -t cgroup2 cgroup2 /sys/fs/cgroup
cd /etc/systemd/system
for name in quiet sysinit basic timers shutdown network-online time-sync time-set umount; do
    printf '[Unit]\\nDefaultDependencies=no\\n' > $name.target
done
"""
INIT = (
    "env container=test SYSTEMD_UNIT_PATH=/etc/systemd/system "
    "/lib/systemd/systemd --system --unit=quiet.target --log-target=null --show-status=no"
)


@pytest.fixture
def machine(cells, tmp_path):
    if not Path("/lib/systemd/systemd").exists() or not shutil.which("systemctl"):
        pytest.skip("needs systemd")
    kept = tmp_path / "systemd"
    kept.mkdir()
    cell = cells(PREPARE.replace("{kept}", str(kept)), INIT, own_processes=True)
    for _attempt in range(100):
        if cell.run("systemctl", "is-system-running", "--wait").stdout.strip() in ("running", "degraded"):
            return cell
        if not cell.alive():
            break
    pytest.skip("systemd does not start in namespaces on this machine")


def test_installed_run_fired_shown_and_removed(machine, admin, stranger, sandbox, tmp_path):
    before = machine.out("find", "/etc/systemd/system")
    done = machine.run(*CLI, "schedule", "install", "--at", "06:30,20:30", env=admin)
    assert done.returncode == 0, done.stderr
    assert "encrypted systemd credentials" in done.stderr
    assert "systemd knows time zones" in done.stderr
    units = machine.out("systemctl", "list-timers", "--all", "--no-pager")
    assert "alleo-onboard-default-" in units
    home = tmp_path / "home"
    secret = admin["PERSONIO_CLIENT_SECRET"]
    everything = b"".join(p.read_bytes() for p in home.rglob("*") if p.is_file())
    assert secret.encode() not in everything
    assert secret not in machine.out("systemctl", "cat", "alleo-onboard-*")

    again = machine.run(*CLI, "schedule", "install", "--at", "06:30,20:30", env=admin)
    assert again.returncode == 0
    assert "Already installed exactly so." in again.stderr

    ids = {name: admin[name] for name in ("PERSONIO_CLIENT_ID", "PERSONIO_BASE_URL", "ALLEO_SCIM_URL")}
    later = machine.run(*CLI, "schedule", "install", "--at", "07:30", env={**stranger, **ids})
    assert later.returncode == 0, later.stderr
    assert "07:30:00 Europe/Amsterdam" in machine.out("systemctl", "cat", "alleo-onboard-*.timer")

    # The real systemd service, with all its hardening and without the admin's environment.
    ran = machine.run(*CLI, "schedule", "run-now", env=stranger)
    assert ran.returncode == 0, (ran.stderr, machine.run("systemctl", "status", "alleo-onboard-*.service").stdout)
    assert len(sandbox.scim.accounts) == 27

    # The same timer, changed to fire every second: it starts the service.
    timer = machine.out("sh", "-c", "basename /etc/systemd/system/alleo-onboard-*.timer").strip()
    faster = "[Timer]\nOnCalendar=\nOnCalendar=*:*:*\nRandomizedDelaySec=0\nAccuracySec=1us\n"
    folder = f"/etc/systemd/system/{timer}.d"
    machine.out("sh", "-c", f"mkdir {folder} && printf '{faster}' > {folder}/faster.conf")
    first = json.loads(next(home.rglob("last.json")).read_text())["started"]
    machine.out("systemctl", "daemon-reload")
    machine.out("systemctl", "restart", timer)
    until(lambda: json.loads(next(home.rglob("last.json")).read_text())["started"] != first)
    machine.out("sh", "-c", f"rm -r {folder}")

    shown = json.loads(machine.out(*CLI, "schedule", "show", "--json", env=stranger))
    assert shown["using"] == "systemd"
    assert shown["secrets"] == "systemd-creds"
    assert shown["last"]["exit"] in (0, None)
    assert shown["symptoms"] == []
    assert machine.run(*CLI, "schedule", "remove", env=stranger).returncode == 0
    assert machine.out("find", "/etc/systemd/system") == before
    assert "alleo-onboard" not in machine.out("systemctl", "list-units", "--all", "--no-pager")
    assert sorted(p.name for p in home.iterdir()) == ["ledgers", "locks", "profiles"]


def test_a_failing_run_is_a_failed_unit_and_a_symptom(machine, admin, stranger, sandbox):
    assert machine.run(*CLI, "schedule", "install", env=admin).returncode == 0
    sandbox.personio.credential = ("other", "credential")
    for _run in range(2):
        assert machine.run(*CLI, "schedule", "run-now", env=stranger).returncode == 3
    unit = machine.out("systemctl", "show", "--property=Result,ExecMainStatus", "alleo-onboard-*.service")
    assert "Result=exit-code" in unit
    assert "ExecMainStatus=3" in unit
    shown = json.loads(machine.out(*CLI, "schedule", "show", "--json", env=stranger))
    assert [s["code"] for s in shown["symptoms"]] == ["last_run_failed", "credential_failing"]
    assert sandbox.scim.accounts == []


def test_without_secrets_nothing_is_installed(machine, stranger, admin, tmp_path):
    unsaid = {**admin, "PERSONIO_CLIENT_SECRET": "", "ALLEO_SCIM_TOKEN": ""}
    done = machine.run(*CLI, "schedule", "install", "--secrets", "keyring", env=unsaid)
    assert done.returncode == 4
    assert "--secrets systemd-creds" in done.stderr
    assert "alleo-onboard" not in machine.out("find", "/etc/systemd/system")
    assert not list((tmp_path / "home").rglob("*.*"))


def test_a_password_command_finds_the_home_that_the_trial_gave_it(machine, admin, stranger, sandbox, tmp_path):
    """A service of the system manager gets no HOME."""
    commands = saved_with_commands(machine, admin, tmp_path)
    unsaid = {**admin, "PERSONIO_CLIENT_SECRET": "", "ALLEO_SCIM_TOKEN": ""}
    done = machine.run(*CLI, "schedule", "install", "--secrets", "command", *commands, env=unsaid)
    assert done.returncode == 0, done.stderr
    ran = machine.run(*CLI, "schedule", "run-now", env=stranger)
    assert ran.returncode == 0, ran.stderr
    assert len(sandbox.scim.accounts) == 27


def test_another_mechanism_takes_the_place_of_the_first(machine, admin, stranger):
    """Two schedulers would run the same sync twice a day."""
    if not shutil.which("crontab"):
        pytest.skip("needs cron")
    machine.out("sh", "-ec", CRONTAB_OF_ITS_OWN)
    words = ("schedule", "install", "--secrets", "env-file", "--using")
    for using, line, timer in (("cron", 1, 0), ("systemd", 0, 1), ("cron", 1, 0)):
        done = machine.run(*CLI, *words, using, env=admin)
        assert done.returncode == 0, done.stderr
        assert machine.run("crontab", "-l").stdout.count("alleo_onboard") == line
        assert machine.out("ls", "/etc/systemd/system").count(".timer\n") == timer
        assert json.loads(machine.out(*CLI, "schedule", "show", "--json", env=stranger))["using"] == using
    assert machine.run(*CLI, "schedule", "remove", env=stranger).returncode == 0
    assert machine.run("crontab", "-l").stdout == ""
