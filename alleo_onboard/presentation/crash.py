"""What a person is told when something happens that nobody thought of: never a traceback, never a value."""

from __future__ import annotations

import traceback
from pathlib import Path

from alleo_onboard import __version__
from alleo_onboard.locale import _


def unexpected(error: BaseException) -> str:
    """A sentence with the kind and the place of an error. Its own text may hold anything, so it is left out."""
    sentence = _(
        "Something unexpected happened: {kind}. Nothing more was sent. "
        "Please tell whoever gave you alleo-onboard, with this line: {line}."
    )
    line = f"alleo-onboard {__version__}, {type(error).__name__}, {_place(error)}"
    return sentence.format(kind=type(error).__name__, line=line)


def _place(error: BaseException) -> str:
    """File and line of the innermost call in this project, without any path of this machine."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "alleo_onboard" in Path(f.filename).parts]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "-"


def unwritten(reason: str | None) -> str:
    """That standard output did not take the result; what was done at Alleo is remembered all the same."""
    text = _("The result cannot be written to standard output: {reason}. What runs did is in runs list.")
    return text.format(reason=reason)
