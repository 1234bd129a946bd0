"""Sentences of the dialogue for handing over through another service."""

from __future__ import annotations

from alleo_onboard.locale import _


def link_is_needed() -> str:
    return _("Without a link there is nothing to follow. Nothing was written down.")
