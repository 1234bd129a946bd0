"""Opens the full-screen or the plain wizard, depending on the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from alleo_onboard.cli.plainness import cause
from alleo_onboard.usecases.setups.resolve import Setup, Setups


def on_terminal() -> bool:
    """Returns whether all standard streams are terminals. The wizard writes to standard error."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def open_wizard(setups: Setups, setup: Setup, demo: Callable[[], int] | None = None) -> int:
    """Opens the wizard and returns its exit code. With `demo` it opens on the start page, which offers the demo.

    Opens the plain wizard when that was requested or the terminal can do no other.
    """
    if why := cause():
        from alleo_onboard.plain.wizard import run as converse

        return converse(setups, setup, why, from_start=demo is not None, demo=demo)
    from alleo_onboard.tui.environment import scrub

    scrub(os.environ)
    from alleo_onboard.tui.app import run

    return run(setups, setup, from_start=demo is not None, demo=demo)
