"""The words that work at every question, in English and in the reader's language."""

from __future__ import annotations

from alleo_onboard.locale import _


class Word(Exception):  # noqa: N818 - not an error, but where a person wants to go
    """A person typed a word instead of an answer."""


class Back(Word):
    """Go back."""


class Next(Word):
    """Go to the next step."""


class Again(Word):
    """Read the page's data again."""


class Leave(Word):
    """Leave the wizard."""


class Ended(Leave):
    """The input has ended."""


def is_help(typed: str) -> bool:
    """Returns whether a person asks for help."""
    return typed in {"?", "help", _("help")}


def is_back(typed: str) -> bool:
    """Returns whether a person wants to go back."""
    return typed in {"b", "back", _("back")}


def is_leave(typed: str) -> bool:
    """Returns whether a person wants to leave."""
    return typed in {"q", "quit", _("quit")}


def is_yes(typed: str) -> bool:
    """Returns whether an answer means yes."""
    return typed in {"y", "yes", _("yes"), _("yes")[:1]}


def is_no(typed: str) -> bool:
    """Returns whether an answer means no."""
    return typed in {"n", "no", _("no"), _("no")[:1]}
