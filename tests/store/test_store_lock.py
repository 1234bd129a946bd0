"""The lock of a run: held by the operating system while its process lives."""

import json
import os
import stat
import subprocess
import sys

import pytest

from alleo_onboard.domain.errors import Locked, Usage
from alleo_onboard.store.lock import lock_path, run_lock
from alleo_onboard.store.paths import Home

HOLDER = """
import sys
from pathlib import Path
from alleo_onboard.store.lock import run_lock
from alleo_onboard.store.paths import Home
folder = Path(sys.argv[1])
with run_lock(Home(folder, folder), "acme"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path, tmp_path)


@pytest.fixture
def holder(tmp_path):
    """Starts another process that holds the lock until its stdin ends."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_is_told_who_holds_it(home, holder):
    with pytest.raises(Locked) as error, run_lock(home, "acme"):
        pytest.fail("two runs at once")
    assert f"process {holder.pid}" in str(error.value)
    assert "acme" in str(error.value)


def test_it_is_free_when_the_holder_ends(home, holder):
    holder.stdin.close()
    assert holder.wait() == 0
    with run_lock(home, "acme"):
        pass


def test_it_is_free_when_the_holder_is_killed(home, holder):
    holder.kill()
    holder.wait()
    assert json.loads(lock_path(home, "acme").read_text())["pid"] == holder.pid
    with run_lock(home, "acme"):
        assert json.loads(lock_path(home, "acme").read_text())["pid"] == os.getpid()


def test_a_child_does_not_keep_it(home):
    with run_lock(home, "acme"):
        child = subprocess.Popen(
            [sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE, close_fds=False
        )
    try:
        with run_lock(home, "acme"):
            pass
    finally:
        child.communicate()


def test_it_is_for_one_profile_and_once_also_within_a_process(home):
    with run_lock(home, "acme"):
        with run_lock(home, "other"):
            pass
        with pytest.raises(Locked), run_lock(home, "acme"):
            pytest.fail("two runs at once")
        with pytest.raises(Locked), run_lock(home, "acme"):
            pytest.fail("a refusal must not end the lock")


def test_it_is_free_after_an_error_inside(home):
    with pytest.raises(ZeroDivisionError), run_lock(home, "acme"):
        raise ZeroDivisionError
    with run_lock(home, "acme"):
        pass
    assert lock_path(home, "acme").read_text() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_a_file_deleted_under_the_holder_makes_a_new_lock(home):
    with run_lock(home, "acme"):
        lock_path(home, "acme").unlink()
        with run_lock(home, "acme"):
            assert json.loads(lock_path(home, "acme").read_text())["pid"] == os.getpid()


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links are those of POSIX")
def test_the_file_is_private_and_no_link_is_followed(home, tmp_path):
    with run_lock(home, "acme"):
        assert stat.S_IMODE(lock_path(home, "acme").stat().st_mode) == 0o600
    (tmp_path / "theirs").write_text("theirs")
    lock_path(home, "beta").symlink_to(tmp_path / "theirs")
    with pytest.raises(Usage), run_lock(home, "beta"):
        pytest.fail("followed a link")
    assert (tmp_path / "theirs").read_text() == "theirs"


def test_a_name_that_is_a_path_is_refused(home):
    with pytest.raises(Usage), run_lock(home, "../x"):
        pytest.fail("left its folder")
