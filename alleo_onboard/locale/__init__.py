"""Translates every sentence that a person reads.

Catalogues are `<language>/LC_MESSAGES/alleo_onboard.mo` beside this file; without one the text stays English. The
language is chosen in `choice.py` and may change while the program runs, so code that keeps translated text keeps it
with `kept`.
"""

from __future__ import annotations

import functools
import gettext as _gettext
import os
from collections.abc import Callable

from alleo_onboard.locale.choice import LANGUAGES, chosen

TYPE_CHECKING = False  # a copy of typing's constant; importing typing would slow down --help
if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")

_DOMAIN = "alleo_onboard"
_FOLDER = os.path.dirname(__file__)  # noqa: PTH120 - pathlib loads more than a sentence should wait for
_forgetting: list[Callable[[], None]] = []


def _catalogue(language: str) -> _gettext.NullTranslations:
    """Returns the catalogue of a language. gettext.translation would import the slow module `locale`."""
    try:
        with open(os.path.join(_FOLDER, language, "LC_MESSAGES", f"{_DOMAIN}.mo"), "rb") as file:  # noqa: PTH118, PTH123
            return _gettext.GNUTranslations(file)
    except FileNotFoundError:
        return _gettext.NullTranslations()


class _Reader:
    """The language in use, its catalogue, and whether the user asked for exactly this language."""

    def __init__(self) -> None:
        self.asked = False
        self.take(chosen("", os.environ)[0])

    def take(self, language: str) -> None:
        """Loads the catalogue of a language."""
        self.language = language
        self.words = _catalogue(language)


_reader = _Reader()


def _(message: str) -> str:
    """Returns the message in the reader's language."""
    return _reader.words.gettext(message) if message else ""  # gettext stores the catalogue's header under ""


def ngettext(one: str, many: str, n: int) -> str:
    """Returns the message for `n` things in the reader's language."""
    return _reader.words.ngettext(one, many, n)


def pgettext(context: str, message: str) -> str:
    """Returns a word that English uses with two meanings; `context` distinguishes them."""
    return _reader.words.pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Marks a text for translation where it is defined; it is translated where it is shown."""
    return message


def language() -> str:
    """Returns the language in use: "en", "nl" or "de"."""
    return _reader.language


def speak(wanted: str) -> None:
    """Changes the language. `wanted` is one of LANGUAGES."""
    if wanted in LANGUAGES and wanted != _reader.language:
        _reader.take(wanted)
        for forget in _forgetting:
            forget()


def settle(flag: str) -> None:
    """Sets the language from the flag `--language` ("" without one), else from the environment or the system."""
    wanted, _reader.asked = chosen(flag, os.environ)
    speak(wanted)


def prefer(stored: str) -> None:
    """Sets the language of a set-up, unless flag or environment asked for one."""
    if not _reader.asked:
        speak(stored)


def choose(wanted: str) -> None:
    """Sets the language that a person chose while the program runs. No set-up changes it after that."""
    _reader.asked = True
    speak(wanted)


def kept(words: Callable[[], T]) -> Callable[[], T]:
    """Returns the function with its result cached until the language changes. For functions without arguments."""
    found = functools.cache(words)
    _forgetting.append(found.cache_clear)
    return found
