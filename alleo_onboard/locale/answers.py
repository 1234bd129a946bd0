"""Recognises yes in the reader's language and in English."""

from __future__ import annotations

from alleo_onboard.locale import _


def yes_letter() -> str:
    """Returns the key for yes: y, in Dutch and German j."""
    return _("yes").casefold()[0]


def means_yes(answer: str) -> bool:
    """Returns whether a typed answer means yes: the word or its first letter."""
    return answer.strip().casefold() in ("yes", "y", _("yes").casefold(), yes_letter())


def space_bar() -> str:
    """Returns what the space bar is called on the reader's keyboard."""
    return _("Space")
