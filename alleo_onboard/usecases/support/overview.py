"""The set-ups of this computer in short: the last run of each, and whether somebody has to look."""

from __future__ import annotations

from dataclasses import dataclass

from alleo_onboard.domain.errors import Trouble
from alleo_onboard.usecases.handover.follow import Followed, remembered
from alleo_onboard.usecases.setups.resolve import Setup, Setups
from alleo_onboard.usecases.support.last_run import LastRun, last_run


@dataclass(frozen=True, slots=True)
class SetupState:
    """One set-up. `trouble` says why it cannot be read; otherwise `setup` and `last` are set."""

    name: str
    setup: Setup | None = None
    last: LastRun | None = None
    proven: frozenset[str] = frozenset()
    trouble: str = ""
    handover: Followed | None = None  # the last known state of its hand-over


def overview(setups: Setups) -> tuple[SetupState, ...]:
    """Returns every set-up in alphabetical order, from local files, without secrets. It blocks."""
    return tuple(_state(setups, name) for name in setups.names())


def _state(setups: Setups, name: str) -> SetupState:
    try:
        setup = setups.find(name, secrets=False)
        return SetupState(name, setup, last_run(setup), setups.proven(name), handover=remembered(setup))
    except Trouble as trouble:
        return SetupState(name, trouble=str(trouble))
