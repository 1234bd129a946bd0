"""Sentences of the page `start` that more than one face shows."""

from __future__ import annotations

from alleo_onboard.locale import _


def what_you_begin_is_saved() -> str:
    return _("What you begin is saved as you go; the secret only where you say so.")
