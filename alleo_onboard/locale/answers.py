"""Yes in the reader's language, and in English, which is understood everywhere."""

from __future__ import annotations

from alleo_onboard.locale import _


def yes_letter() -> str:
    """The key that says yes: y, in Dutch and German j."""
    return _("yes").casefold()[0]


def means_yes(answer: str) -> bool:
    """Whether a typed answer is a yes: the word or its letter."""
    return answer.strip().casefold() in ("yes", "y", _("yes").casefold(), yes_letter())
