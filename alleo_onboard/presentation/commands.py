"""Sentences of the command palette."""

from __future__ import annotations

from alleo_onboard.locale import _


def search_for_commands() -> str:
    return _("Search for commands…")


def no_such_command() -> str:
    return _("There is no such command")


def hide_or_show_names() -> str:
    return _("Hide or show people's names")


def go_to(step: str) -> str:
    """Returns the name of the command that leads to a step, of which `step` is the label."""
    return _("Go to {step}").format(step=step)
