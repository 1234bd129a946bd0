"""Unit files: checked by systemd's own programs, and with the intended content."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jobs import job

from alleo_onboard.domain.cadence import cadence
from alleo_onboard.domain.schedule import Way
from alleo_onboard.scheduler.systemd import Systemd, quoted, service_text, timer_text

needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")


def written(folder: Path, one, *, user: bool) -> tuple[Path, Path]:
    service, timer = folder / f"{one.id}.service", folder / f"{one.id}.timer"
    service.write_text(service_text(one, user=user))
    timer.write_text(timer_text(one))
    return service, timer


@needs_systemd
@pytest.mark.parametrize("user", [False, True])
@pytest.mark.parametrize("way", list(Way))
def test_systemd_accepts_every_word(tmp_path, user, way):
    one = job(way=way, credentials=(("personio-client-secret", "/etc/x y.cred"),))
    for file in written(tmp_path, one, user=user):
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", file], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert str(tmp_path) not in done.stderr, done.stderr


@needs_systemd
def test_systemd_understands_the_times(tmp_path):
    text = timer_text(job(cadence=cadence("06:30,20:30", "Europe/Amsterdam")))
    calendars = re.findall("OnCalendar=(.*)", text)
    assert len(calendars) == 2
    for one in calendars:
        said = subprocess.run(["systemd-analyze", "calendar", one], capture_output=True, text=True, check=True).stdout
        assert "Europe/Amsterdam" in said
    assert "Persistent=true" in text
    assert "RandomizedDelaySec=" in text


@needs_systemd
@pytest.mark.parametrize(("user", "most"), [(False, 20), (True, 58)])
def test_the_run_has_few_rights(tmp_path, user, most):
    service, _timer = written(tmp_path, job(folders=("/var/lib/alleo",)), user=user)
    words = ["systemd-analyze", "security", "--offline=true", f"--threshold={most}", "--no-pager", service]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-300:]


def test_a_user_unit_asks_for_nothing_that_only_root_may(tmp_path):
    text = service_text(job(), user=True)
    assert "CapabilityBoundingSet" not in text
    assert "network-online.target" not in text
    assert "NoNewPrivileges=yes" in text


def test_a_private_tmp_is_left_out_where_it_would_hide_the_program():
    assert "PrivateTmp=yes" in service_text(job(command=("/usr/bin/python3", "sync")), user=False)
    assert "PrivateTmp" not in service_text(job(command=("/tmp/venv/python", "sync")), user=False)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_word_comes_back(word):
    assert unquoted(quoted(word)) == word
    assert unquoted(quoted(word, command=True)).replace("$$", "$") == word


def unquoted(text: str) -> str:
    """Returns a word in double quotes as systemd.syntax(7) reads it."""
    assert text[0] == text[-1] == '"'
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL).replace("%%", "%")


def test_root_gets_units_of_the_system_and_others_their_own(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    one = job()
    places = [file.place for file in Systemd(user=True).files(one)]
    assert places == [f"{tmp_path}/systemd/user/{one.id}.service", f"{tmp_path}/systemd/user/{one.id}.timer"]
    assert Systemd(user=False).files(one)[0].place == f"/etc/systemd/system/{one.id}.service"


def test_without_lingering_a_user_is_told_what_to_do():
    assert "loginctl enable-linger" in " ".join(Systemd(user=True).notes(job()))
    assert Systemd(user=False).notes(job()) == ()


@needs_systemd
@pytest.mark.parametrize("name", ["o'brien", 'a "b"', "back\\slash"])
def test_a_program_whose_path_systemd_refuses_is_started_another_way(tmp_path, name):
    program = tmp_path / name / "python"
    program.parent.mkdir()
    program.symlink_to("/bin/true")
    service, _timer = written(tmp_path, job(command=(str(program), "sync", "--scheduled")), user=True)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", service], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_signs_with_a_meaning_to_systemd_are_doubled_in_the_text():
    text = service_text(job(command=("/usr/bin/python3", "100%", "$HOME"), environment=(("A", "50% $X"),)), user=False)
    assert 'ExecStart="/usr/bin/python3" "100%%" "$$HOME"' in text
    assert "50%% $X" in text
