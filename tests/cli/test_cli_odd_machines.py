"""Unusual machines: no home folder, or a home that cannot be written or locked."""

from __future__ import annotations

import errno
import os
import shlex
import subprocess
import sys

import pytest

# Without /etc/passwd and nsswitch.conf the machine knows no users except root.
NAMELESS = ("mount --bind /dev/null /etc/passwd", "mount --bind /dev/null /etc/nsswitch.conf")
READING = [("runs", "list"), ("profiles", "list"), ("history", "somebody"), ("doctor",), ("schedule", "show")]


def apart(*steps: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs shell commands in their own mount namespace, which no other process sees."""
    script = " && ".join(steps)
    return subprocess.run(
        ["unshare", "--mount", "sh", "-c", script], env=env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )  # fmt: skip


def nameless(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Runs a command as a user whom the machine does not know, as in many containers."""
    told = {"PATH": os.environ["PATH"], "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", **env}
    return apart(*NAMELESS, shlex.join([sys.executable, "-m", "alleo_onboard", *words]), env=told)


needs_namespaces = pytest.mark.skipif(
    sys.platform != "linux" or apart(*NAMELESS, env=dict(os.environ)).returncode != 0,
    reason="needs a mount namespace",
)


@needs_namespaces
@pytest.mark.parametrize(
    "words", [*READING, ("schedule", "install", "--print", "--using", "systemd"), ("check", "--json")]
)
def test_without_a_home_folder_the_variable_is_named(words):
    done = nameless({}, *words)
    assert done.returncode == 2, done.stderr
    assert "ALLEO_ONBOARD_HOME" in done.stderr


@needs_namespaces
@pytest.mark.parametrize("words", READING)
def test_with_the_variable_a_user_without_a_name_gets_an_answer(tmp_path, words):
    done = nameless({"ALLEO_ONBOARD_HOME": str(tmp_path / "home")}, *words)
    assert done.returncode in (0, 4), done.stderr
    assert "unexpected" not in done.stderr


@needs_namespaces
def test_with_the_variable_a_schedule_is_shown_to_a_user_without_a_name(cli, play, tmp_path):
    play()
    told = {name: value for name, value in cli.env.items() if name.startswith(("ALLEO_", "PERSONIO_"))}
    done = nameless(told, "schedule", "install", "--print", "--using", "systemd", "--secrets", "env-file")
    assert done.returncode == 0, done.stderr
    assert "ExecStart=" in done.stdout


@needs_namespaces
@pytest.mark.parametrize("words", READING)
def test_what_only_reads_works_on_a_home_that_cannot_be_written(cli, play, words):
    play()
    assert cli("sync", "--yes").code == 0
    home = shlex.quote(str(cli.home))
    read_only = (f"mount --bind {home} {home}", f"mount -o remount,ro,bind {home}")
    done = apart(*read_only, shlex.join([sys.executable, "-m", "alleo_onboard", *words]), env=cli.env)
    assert done.returncode in (0, 4), done.stderr
    assert "cannot be written" not in done.stderr
    assert "unexpected" not in done.stderr
    if words == ("runs", "list"):
        assert "27" in done.stdout


@pytest.mark.parametrize("name", ["a\nb", "a\tb", "a\x1b[31mb", "a\N{ZERO WIDTH SPACE}b"])
def test_a_home_with_an_unseen_character_is_refused(cli, tmp_path, name):
    done = cli("profiles", "list", ALLEO_ONBOARD_HOME=str(tmp_path / name))
    assert done.code == 2
    assert "ALLEO_ONBOARD_HOME" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="flock")
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_file_system_that_cannot_lock_is_named(cli, play, monkeypatch, number):
    sandbox = play()

    def flock(descriptor, operation):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", flock)
    done = cli("sync", "--yes")
    assert done.code == 2
    assert "cannot lock files" in done.err
    assert "ALLEO_ONBOARD_HOME" in done.err
    assert sandbox.scim.accounts == []


@pytest.mark.skipif(sys.platform == "win32", reason="TZ is POSIX")
@pytest.mark.parametrize("zone", ["UTC+25", "Nonsense/Zone", ":/etc/passwd", "Pacific/Apia"])
def test_a_clock_in_a_zone_that_cannot_be(cli, play, zone):
    play()
    assert cli("sync", "--yes").code == 0
    for words in (("runs",), ("runs", "show", "last"), ("schedule", "show"), ("preview",)):
        assert cli.process(*words, TZ=zone).code == 0
