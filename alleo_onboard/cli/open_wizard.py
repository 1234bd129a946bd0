"""Opens the wizard in the face that the terminal can show: drawn, or as questions and lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from alleo_onboard.cli.plainness import cause
from alleo_onboard.usecases.setups.resolve import Setup, Setups


def on_terminal() -> bool:
    """Whether the wizard can be drawn and answered: it draws on standard error, and a pipe anywhere would spoil it."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def open_wizard(setups: Setups, setup: Setup, demo: Callable[[], object] | None = None) -> int:
    """Opens the wizard and returns its exit code: on a set-up, or, with `demo`, on the start page that offers it.

    It is a conversation in lines where that was asked for, or where the terminal can do no other.
    """
    if why := cause():
        from alleo_onboard.plain.wizard import run as converse

        return converse(setups, setup, why, from_start=demo is not None, demo=demo)
    from alleo_onboard.tui.environment import scrub

    scrub(os.environ)
    from alleo_onboard.tui.app import run

    return run(setups, setup, from_start=demo is not None, demo=demo)
