"""A real cron daemon with its own spool: it runs the job, and other lines stay unchanged."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cell import CLI, until
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jobs import job
from thorough import examples

from alleo_onboard.scheduler.cron import Cron

# The daemon does not see this machine's crontabs. It looks for new lines when the second of the folder's last change
# differs from the one it saw at its start, so the folder gets an old date.
CRONTAB_OF_ITS_OWN = """
mount -t tmpfs tmpfs /var/spool/cron
mkdir /var/spool/cron/crontabs
chgrp crontab /var/spool/cron/crontabs
chmod 1730 /var/spool/cron/crontabs
touch -d '1 hour ago' /var/spool/cron/crontabs
"""
PREPARE = f"""
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /etc/cron.d
mount --bind /dev/null /etc/crontab
{CRONTAB_OF_ITS_OWN}
"""
OTHERS = """# a line of the admin's, with a mark that looks like ours: # alleo-onboard-default
MAILTO=""

*/5 1-3 * * 1,3  echo "50\\% # done"   # nightly
@reboot   /usr/bin/true
#0 4 * * * old # alleo-onboard-default-00000000
0 12\t* * *\techo tab
"""


@pytest.fixture
def machine(cells):
    if not shutil.which("crontab") or not Path("/usr/sbin/cron").exists():
        pytest.skip("needs the cron daemon of Debian at /usr/sbin/cron")
    cell = cells(PREPARE, "/usr/sbin/cron -f")
    until(lambda: cell.run("test", "-s", "/run/crond.pid").returncode == 0)
    return cell


def test_lines_of_others_stay_to_the_byte(machine, admin, stranger, tmp_path):
    machine.out("crontab", "-", input=OTHERS)
    assert machine.run(*CLI, "schedule", "install", "--secrets", "env-file", env=admin).returncode == 0
    once = machine.out("crontab", "-l")
    assert once.startswith(OTHERS)
    assert len(once.splitlines()) == len(OTHERS.splitlines()) + 1
    again = machine.run(*CLI, "schedule", "install", "--secrets", "env-file", env=admin)
    assert "Already installed exactly so." in again.stderr
    assert machine.out("crontab", "-l") == once

    second = machine.run(*CLI, "--profile", "Other & Co", "schedule", "install", "--secrets", "env-file", env=admin)
    assert second.returncode == 2  # an ampersand is not allowed in a name
    second = machine.run(
        *CLI, "--profile", "Other Co", "schedule", "install", "--at", "07:00,19:00", "--secrets", "env-file", env=admin
    )
    assert second.returncode == 0, second.stderr
    assert len(machine.out("crontab", "-l").splitlines()) == len(OTHERS.splitlines()) + 3
    assert machine.run(*CLI, "--profile", "Other Co", "schedule", "remove", env=stranger).returncode == 0
    assert machine.out("crontab", "-l") == once

    # Somebody without the secrets may change the times only.
    ids = {name: admin[name] for name in ("PERSONIO_CLIENT_ID", "PERSONIO_BASE_URL", "ALLEO_SCIM_URL")}
    changed = machine.run(*CLI, "schedule", "install", "--at", "08:00", env={**stranger, **ids})
    assert changed.returncode == 0, changed.stderr
    assert machine.out("crontab", "-l") != once
    assert len(machine.out("crontab", "-l").splitlines()) == len(OTHERS.splitlines()) + 1
    assert machine.run(*CLI, "schedule", "remove", env=stranger).returncode == 0
    assert machine.out("crontab", "-l") == OTHERS
    assert not list((tmp_path / "home").rglob("*.*"))


def test_a_line_is_found_again_without_its_record(machine, admin, stranger, tmp_path):
    machine.out("crontab", "-", input=OTHERS)
    assert machine.run(*CLI, "schedule", "install", "--secrets", "env-file", env=admin).returncode == 0
    next((tmp_path / "home").rglob("installed.json")).unlink()
    assert machine.run(*CLI, "schedule", "remove", env=stranger).returncode == 0
    assert machine.out("crontab", "-l") == OTHERS


def test_that_no_daemon_runs_is_told(cells, machine, admin):
    words = (*CLI, "schedule", "install", "--using", "cron", "--secrets", "env-file")
    without = cells(CRONTAB_OF_ITS_OWN, "sleep 600", own_processes=True)
    assert "cron is not running" in without.run(*words, env=admin).stderr
    assert "cron is not running" in without.run(*CLI, "schedule", "show", env=admin).stdout
    assert "cron is not running" not in machine.run(*words, env=admin).stderr


def test_an_empty_crontab_is_gone_again(machine, admin, stranger):
    assert machine.run(*CLI, "schedule", "install", "--secrets", "env-file", env=admin).returncode == 0
    assert machine.run(*CLI, "schedule", "remove", env=stranger).returncode == 0
    assert machine.run("crontab", "-l").stderr.startswith("no crontab")


def test_the_daemon_runs_it_at_its_time(machine, admin, stranger, sandbox, tmp_path):
    zone = "Asia/Tokyo"  # no clock changes, and not the zone of this machine
    # Several minutes, so that one of them is still ahead however long a busy machine takes to install.
    now = datetime.now(ZoneInfo(zone))
    at = ",".join(f"{now + timedelta(minutes=n):%H:%M}" for n in range(1, 6))
    words = ("schedule", "install", "--at", at, "--zone", zone, "--secrets", "env-file")
    done = machine.run(*CLI, *words, env=admin)
    assert done.returncode == 0, done.stderr
    last = tmp_path / "home" / "schedules" / "default" / "last.json"
    found = until(lambda: last.exists() and json.loads(last.read_text())["ended"] and json.loads(last.read_text()))
    assert found["exit"] == 0, found
    assert len(sandbox.scim.accounts) == 27
    shown = json.loads(machine.out(*CLI, "schedule", "show", "--json", env=stranger))
    assert (shown["using"], shown["well"]) == ("cron", True)


PROGRAMS = """
mount -t tmpfs tmpfs /usr/local/sbin
cd /usr/local/sbin
printf '#!/bin/sh\\ncat "$HOME/$1"\\n' > tell
printf '#!/bin/sh\\ncat > "$HOME/$1"\\n' > hear
chmod 755 tell hear
"""


def saved_with_commands(machine, admin, tmp_path) -> tuple[str, ...]:
    """Saves a set-up and returns the options for its password commands: programs in a folder of the admin's home."""
    machine.out("sh", "-ec", PROGRAMS)
    for name in ("PERSONIO_CLIENT_SECRET", "ALLEO_SCIM_TOKEN"):
        (tmp_path / name).write_text(admin[name])
    profile = tmp_path / "home" / "profiles" / "default.toml"
    profile.parent.mkdir(parents=True)
    profile.write_text(
        f'client_id = "{admin["PERSONIO_CLIENT_ID"]}"\nbase_url = "{admin["PERSONIO_BASE_URL"]}"\n'
        f'[scim]\nurl = "{admin["ALLEO_SCIM_URL"]}"\n[alarm]\nmail_command = "hear mail"\n'
    )
    return "--personio-command", "tell PERSONIO_CLIENT_SECRET", "--alleo-command", "tell ALLEO_SCIM_TOKEN"


@pytest.fixture
def crontab(machine, tmp_path, monkeypatch):
    """Puts the cell's real crontab program on PATH. Returns a function that calls it with bytes."""
    program = tmp_path / "bin" / "crontab"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.join(machine.inside(str(shutil.which("crontab"))))} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")

    def call(word: str, text: bytes | None = None) -> bytes:
        return subprocess.run([program, word], input=text, capture_output=True, check=True).stdout

    return call


NOTE = st.text(st.characters(codec="utf-8", exclude_characters="\n\0"), max_size=40)
MARK = st.sampled_from(
    ["", " # alleo-onboard-acme-0a1b2c3d", " # alleo-onboard-acme-0a1b2c3", " # alleo-onboard-other-00000000"]
)
LINE = st.one_of(
    st.builds("{}#{}{}".format, st.sampled_from(["", " ", "\t"]), NOTE, MARK),
    st.builds("*/5 1-3 * * 1,3  true {}".format, NOTE),
    st.just("0 4 * * * true # alleo-onboard-other-00000000"),
    st.sampled_from(["", 'MAILTO=""', "@reboot   /usr/bin/true", "0 12\t* * *\techo tab"]),
)


@settings(
    max_examples=examples(8, 24),
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(found=st.lists(LINE, max_size=6))
def test_whatever_others_have_there_stays(crontab, found):
    text = "".join(f"{line}\n" for line in ["# theirs", *found]).encode()
    crontab("-", text)
    kept, ours = crontab("-l"), job(profile="acme", command=("/bin/true",), environment=())
    cron = Cron()
    assert cron.install(ours)
    assert not cron.install(ours)
    assert crontab("-l").startswith(kept)
    assert cron.present(ours.id)
    assert len(cron.remove(ours.id)) == 1
    assert crontab("-l") == kept
    assert not cron.present(ours.id)


def test_programs_are_found_by_cron_as_by_the_trial(machine, admin, sandbox, tmp_path):
    """Cron looks for programs only in /usr/bin and /bin; password managers and mailers are elsewhere."""
    commands = saved_with_commands(machine, admin, tmp_path)
    unsaid = {**admin, "PERSONIO_CLIENT_SECRET": "", "ALLEO_SCIM_TOKEN": ""}
    done = machine.run(*CLI, "schedule", "install", "--secrets", "command", *commands, env=unsaid)
    assert done.returncode == 0, done.stderr
    command = machine.out("crontab", "-l").split(None, 5)[5]
    given = {"HOME": str(tmp_path), "LOGNAME": "root", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}  # crontab(5)
    words = ("/usr/bin/env", "-i", *(f"{n}={v}" for n, v in given.items()), "/bin/sh", "-c", command)
    ran = machine.run(*words)
    assert ran.returncode == 0, ran.stderr
    assert len(sandbox.scim.accounts) == 27
    sandbox.personio.credential = ("other", "credential")
    assert machine.run(*words).returncode == 3
    assert "ended with 3" in (tmp_path / "mail").read_text()


def test_a_secret_in_quotes_reaches_the_run_whole(machine, admin, stranger, sandbox):
    secret = "'it' is \"quoted\" # % $HOME '"
    sandbox.personio.credential = (admin["PERSONIO_CLIENT_ID"], secret)
    quoted = {**admin, "PERSONIO_CLIENT_SECRET": secret}
    assert machine.run(*CLI, "schedule", "install", "--secrets", "env-file", env=quoted).returncode == 0
    ran = machine.run(*CLI, "schedule", "run-now", env=stranger)
    assert ran.returncode == 0, ran.stderr
    assert len(sandbox.scim.accounts) == 27
