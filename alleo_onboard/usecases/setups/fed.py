"""Finds the deliveries that already serve a set-up's people, to warn before a second one is started."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from alleo_onboard.alleo.registry import kind_of, kinds
from alleo_onboard.domain.delivery import DeliveryKind, Runs
from alleo_onboard.domain.handover import State
from alleo_onboard.store.handovers import Handovers
from alleo_onboard.store.ledger import Ledger, has_ledger
from alleo_onboard.usecases.setups.resolve import Setup

_ALIVE = frozenset({State.WAITING, State.FETCHED, State.OPENED, State.ACTIVATED, State.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Fed:
    """A delivery that serves people, or soon will."""

    kind: DeliveryKind | None  # None when people were written by a delivery that the set-up does not name any more
    people: int = 0  # number of people written by this tool
    handed: date | None = None  # day of the hand-over


def handed_over(setup: Setup) -> date | None:
    """Returns the day of the hand-over, or None when there was none or nobody can use the credential any more."""
    one = Handovers(setup.home).latest(setup.profile.name)
    if one is None or one.given_up or one.at(datetime.now(UTC)) not in _ALIVE:
        return None
    return one.sent.date()


def fed(setup: Setup) -> tuple[Fed, ...]:
    """Returns every delivery that serves the people of this set-up, from its ledger and its hand-overs."""
    found = []
    if people := _written(setup):
        own = kind_of(setup.profile.delivery)
        found.append(Fed(own if own and own.runs is not Runs.NOTHING else None, people))
    if handed := handed_over(setup):
        found.append(Fed(next((kind for kind in kinds() if kind.runs is Runs.NOTHING), None), handed=handed))
    return tuple(found)


def beside(ways: tuple[Fed, ...], kind: DeliveryKind) -> tuple[Fed, ...]:
    """Returns those of `ways` that would continue beside `kind`: all but `kind` itself."""
    unknown = kind.runs is Runs.NOTHING  # an unknown delivery is one that writes from here
    return tuple(way for way in ways if (way.kind.name != kind.name if way.kind else unknown))


def _written(setup: Setup) -> int:
    """Returns the number of people linked in the ledger."""
    if not has_ledger(setup.home, setup.profile.name):
        return 0
    with Ledger.of(setup.home, setup.profile.name) as ledger:
        return len(ledger.links())
