"""Files that a user names: a plan, certificates, an environment file, a set-up, a credential."""

from __future__ import annotations

import os
import sys

import pytest

if sys.platform == "win32":
    pytest.skip("pipes and devices are made as POSIX does", allow_module_level=True)


@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "vast"])
@pytest.mark.parametrize("named", ["plan", "ca-file", "set-up", "environment file", "credential"])
def test_what_is_named_to_be_read_has_to_be_a_file_of_a_sensible_size(cli, play, tmp_path, kind, named):
    """Reading a pipe would never end, and a device would fill the memory."""
    sandbox = play()
    folder = cli.home / "profiles"
    folder.mkdir(parents=True)
    place = {"set-up": folder / "default.toml", "credential": tmp_path / "personio-client-secret"}
    odd = place.get(named, tmp_path / "odd")
    if kind == "pipe":
        os.mkfifo(odd, 0o600)
    elif kind == "device":
        odd.symlink_to("/dev/zero")
    elif kind == "folder":
        odd.mkdir(0o700)
    else:
        odd.touch(0o600)
        os.truncate(odd, 1 << 33)
    words, changed = ["sync", "--yes", "--json"], {}
    if named == "plan":
        words += ["--plan", str(odd)]
    elif named == "ca-file":
        words = ["--ca-file", str(odd), *words]
    elif named == "environment file":
        changed = {"ALLEO_ONBOARD_ENV_FILE": str(odd)}
    elif named == "credential":
        changed = {"CREDENTIALS_DIRECTORY": str(tmp_path), "PERSONIO_CLIENT_SECRET": None}
    done = cli(*words, **changed)
    assert done.code == 2
    assert odd.name in done.err
    assert "unexpected" not in done.err
    assert sandbox.scim.accounts == []


def test_a_plan_may_be_read_through_a_link(cli, play, tmp_path):
    play()
    assert cli("preview", "--out", str(tmp_path / "plan.json")).code == 0
    (tmp_path / "link").symlink_to(tmp_path / "plan.json")
    assert cli("sync", "--yes", "--plan", str(tmp_path / "link")).code == 0
