"""Sentences shown when names are hidden or shown, and when the language changes."""

from __future__ import annotations

from alleo_onboard.locale import _


def names_hidden() -> str:
    return _("Names and addresses are hidden.")


def names_shown() -> str:
    return _("Names and addresses are shown.")


def language_now(name: str) -> str:
    return _("Language: {name}.").format(name=name)
