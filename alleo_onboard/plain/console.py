"""The terminal as a stream of lines: what is written never moves a cursor, and secrets are read without being shown."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from alleo_onboard.plain.words import Ended

# Marks that turn the direction of the text around them, so that a name could rewrite its neighbours.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LONGEST = 4096  # characters of an answer


class Console:
    """Standard input and standard error of this process. Tests put a script in its place."""

    def write(self, text: str) -> None:
        """One line."""
        self._put(f"{text}\n")

    def read(self, prompt: str) -> str:
        """The line typed after `prompt`. Raises Ended where there is none any more."""
        self._put(prompt)
        try:
            return _line(sys.stdin.readline())
        except UnicodeDecodeError:  # bytes of another encoding are no answer
            return "\N{REPLACEMENT CHARACTER}"

    @contextmanager
    def unseen(self) -> Iterator[None]:
        """What is typed or pasted inside is not shown, lines that are typed ahead included."""
        with _without_echo():
            yield

    def read_unseen(self, prompt: str) -> str:
        """Like `read`, inside `unseen`: the line end, which was not shown either, is written after it."""
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
        except (OSError, ValueError):  # nobody is listening any more; that is found out by reading
            return


def _line(text: str) -> str:
    if not text:
        raise Ended
    return text.rstrip("\r\n")[:_LONGEST]


@contextmanager
def _without_echo() -> Iterator[None]:
    """Keeps what is typed ahead, which `getpass` throws away: the second line of a paste is in it."""
    if sys.platform == "win32":
        yield
    else:
        import termios

        try:
            number = sys.stdin.fileno()
            before = termios.tcgetattr(number)
        except (OSError, ValueError, termios.error):  # no terminal, and so nothing that would show it
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
    """`text` on one line, without anything that steers a terminal."""
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
