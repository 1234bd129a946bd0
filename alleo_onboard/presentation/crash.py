"""Text for unexpected errors: never a traceback, never a value."""

from __future__ import annotations

import traceback
from pathlib import Path

from alleo_onboard import __version__
from alleo_onboard.locale import _


def unexpected(error: BaseException) -> str:
    """Returns a sentence with the class and the place of an error.

    The error's own text is left out, as it may hold data.
    """
    sentence = _(
        "Something unexpected happened: {kind}. Nothing more was sent. "
        "Please tell whoever gave you alleo-onboard, with this line: {line}."
    )
    line = f"alleo-onboard {__version__}, {type(error).__name__}, {_place(error)}"
    return sentence.format(kind=type(error).__name__, line=line)


def _place(error: BaseException) -> str:
    """Returns file and line of the innermost call in this project, without folders."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "alleo_onboard" in Path(f.filename).parts]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "-"


def unwritten(reason: str | None) -> str:
    """Returns that standard output did not accept the result, and where to find what was done."""
    text = _("The result cannot be written to standard output: {reason}. What runs did is in runs list.")
    return text.format(reason=reason)
