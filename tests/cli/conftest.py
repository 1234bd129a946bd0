"""Programs of the machine that the command line runs on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from command_line import Cli


@pytest.fixture
def crontab(cli: Cli, tmp_path: Path) -> Path:
    """A program like crontab that keeps one table in a file, for machines without cron."""
    program = tmp_path / "bin" / "crontab"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nif [ "$1" = -l ]; then cat "$0.kept"; else cat "$1" >"$0.kept"; fi\n')
    program.chmod(0o700)
    cli.env["PATH"] = f"{program.parent}{os.pathsep}{cli.env['PATH']}"
    return program
