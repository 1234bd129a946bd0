"""Sentences about set-ups: two that end at one place, and an environment that contradicts one."""

from __future__ import annotations

from collections.abc import Sequence

from alleo_onboard.locale import _
from alleo_onboard.usecases.setups.environment import Difference


def shared_sentence(name: str, others: Sequence[str], *, meant: bool) -> str:
    """Which other set-ups write to the same Alleo, and what that means; "" where there are none."""
    if not others:
        return ""
    if meant:
        text = _("{name} shares its Alleo address with {others}, as its set-up says (shared = true).")
    else:
        text = _(
            "{name} has the same Alleo address as {others}: each run may undo the other's. Remove the one that is too "
            "many (alleo-onboard profiles remove), or, where both are meant, write shared = true into their files."
        )
    return text.format(name=name, others=", ".join(others))


def difference_sentence(one: Difference) -> str:
    """Where the environment contradicts a saved set-up, before something is installed for it."""
    text = _("{variable} is {here} in this environment, and {saved} in the set-up. The daily run uses the set-up's.")
    return text.format(variable=one.variable, here=one.here, saved=one.saved)
