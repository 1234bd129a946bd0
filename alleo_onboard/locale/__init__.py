"""The reader's language: every sentence a person reads passes through here.

Catalogues lie beside this file as `<language>/LC_MESSAGES/alleo_onboard.mo`; without one the text stays English. Which
one is used is chosen in `choice.py`, and may change while the program runs: whoever keeps translated words keeps them
with `kept`.
"""

from __future__ import annotations

import functools
import gettext as _gettext
import os
from collections.abc import Callable

from alleo_onboard.locale.choice import LANGUAGES, chosen

TYPE_CHECKING = False  # as in typing, which --help does without
if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")

_DOMAIN = "alleo_onboard"
_FOLDER = os.path.dirname(__file__)  # noqa: PTH120 - pathlib loads more than a sentence should wait for
_forgetting: list[Callable[[], None]] = []


def _catalogue(language: str) -> _gettext.NullTranslations:
    """The sentences of that language. gettext.translation would load `locale` to find the one file there can be."""
    try:
        with open(os.path.join(_FOLDER, language, "LC_MESSAGES", f"{_DOMAIN}.mo"), "rb") as file:  # noqa: PTH118, PTH123
            return _gettext.GNUTranslations(file)
    except FileNotFoundError:
        return _gettext.NullTranslations()


class _Reader:
    """Who reads: the language, its catalogue, and whether somebody asked for exactly this language."""

    def __init__(self) -> None:
        self.asked = False
        self.take(chosen("", os.environ)[0])

    def take(self, language: str) -> None:
        self.language = language
        self.words = _catalogue(language)


_reader = _Reader()


def _(message: str) -> str:
    """The sentence in the reader's language."""
    return _reader.words.gettext(message) if message else ""  # gettext keeps its own notes under ""


def ngettext(one: str, many: str, n: int) -> str:
    """The sentence for `n` of something."""
    return _reader.words.ngettext(one, many, n)


def pgettext(context: str, message: str) -> str:
    """A word that English uses for two things; `context` says which."""
    return _reader.words.pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Marks a text for the translators that is translated where it is shown."""
    return message


def language() -> str:
    """The language in use: "en", "nl" or "de"."""
    return _reader.language


def speak(wanted: str) -> None:
    """Goes on in another language, from the next sentence on. `wanted` is one of LANGUAGES."""
    if wanted in LANGUAGES and wanted != _reader.language:
        _reader.take(wanted)
        for forget in _forgetting:
            forget()


def settle(flag: str) -> None:
    """Takes the language of the flag `--language`, "" without one, else of the environment or the system."""
    wanted, _reader.asked = chosen(flag, os.environ)
    speak(wanted)


def prefer(stored: str) -> None:
    """Takes the language of a set-up, unless flag or environment asked for one."""
    if not _reader.asked:
        speak(stored)


def choose(wanted: str) -> None:
    """Takes the language a person picked while the program runs; no set-up changes it again."""
    _reader.asked = True
    speak(wanted)


def kept(words: Callable[[], T]) -> Callable[[], T]:
    """Keeps what a function without arguments returns, until the language changes."""
    found = functools.cache(words)
    _forgetting.append(found.cache_clear)
    return found
