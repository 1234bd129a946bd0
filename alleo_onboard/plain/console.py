"""The terminal as a stream of lines: never moves the cursor, and reads secrets without showing them."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from alleo_onboard.plain.words import Ended

# Direction marks, with which a name could change the text beside it.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LONGEST = 4096  # characters of an answer


class Console:
    """Standard input and standard error of this process. Tests replace it."""

    def write(self, text: str) -> None:
        """Writes one line."""
        self._put(f"{text}\n")

    def read(self, prompt: str) -> str:
        """Returns the line typed after `prompt`. Raises Ended at the end of input."""
        self._put(prompt)
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
                return getpass.getpass(prompt, stream=sys.stderr)[:_LONGEST]
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
    """Returns `text` on one line, without control characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_one, text))


def _one(character: str) -> str:
    category = unicodedata.category(character)
    if character.isspace() or category in ("Zl", "Zp", "Zs"):
        return " "
    if character in _TURNING or category in ("Cc", "Cs"):
        return "?"
    return character
