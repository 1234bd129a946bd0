"""Sentences of the page `veil` that more than one face shows."""

from __future__ import annotations

from alleo_onboard.locale import _


def names_and_addresses_are_hidden() -> str:
    return _("Names and addresses are hidden.")


def names_and_addresses_are_shown() -> str:
    return _("Names and addresses are shown.")
