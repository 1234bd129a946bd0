"""What stands around every page: the way on, the palette of commands, and the plea for more room."""

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


def next_step(step: str) -> str:
    """Returns the label of the button that leads on, "" for `step` while nothing is open."""
    return _("Next: {step} ›").format(step=step) if step else _("Next ›")


def too_small() -> str:
    return _("alleo-onboard needs a terminal of at least 60 columns and 18 lines. Please make it larger.")
