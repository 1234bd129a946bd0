"""Sentences of the activation dialogue."""

from __future__ import annotations

from alleo_onboard.locale import _


def no_date(text: str) -> str:
    return _("{text!r} is no date. Write it as 2026-12-31.").format(text=text)


def the_day_it_became_active() -> str:
    return _("The day on which Alleo told you that it is active")


def has_alleo_told_you() -> str:
    return _("Has Alleo told you that the integration is active? Name the day, today or an earlier one.")
