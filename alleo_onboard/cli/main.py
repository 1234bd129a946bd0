"""The entry of the command line. Imports little, so that --version and --help answer at once."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

from alleo_onboard import __version__


def run(argv: list[str] | None = None) -> int:
    """Runs one command and returns its exit code; no traceback ever reaches the user."""
    _streams()
    words = sys.argv[1:] if argv is None else argv
    if words in (["--version"], ["-V"]):
        sys.stdout.write(f"alleo-onboard {__version__}\n")
        return 0
    from alleo_onboard.cli.parser import parse

    args = parse(words)
    try:
        return _dispatch(args.command, args)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _close_stdout()
        return 0
    except Exception as error:  # noqa: BLE001 - the last stop before a traceback
        return _told(error)


def _streams() -> None:
    """Standard streams that are there and take every character, whatever whoever started us closed or set."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - open until the end
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _dispatch(command: str | None, args: object) -> int:
    from importlib import import_module

    module = import_module(f"alleo_onboard.cli.commands.{command or 'wizard'}")
    code: int = module.main(args)
    return int(code)


def _told(error: Exception) -> int:
    from alleo_onboard.cli.exits import Exit, exit_of
    from alleo_onboard.domain.errors import Trouble
    from alleo_onboard.locale import _

    if isinstance(error, Trouble):
        sys.stderr.write(f"{error}\n")
        return int(exit_of(error))
    text = _(
        "Something unexpected happened ({kind}). Nothing more was done. Please report it with the command you used."
    )
    sys.stderr.write(text.format(kind=where(error)) + "\n")
    return int(Exit.UNEXPECTED)


def where(error: Exception) -> str:
    """The kind of an error and where it rose, without its message or any value: those may hold people or secrets."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" {trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}" if trace else ""
    return type(error).__name__ + place


def _close_stdout() -> None:
    """Keeps Python from complaining about a reader that went away."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
