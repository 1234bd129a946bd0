"""Sentences of the page `delivery` that more than one face shows."""

from __future__ import annotations

from alleo_onboard.locale import _


def a_delivery_is_a_documented() -> str:
    return _("A delivery is a documented way into Alleo.")


def asking_alleo() -> str:
    return _("Asking Alleo …")


def how_do_people_get_into() -> str:
    return _("How do people get into Alleo?")
