"""The terminal as a stream of lines: never moves the cursor, and reads secrets without showing them."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from alleo_onboard.plain.words import Ended
from alleo_onboard.plain.wrapping import wrapped, wrapped_question

# Direction marks, with which a name could change the text beside it.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LONGEST = 4096  # characters of an answer
_ROOM = 8  # columns for an answer on the line of its question


class Console:
    """Standard input and standard error of this process. Tests replace it."""

    def write(self, text: str, *, copied: bool = False) -> None:
        """Writes one line, wrapped at words where it is a terminal. A `copied` one is written as it is."""
        self._put(f"{text if copied else wrapped(text, _columns())}\n")

    def read(self, prompt: str) -> str:
        """Returns the line typed after `prompt`. Raises Ended at the end of input."""
        self._put(_wrapped_question(prompt))
        try:
            return _line(sys.stdin.readline())
        except UnicodeDecodeError:  # bytes of another encoding are no answer
            return "\N{REPLACEMENT CHARACTER}"

    @contextmanager
    def unseen(self) -> Iterator[None]:
        """Hides what is typed or pasted inside the block, also lines typed ahead."""
        with _without_echo():
            yield

    def read_unseen(self, prompt: str) -> str:
        """Like `read`, inside `unseen`. Writes the line end that was not shown."""
        if sys.platform == "win32":
            import getpass

            try:
                return getpass.getpass(_wrapped_question(prompt), stream=sys.stderr)[:_LONGEST]
            except EOFError:
                raise Ended from None
        else:
            try:
                return self.read(prompt)
            finally:
                self._put("\n")

    @staticmethod
    def _put(text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):  # nobody reads; reading will find that out
            return


def _wrapped_question(prompt: str) -> str:
    """Returns a question wrapped so that there is room for an answer beside its end."""
    return wrapped_question(prompt, max(0, _columns() - _ROOM))


def _columns() -> int:
    """Returns how wide a line may be, 0 where there is no terminal or it does not say.

    The last column stays free, because some terminals go to the next line when it is filled.
    """
    try:
        return max(0, os.get_terminal_size(sys.stderr.fileno()).columns - 1) if sys.stderr.isatty() else 0
    except (OSError, ValueError):
        return 0


def _line(text: str) -> str:
    if not text:
        raise Ended
    return text.rstrip("\r\n")[:_LONGEST]


@contextmanager
def _without_echo() -> Iterator[None]:
    """Switches echo off. Keeps lines typed ahead, which `getpass` discards: a paste may have a second line."""
    if sys.platform == "win32":
        yield
    else:
        import termios

        try:
            number = sys.stdin.fileno()
            before = termios.tcgetattr(number)
        except (OSError, ValueError, termios.error):  # no terminal that could show it
            yield
            return
        silent = list(before)
        silent[3] &= ~termios.ECHO
        termios.tcsetattr(number, termios.TCSADRAIN, silent)
        try:
            yield
        finally:
            termios.tcsetattr(number, termios.TCSADRAIN, before)


def harmless(text: str) -> str:
    """Returns `text` on one line, without control characters. A no-break space stays, as in an amount of money."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_one, text))


def _one(character: str) -> str:
    if character == "\N{NO-BREAK SPACE}":
        return character
    category = unicodedata.category(character)
    if character.isspace() or category in ("Zl", "Zp", "Zs"):
        return " "
    if character in _TURNING or category in ("Cc", "Cs"):
        return "?"
    return character
