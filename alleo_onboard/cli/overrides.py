"""Refuses options about one plan where many set-ups run."""

from __future__ import annotations

import argparse

from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _

# Each option is about one plan that somebody has looked at.
_OVERRIDES = (
    "allow_offboard", "allow_update", "allow_budget", "allow_missing", "accept_incomplete", "accept_change",
    "send_oneoff", "drop_oneoff", "address_changed",
)  # fmt: skip


def refuse_overrides(args: argparse.Namespace) -> None:
    """Raises Usage, naming them, for overrides together with --all."""
    given = [f"--{name.replace('_', '-')}" for name in _OVERRIDES if _given(getattr(args, name, None))]
    if given:
        raise Usage(
            _(
                "{options} is about one plan of one set-up, so it does not go with --all. Name the set-up instead."
            ).format(options=", ".join(given))
        )


def _given(value: object) -> bool:
    """Returns whether an option was used. The number 0 counts as used."""
    return value is not None and value is not False and value not in (frozenset(), ())
