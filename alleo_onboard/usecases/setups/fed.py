"""Finds out which way feeds the people of a set-up already, so that a second one is not begun beside it unseen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from alleo_onboard.alleo.registry import kind_of, kinds
from alleo_onboard.domain.delivery import DeliveryKind, Runs
from alleo_onboard.domain.handover import State
from alleo_onboard.store.handovers import Handovers
from alleo_onboard.store.ledger import Ledger, ledger_path
from alleo_onboard.usecases.setups.resolve import Setup

_ALIVE = frozenset({State.WAITING, State.FETCHED, State.OPENED, State.ACTIVATED, State.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Fed:
    """A way that feeds people, or is about to: `people` were written from here, or handed over on a day (`handed`).

    `kind` is None where people were written from here in a way that the set-up does not say any more.
    """

    kind: DeliveryKind | None
    people: int = 0
    handed: date | None = None


def handed_over(setup: Setup, now: datetime | None = None) -> date | None:
    """The day on which the credential was handed to Alleo, None where it was not, or nobody can use that any more."""
    one = Handovers(setup.home).latest(setup.profile.name)
    if one is None or one.given_up or one.at(now or datetime.now(UTC)) not in _ALIVE:
        return None
    return one.sent.date()


def fed(setup: Setup, *, now: datetime | None = None) -> tuple[Fed, ...]:
    """Every way that feeds the people of this set-up, as its record and its hand-overs tell."""
    found = []
    if people := _written(setup):
        own = kind_of(setup.profile.delivery)
        found.append(Fed(own if own and own.runs is not Runs.NOTHING else None, people))
    if handed := handed_over(setup, now):
        found.append(Fed(next((kind for kind in kinds() if kind.runs is Runs.NOTHING), None), handed=handed))
    return tuple(found)


def beside(ways: tuple[Fed, ...], kind: DeliveryKind) -> tuple[Fed, ...]:
    """Those of `ways` that would go on beside `kind`: all but `kind` itself."""
    unknown = kind.runs is Runs.NOTHING  # a way that is not said was one that writes from here
    return tuple(way for way in ways if (way.kind.name != kind.name if way.kind else unknown))


def _written(setup: Setup) -> int:
    """How many people the ledger has linked."""
    if not ledger_path(setup.home, setup.profile.name).exists():
        return 0
    with Ledger.of(setup.home, setup.profile.name) as ledger:
        return len(ledger.links())
