"""The events of a set-up's hand-overs: sent, opened, withdrawn, compared, activated, each with its time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alleo_onboard.domain.handover import Handover, State, Via
from alleo_onboard.store.handovers import Handovers
from alleo_onboard.usecases.setups.resolve import Setup


class Happened(StrEnum):
    """One kind of event."""

    SENT = "sent"
    OPENED = "opened"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    GONE = "gone"
    AGREES = "agrees"  # Alleo's test run was compared with the preview
    DIFFERS = "differs"
    ACTIVATED = "activated"


_ENDS = {State.WITHDRAWN: Happened.WITHDRAWN, State.EXPIRED: Happened.EXPIRED, State.GONE: Happened.GONE}


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a hand-over."""

    at: datetime
    what: Happened
    via: Via
    host: str
    by: str = ""  # user@machine of this computer; "" for Alleo, or when unknown
    whole_day: bool = False  # only the day is known


def events(setup: Setup) -> tuple[Event, ...]:
    """Returns every event of every hand-over, newest first. Raises Usage for a damaged record."""
    found = [event for one in Handovers(setup.home).all(setup.profile.name) for event in _of(one)]
    return tuple(sorted(found, key=_order, reverse=True))


def _order(event: Event) -> tuple[object, ...]:
    """Returns the place in time.

    A day of which the time is not known ends with that event, and two of one minute keep the order of a hand-over: the
    clocks of the service and of this computer are not the same.
    """
    minute = event.at.replace(second=0, microsecond=0)
    return event.at.date(), event.whole_day, minute, tuple(Happened).index(event.what)


def _of(one: Handover) -> Iterator[Event]:
    yield Event(one.sent, Happened.SENT, one.via, one.host, one.by)
    if one.opened:
        yield Event(one.opened, Happened.OPENED, one.via, one.host)
    if one.ended and (what := _ENDS.get(one.state)):
        yield Event(one.ended, what, one.via, one.host)
    if one.compared:
        yield Event(one.compared, Happened.AGREES if one.agrees else Happened.DIFFERS, one.via, one.host)
    if one.activated:
        midnight = datetime.combine(one.activated, datetime.min.time(), one.sent.tzinfo)
        yield Event(midnight, Happened.ACTIVATED, one.via, one.host, whole_day=True)
