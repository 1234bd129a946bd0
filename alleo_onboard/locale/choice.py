"""Chooses the language: flag, ALLEO_ONBOARD_LANGUAGE, set-up, environment, operating system, English, in this order."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

LANGUAGES = ("en", "nl", "de")
# Each in its own language, so that people find theirs.
NAMES = {"en": "English", "nl": "Nederlands", "de": "Deutsch"}
VARIABLE = "ALLEO_ONBOARD_LANGUAGE"
# In the order of gettext (GNU gettext manual, "Locale Environment Variables"). LANGUAGE may be a list.
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def following(code: str) -> str:
    """Returns the language after `code`; after the last, the first."""
    return LANGUAGES[(LANGUAGES.index(code) + 1) % len(LANGUAGES)]


def chosen(flag: str, environ: Mapping[str, str]) -> tuple[str, bool]:
    """Returns the language, and whether flag or variable asked for it, so that no set-up changes it."""
    for asked in (flag, environ.get(VARIABLE, "")):
        if found := known([asked]):
            return found, True
    told = (part for name in _VARIABLES for part in environ.get(name, "").split(":"))
    return known(told) or known(_of_system()) or "en", False


def known(names: Iterable[str]) -> str:
    """Returns the first language that has a catalogue, or "". "C" and "POSIX" are no languages."""
    for name in names:
        code = name.strip().replace("-", "_").partition(".")[0].partition("_")[0].casefold()
        if code in LANGUAGES:
            return code
    return ""


def _of_system() -> Iterable[str]:
    """Returns the languages of the user's desktop on Windows and macOS."""
    if sys.platform == "win32":
        import ctypes
        import locale

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return (locale.windows_locale.get(number, ""),)
    elif sys.platform == "darwin":  # noqa: RET505 - so that types are checked on every platform
        import subprocess

        try:
            words = ["/usr/bin/defaults", "read", "-g", "AppleLanguages"]
            done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=2)
        except (OSError, subprocess.SubprocessError):
            return ()
        return (line.strip(' \t",()') for line in done.stdout.splitlines())
    else:
        return ()
