"""Folders and files: private from the start, written completely or not at all."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from alleo_onboard.domain.errors import Usage
from alleo_onboard.store.paths import file_stem, home, private_dir, write_private

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links are those of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture
def open_umask():
    before = os.umask(0)
    yield
    os.umask(before)


def test_one_folder_when_the_environment_names_it(tmp_path):
    found = home({"ALLEO_ONBOARD_HOME": str(tmp_path / "here")})
    assert found.config == found.data == tmp_path / "here"
    assert not found.config.exists()


def test_platform_folders_otherwise(tmp_path, monkeypatch):
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    found = home({"ALLEO_ONBOARD_HOME": "  "})
    assert found.config.name == found.data.name == "alleo-onboard"
    if sys.platform == "linux":
        assert found.config.parent == tmp_path / "XDG_CONFIG_HOME"
        assert found.data.parent == tmp_path / "XDG_DATA_HOME"


@posix
def test_folders_are_private_whatever_the_umask(tmp_path, open_umask):
    made = private_dir(tmp_path / "a" / "b")
    assert mode(made) == mode(tmp_path / "a") == 0o700
    os.umask(0o777)
    assert mode(private_dir(tmp_path / "c" / "d")) == 0o700


@posix
def test_an_open_folder_of_ours_is_closed_and_its_parent_left_alone(tmp_path, open_umask):
    (tmp_path / "shared" / "ours").mkdir(parents=True, mode=0o755)
    (tmp_path / "shared").chmod(0o755)
    private_dir(tmp_path / "shared" / "ours")
    assert mode(tmp_path / "shared" / "ours") == 0o700
    assert mode(tmp_path / "shared") == 0o755


@posix
def test_a_link_in_place_of_a_folder_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "ours").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Usage, match="ours is not a folder of yours"):
        private_dir(tmp_path / "ours")
    (tmp_path / "file").write_text("")
    with pytest.raises(Usage, match="file"):
        private_dir(tmp_path / "file" / "below")


@posix
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_files_are_private_whatever_the_umask(tmp_path, umask, open_umask):
    os.umask(umask)
    (tmp_path / "known").touch(mode=0o644)
    write_private(tmp_path / "known", b"new")
    write_private(tmp_path / "fresh", b"new")
    assert mode(tmp_path / "known") == mode(tmp_path / "fresh") == 0o600
    assert (tmp_path / "known").read_bytes() == b"new"


@posix
def test_a_link_in_place_of_a_file_is_refused_and_its_target_kept(tmp_path):
    (tmp_path / "target").write_text("theirs")
    (tmp_path / "ours").symlink_to(tmp_path / "target")
    with pytest.raises(Usage, match="is a link"):
        write_private(tmp_path / "ours", b"new")
    assert (tmp_path / "target").read_text() == "theirs"


# A process that may write only 4 KiB to any file, as on a full disk.
FULL_DISK = """
import resource, sys
from pathlib import Path
from alleo_onboard.domain.errors import Usage
from alleo_onboard.store.paths import write_private
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_private(Path(sys.argv[1]), b"x" * 100_000)
except Usage as error:
    print(error)
"""


@posix
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path):
    file = tmp_path / "profile.toml"
    write_private(file, b"old")
    told = subprocess.run([sys.executable, "-c", FULL_DISK, str(file)], capture_output=True, text=True, check=True)
    assert f"{file} cannot be written" in told.stdout
    assert file.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["profile.toml"]


@pytest.mark.parametrize(
    "name", ["../x", "a/b", "..", ".", "", " ", "/etc/passwd", "a\\b", "a\0b", "a\n", "NUL", "con", "com1.x", "a" * 61]
)
def test_names_that_are_paths_or_devices_are_refused(name):
    with pytest.raises(Usage, match="cannot be the name"):
        file_stem(name)


def test_the_same_name_in_either_unicode_form_is_one_file():
    composed, apart = "\u00c5kesson", "\u212bkesson"
    assert file_stem(apart) == file_stem(composed) == composed
