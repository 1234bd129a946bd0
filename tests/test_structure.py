"""What the house promises about itself: the one-way flow, quick answers, and documents that tell the truth."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
HEAVY = ("textual", "httpx", "keyring", "rich", "msgspec", "asyncio", "sqlite3")


def modules_after(*words: str) -> set[str]:
    """The modules that are loaded when a command has ended."""
    code = (
        "import sys; from alleo_onboard.cli.main import run\n"
        "try: run(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "sys.stderr.write('\\nLOADED ' + ' '.join(sys.modules))"
    )
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PERSONIO_", "ALLEO_"))}
    env["ALLEO_ONBOARD_HOME"] = str(ROOT / "nowhere")
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        check=True,
        env=env,
        stdin=subprocess.DEVNULL,
    )
    return set(done.stderr.rsplit("LOADED ", 1)[1].split())


@pytest.mark.parametrize(
    "words", [("--version",), ("--help",), ("check", "--json"), ("sync", "--help"), ("demo", "--help")]
)
def test_quick_answers_load_nothing_heavy(words):
    loaded = modules_after(*words)
    assert "alleo_onboard.cli.main" in loaded
    assert not loaded & set(HEAVY)


def test_a_check_never_loads_textual():
    code = "import sys, alleo_onboard.cli.commands.check, alleo_onboard.usecases.preview.session; print('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_readme_tells_every_exit_code():
    from alleo_onboard.cli.exit_codes import Exit

    for code in Exit:
        assert re.search(rf"\| {code.value} \|", README), code


def test_the_readme_tells_every_variable():
    from alleo_onboard.usecases.setups.resolve import variables

    for name in (*variables(), "ALLEO_ONBOARD_HOME"):
        assert f"`{name}`" in README


def test_the_readme_tells_every_command():
    done = subprocess.run([sys.executable, "-m", "alleo_onboard", "--help"], capture_output=True, text=True, check=True)
    commands = re.findall(r"^    (\w+) ", done.stdout, flags=re.MULTILINE)
    assert "check" in commands
    for command in commands:
        assert f"`{command}" in README or f"alleo-onboard {command}" in README, command


def test_every_picture_of_the_readme_is_there():
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (ROOT / picture).is_file(), picture
