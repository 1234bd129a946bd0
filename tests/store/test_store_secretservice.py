"""A real Secret Service: gnome-keyring in its own D-Bus sessions and homes."""

import base64
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CANARY = "canary-51c2-kept-in-the-keyring-only"
INSIDE = Path(__file__).parent / "secretservice"
NEEDED = ("dbus-run-session", "gnome-keyring-daemon", "secret-tool")
SESSION = (
    'printf "%s\\n" "$1" | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null; shift; exec "$@"'
)

missing = [tool for tool in NEEDED if shutil.which(tool) is None]
pytestmark = [
    pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}"),
    pytest.mark.xdist_group("dbus"),  # one session after another, in one worker
]


def session(folder: Path, password: str, file: str) -> None:
    """Runs the tests of a file in a new session whose keyring is unlocked with the password."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    environ = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("DBUS_", "XDG_", "PYTEST_", "GNOME_", "DISPLAY", "WAYLAND_"))
    }
    environ |= {
        "HOME": str(folder / "home"),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "ALLEO_ONBOARD_HOME": str(folder / "ours"),
        "STORE_CANARY": CANARY,
    }
    environ.pop("PYTHON_KEYRING_BACKEND", None)
    pytest_run = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(INSIDE / file)]
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", SESSION, "sh", password, *pytest_run],
        env=environ,
        cwd=INSIDE.parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout


def test_a_real_secret_service(tmp_path):
    for name in ("home", "data", "config"):
        (tmp_path / name).mkdir(mode=0o700)
    session(tmp_path, "right", "inside_open.py")
    session(tmp_path, "wrong", "inside_locked.py")
    session(tmp_path, "right", "inside_again.py")
    forms = [
        CANARY.encode(),
        base64.b64encode(CANARY.encode()),
        CANARY.encode("utf-16-le"),
        CANARY.encode().hex().encode(),
    ]
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert any(p.suffix == ".keyring" for p in files)
    assert any(p.name == "acme.toml" for p in files)
    for file in files:
        content = file.read_bytes()
        assert not any(form in content for form in forms), file
