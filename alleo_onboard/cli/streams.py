"""Standard streams, which may be closed, full, limited in encoding, or abandoned by their reader."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

TYPE_CHECKING = False  # a copy of typing's constant; importing typing takes longer than --version may take
if TYPE_CHECKING:
    from typing import TextIO

_LONGEST = 10_000  # characters of a line on standard error; a path of Linux has up to 4,096

_lost: list[OSError] = []  # the error of writing to standard output, if there was one
_closed = False  # whether standard output was closed when the program began
_begun = False  # whether anything was written to standard output


def prepare() -> None:
    """Makes sure that the standard streams exist and accept every character."""
    global _begun, _closed
    _begun, _closed = False, sys.stdout is None
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - open until the end
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def quiet() -> None:
    """Keeps warnings of libraries, with their file names, off the screen. `python -W` shows them all the same."""
    import warnings

    if not sys.warnoptions:
        warnings.simplefilter("ignore", UserWarning)


def say(text: str) -> None:
    """Writes one line to standard error. Control characters in outside text are replaced, and too much of it is cut.

    Errors are ignored: a missing reader must not stop the work.
    """
    try:
        sys.stderr.write(printable(shortened(text)) + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        return


def shortened(text: str) -> str:
    """Returns `text` without the middle of what nobody would read."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"


def printable(text: str) -> str:
    """Returns `text` on one line, with wide spaces as spaces and control characters as U+FFFD."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    import unicodedata

    return " " if unicodedata.category(character) == "Zs" else "\N{REPLACEMENT CHARACTER}"


def put(text: str) -> None:
    """Writes `text` to standard output unchanged; it must not hold control characters from outside.

    After an error the command continues, so that its exit code is right.
    """
    global _begun  # noqa: PLW0603 - one command at a time
    _begun = _begun or bool(text)
    if _lost:
        return
    try:
        sys.stdout.write(text)
    except OSError as error:
        _lost.append(error)


def nowhere() -> bool:
    """Returns whether nobody can see what this command writes to standard output, because it was closed."""
    return _closed


def begun() -> bool:
    """Returns whether this command has written to standard output."""
    return _begun


def flush() -> None:
    """Flushes standard output."""
    if why := _unwritten(sys.stdout):
        _lost.append(why)


def lost() -> OSError | None:
    """Returns the error of writing to standard output, or None."""
    return _lost[0] if _lost else _unwritten(sys.stdout)


def ended(code: int) -> int:
    """Returns the exit code after flushing: 1 instead of 0 when the result could not be written.

    A reader that closed the pipe early is no error.
    """
    if why := lost():
        _give_up(sys.stdout)
        if not isinstance(why, BrokenPipeError):
            from alleo_onboard.locale.system import system_reason
            from alleo_onboard.presentation.crash import unwritten

            say(unwritten(system_reason(why)))
            code = code or 1
    if _unwritten(sys.stderr):
        _give_up(sys.stderr)
    return code


def _unwritten(stream: TextIO) -> OSError | None:
    try:
        stream.flush()
    except OSError as error:
        return error
    except ValueError:  # closed by the caller
        return None
    return None


def _give_up(stream: TextIO) -> None:
    """Redirects a stream to nowhere, so that Python does not complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
