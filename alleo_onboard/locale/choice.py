"""Which language a reader gets: flag, ALLEO_ONBOARD_LANGUAGE, the set-up, the environment, the system, English."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

LANGUAGES = ("en", "nl", "de")
# Each in its own words, so that whoever cannot read the present one finds theirs.
NAMES = {"en": "English", "nl": "Nederlands", "de": "Deutsch"}
VARIABLE = "ALLEO_ONBOARD_LANGUAGE"
# In the order of gettext (GNU gettext manual, "Locale Environment Variables"); LANGUAGE may be a list.
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def following(code: str) -> str:
    """The language after `code`, the first one after the last."""
    return LANGUAGES[(LANGUAGES.index(code) + 1) % len(LANGUAGES)]


def chosen(flag: str, environ: Mapping[str, str]) -> tuple[str, bool]:
    """The language, and whether somebody asked for it by flag or variable, so that no set-up changes it."""
    for asked in (flag, environ.get(VARIABLE, "")):
        if found := known([asked]):
            return found, True
    told = (part for name in _VARIABLES for part in environ.get(name, "").split(":"))
    return known(told) or known(_of_system()) or "en", False


def known(names: Iterable[str]) -> str:
    """The first language there is a catalogue for, "" for none. "C" and "POSIX" say nothing about a reader."""
    for name in names:
        code = name.strip().replace("-", "_").partition(".")[0].partition("_")[0].casefold()
        if code in LANGUAGES:
            return code
    return ""


def _of_system() -> Iterable[str]:
    """The languages of the user's desktop, where the environment does not tell: Windows, and terminals of macOS."""
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
