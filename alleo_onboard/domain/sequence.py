"""Orders e-mail changes so that no address is given to one person while another still has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alleo_onboard.domain.change import Change
from alleo_onboard.domain.eligibility import email_key

# RFC 2606 keeps this ending from ever being anybody's: mail to a parked address cannot arrive anywhere.
PARKING = "parked.alleo-onboard.invalid"


@dataclass(frozen=True, slots=True)
class Unit:
    """Changes to be made one after the other. With `ring`, the last one wants an address that the first still has.

    The first of a ring is therefore parked on an address of nobody's before the others move, and moves at the end.
    """

    changes: tuple[Change, ...]
    ring: bool = False


def parked(change: Change) -> str:
    """The address an account waits at while its place is taken; the same for the same person each time."""
    return f"{change.personio_id}@{PARKING}"


def units(changes: Iterable[Change]) -> tuple[Unit, ...]:
    """Each change once: alone where nothing stands in its way, else behind the one that frees its address.

    A chain begins with a change that waits for nobody; what no chain reaches goes round in a ring.
    """
    listed = tuple(changes)
    frees = {email_key(str(c.old["email"])): c for c in listed if c.old.get("email") and c.new.get("email")}
    waits_for = {_key(c): frees.get(email_key(str(c.new["email"]))) for c in listed if c.new.get("email")}
    followers = {_key(first): c for c in listed if (first := waits_for.get(_key(c))) is not None}
    done: set[tuple[int, str]] = set()
    chains = [Unit(_chain(c, followers, done)) for c in listed if waits_for.get(_key(c)) is None]
    rings = [Unit(_chain(c, followers, done), ring=True) for c in listed if _key(c) not in done]
    return (*chains, *rings)


def _chain(first: Change, followers: dict[tuple[int, str], Change], done: set[tuple[int, str]]) -> tuple[Change, ...]:
    found: list[Change] = []
    step: Change | None = first
    while step is not None and _key(step) not in done:
        found.append(step)
        done.add(_key(step))
        step = followers.get(_key(step))
    return tuple(found)


def _key(change: Change) -> tuple[int, str]:
    return change.personio_id, change.kind
