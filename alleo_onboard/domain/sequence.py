"""Orders changes of e-mail addresses so that no address is given away while another account still has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alleo_onboard.domain.change import Change
from alleo_onboard.domain.eligibility import email_key

# RFC 2606 reserves .invalid, so mail to a parked address reaches nobody.
PARKING = "parked.alleo-onboard.invalid"


@dataclass(frozen=True, slots=True)
class Unit:
    """Changes to make one after the other.

    With `ring`, the last change needs the address that the first account still has. Then the first account is parked on
    an unused address before the others change, and gets its own new address at the end.
    """

    changes: tuple[Change, ...]
    ring: bool = False


def parked(change: Change) -> str:
    """Returns the temporary address of an account; always the same for the same person."""
    return f"{change.personio_id}@{PARKING}"


def units(changes: Iterable[Change]) -> tuple[Unit, ...]:
    """Returns the changes in units; each change is in exactly one.

    A unit is one change, or a chain in which each change frees the address that the next one needs. Changes that no
    chain reaches form a ring.
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
    """Returns the chain that begins with `first`, without changes already in `done`."""
    found: list[Change] = []
    step: Change | None = first
    while step is not None and _key(step) not in done:
        found.append(step)
        done.add(_key(step))
        step = followers.get(_key(step))
    return tuple(found)


def _key(change: Change) -> tuple[int, str]:
    return change.personio_id, change.kind
