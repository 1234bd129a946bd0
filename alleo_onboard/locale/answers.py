"""Recognises yes in the reader's language and in English."""

from __future__ import annotations

from alleo_onboard.locale import _


def yes_letter() -> str:
    """Returns the key for yes: y, in Dutch and German j."""
    return _("yes").casefold()[0]


def whole_yes(answer: str) -> bool:
    """Returns whether the whole word yes was typed, as before anything is written to Alleo."""
    return answer.strip().casefold() in ("yes", _("yes").casefold())


def space_bar() -> str:
    """Returns what the space bar is called on the reader's keyboard."""
    return _("Space")
