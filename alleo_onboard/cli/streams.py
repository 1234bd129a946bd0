"""Standard streams as they may be: closed, full, of a narrow encoding, or left by whoever read them."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

TYPE_CHECKING = False  # as in typing, which takes longer to load than --version may take altogether
if TYPE_CHECKING:
    from typing import TextIO

_lost: list[OSError] = []  # why writing to standard output failed, where it did
_begun = False  # whether anything was put on standard output


def prepare() -> None:
    """Standard streams that are there and take every character, whatever whoever started us closed or set."""
    global _begun  # noqa: PLW0603 - one command at a time
    _begun = False
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - open until the end
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """One line of talk. Control characters in outside text cannot move the terminal's cursor.

    Nobody may be listening any more; that must not end what is under way.
    """
    try:
        sys.stderr.write(printable(text) + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        return


def printable(text: str) -> str:
    """`text` on one line: spaces of any width are spaces, and what could steer a terminal is a question mark."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    import unicodedata

    return " " if unicodedata.category(character) == "Zs" else "\N{REPLACEMENT CHARACTER}"


def put(text: str) -> None:
    """Writes to standard output as it is: nothing in it may steer a terminal.

    Where it cannot be written the command goes on: its exit code is to be true whoever reads its words.
    """
    global _begun  # noqa: PLW0603 - one command at a time
    _begun = _begun or bool(text)
    if _lost:
        return
    try:
        sys.stdout.write(text)
    except OSError as error:
        _lost.append(error)


def begun() -> bool:
    """Whether anything was put on standard output by this command."""
    return _begun


def flush() -> None:
    """What was written so far is there for whoever reads along."""
    if why := _unwritten(sys.stdout):
        _lost.append(why)


def lost() -> OSError | None:
    """Why standard output does not take what was written, None when it does."""
    return _lost[0] if _lost else _unwritten(sys.stdout)


def ended(code: int) -> int:
    """The exit code, once everything is written: 1 in place of 0 when the result cannot be, unless its reader left."""
    if why := lost():
        _give_up(sys.stdout)
        if not isinstance(why, BrokenPipeError):
            from alleo_onboard.presentation.crash import unwritten

            say(unwritten(why.strerror))
            code = code or 1
    if _unwritten(sys.stderr):
        _give_up(sys.stderr)
    return code


def _unwritten(stream: TextIO) -> OSError | None:
    try:
        stream.flush()
    except OSError as error:
        return error
    except ValueError:  # closed by whoever called
        return None
    return None


def _give_up(stream: TextIO) -> None:
    """Keeps Python from complaining about what cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
