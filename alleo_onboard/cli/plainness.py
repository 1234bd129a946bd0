"""Decides between the drawn wizard and the plain one: by request, or because the terminal can do no other."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

TYPE_CHECKING = False  # a copy of typing's constant; importing typing takes longer than --version may take
if TYPE_CHECKING:
    from alleo_onboard.presentation.conversation import Cause

_asked = False


def settle(*, flag: bool) -> None:
    """Sets whether this call has the flag `--plain`."""
    global _asked  # noqa: PLW0603 - one call of the command line at a time
    _asked = flag


def cause(environ: Mapping[str, str] | None = None) -> Cause | None:
    """Returns why the plain wizard is used, or None for the full-screen wizard."""
    environ = os.environ if environ is None else environ
    name = _name(environ)
    if name is None:
        return None
    from alleo_onboard.presentation.conversation import Cause

    return Cause[name]


def plain() -> bool:
    """Returns whether only plain lines may be written."""
    return _name(os.environ) is not None


def _name(environ: Mapping[str, str]) -> str | None:
    if _asked:
        return "ASKED"
    if environ.get("ALLEO_ONBOARD_PLAIN", "").strip() not in ("", "0"):
        return "VARIABLE"
    if environ.get("TERM", "").strip().casefold() == "dumb":
        return "DUMB"
    if not _shows_the_frame():
        return "NO_FRAME"
    return None if _moves_its_cursor(environ) else "NO_CURSOR"


def _shows_the_frame() -> bool:
    """Returns whether the terminal's encoding has the characters that the wizard draws."""
    try:
        "╭│▌✓▸…".encode(getattr(sys.stderr, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _moves_its_cursor(environ: Mapping[str, str]) -> bool:
    """Returns whether terminfo says that the terminal can move its cursor; True when there is no terminfo."""
    if sys.platform == "win32":
        return True
    else:  # noqa: RET505 - so that types are checked on every platform
        if not environ.get("TERM", "").strip():
            return False
        try:
            import curses
        except ImportError:  # Python without curses
            return True
        try:
            curses.setupterm(environ["TERM"], sys.stderr.fileno())
            return bool(curses.tigetstr("cup"))
        except (OSError, ValueError, curses.error):
            return True
