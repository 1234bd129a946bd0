"""The words that work at every question, in English and in the reader's language."""

from __future__ import annotations

from alleo_onboard.locale import _


class Word(Exception):  # noqa: N818 - not an error, but where a person wants to go
    """A person said something else than an answer."""


class Back(Word):
    """To where one came from."""


class Next(Word):
    """To the following step."""


class Again(Word):
    """Read again whatever the page reads."""


class Leave(Word):
    """Out of the wizard."""


class Ended(Leave):
    """There is nobody left to answer: the end of input."""


def is_help(typed: str) -> bool:
    return typed in {"?", "help", _("help")}


def is_back(typed: str, *, short: bool) -> bool:
    """`short` where a single letter cannot be an answer."""
    return typed in {"back", _("back")} or (short and typed == "b")


def is_leave(typed: str) -> bool:
    return typed in {"q", "quit", _("quit")}


def is_yes(typed: str) -> bool:
    return typed in {"y", "yes", _("yes"), _("yes")[:1]}


def is_no(typed: str) -> bool:
    return typed in {"n", "no", _("no"), _("no")[:1]}
