"""Whether everything is told in lines, one after the other, and why: asked for, or a terminal that can do no other."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

TYPE_CHECKING = False  # as in typing, which takes longer to load than --version may take altogether
if TYPE_CHECKING:
    from alleo_onboard.presentation.conversation import Cause

_asked = False


def settle(*, flag: bool) -> None:
    """Takes the flag `--plain` of this call."""
    global _asked  # noqa: PLW0603 - one call of the command line at a time
    _asked = flag


def cause(environ: Mapping[str, str] | None = None) -> Cause | None:
    """Why the wizard is to be a conversation; None where it can be drawn, and nobody asked for lines."""
    environ = os.environ if environ is None else environ
    name = _name(environ)
    if name is None:
        return None
    from alleo_onboard.presentation.conversation import Cause

    return Cause[name]


def plain() -> bool:
    """Whether nothing may be drawn over."""
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
    """Whether the encoding of the terminal has the lines and marks that the wizard is drawn with."""
    try:
        "╭│▌✓▸…".encode(getattr(sys.stderr, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _moves_its_cursor(environ: Mapping[str, str]) -> bool:
    """What the terminal's description says. One that nobody described is taken for a usual one."""
    if sys.platform == "win32":
        return True
    else:  # noqa: RET505 - so that types are checked on every platform
        if not environ.get("TERM", "").strip():
            return False
        try:
            import curses
        except ImportError:  # Python without it
            return True
        try:
            curses.setupterm(environ["TERM"], sys.stderr.fileno())
            return bool(curses.tigetstr("cup"))
        except (OSError, ValueError, curses.error):
            return True
