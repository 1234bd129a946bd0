"""The daily watch of a set-up whose sync Alleo runs: check and preview, compared with the last time.

Writes nothing there.

What is stored between two days has no name, address, birthday or amount (store.watched).
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.errors import NotReady, Unreachable
from alleo_onboard.domain.finding import standing
from alleo_onboard.domain.guard import Guard
from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import _
from alleo_onboard.locale.terms import mended_first
from alleo_onboard.store import watched as store
from alleo_onboard.store.paths import Home
from alleo_onboard.usecases.preview.preview import Preview, preview
from alleo_onboard.usecases.preview.session import Session


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody whom Alleo would offboard at its next sync. `name` is "" when Personio does not show them any more."""

    personio_id: int
    name: str


@dataclass(frozen=True, slots=True)
class News:
    """What changed since the last watch. On the `first` watch nothing is compared and all lists are empty."""

    joins: tuple[Person, ...] = ()
    leaves: tuple[Leaver, ...] = ()
    budgets: tuple[Person, ...] = ()  # people whose budgets changed
    blocked: tuple[Person, ...] = ()
    first: bool = False
    lost: bool = False  # what the last watch saw cannot be read any more, so nothing is compared
    before: int = 0  # number of people who had Alleo at the last watch

    @property
    def unusual(self) -> bool:
        """Returns whether more people leave than the guard allows in a run."""
        return Guard(len(self.leaves), self.before).trips()

    @property
    def any(self) -> bool:
        """Returns whether anything changed."""
        return bool(self.joins or self.leaves or self.budgets or self.blocked)


@dataclass(frozen=True, slots=True)
class Watched:
    """The result of one watch."""

    preview: Preview
    news: News

    @property
    def blocked(self) -> int:
        """Returns the number of blocked people."""
        return sum(one.decision is Decision.BLOCKED for one in self.preview.plan.people)


async def watch(session: Session) -> Watched:
    """Reads Personio and returns what changed.

    Raises what `preview` raises, NotReady for errors of the check, and Unreachable for an incomplete list. Only a
    complete list without errors is stored, so that the next watch compares with a good one.
    """
    shown = await preview(session)
    errors = standing(shown.readiness.findings)
    if errors:
        raise NotReady(mended_first([e.subject for e in errors]))
    if not shown.plan.complete:
        raise Unreachable(
            _("Personio's list of people moved while it was read, so it may be incomplete. Try again in a minute.")
        )
    home, name = session.setup.home, session.setup.profile.name
    return Watched(shown, await asyncio.to_thread(_compare, shown, home, name))


def _compare(shown: Preview, home: Home, name: str) -> News:
    stored = store.load(home, name)
    before = stored or {}
    key = str(before.get("key") or secrets.token_hex(16))
    now = {str(one.personio_id): _seen(one, key) for one in shown.plan.people}
    people = before.get("people")
    news = _news(shown, people, now) if _whole(people) else News(first=stored is None, lost=stored is not None)
    store.save(home, name, {"key": key, "people": now})
    return news


def _whole(people: object) -> TypeGuard[Mapping[str, Any]]:
    """Returns whether all of what was stored has the shape of `_seen`."""
    return isinstance(people, dict) and all(
        isinstance(seen, list) and len(seen) == 2 and all(isinstance(part, str) for part in seen)
        for seen in people.values()
    )


def _seen(one: Person, key: str) -> list[str]:
    """Returns the decision and a keyed hash of the budgets, from which the amounts cannot be read."""
    budgets = ";".join(f"{field}={amount}" for field, amount in sorted(one.budgets.items()))
    return [
        one.decision,
        hmac.new(key.encode(), f"{one.personio_id}:{budgets}".encode(), hashlib.sha256).hexdigest()[:16],
    ]


def _news(shown: Preview, before: Mapping[str, Any], now: Mapping[str, list[str]]) -> News:
    def was(one: Person) -> str:
        return _decision(before.get(str(one.personio_id)))

    people = shown.plan.people
    here = {str(one.personio_id): one for one in people}
    gone = [number for number, seen in before.items() if number not in here and _decision(seen) == Decision.SYNC]
    stopped = [one for one in people if was(one) == Decision.SYNC and one.decision is Decision.SKIP]
    return News(
        joins=tuple(one for one in people if one.decision is Decision.SYNC and was(one) != Decision.SYNC),
        leaves=(
            *(Leaver(one.personio_id, one.name) for one in stopped),
            *(Leaver(int(number), "") for number in gone if number.isdecimal()),
        ),
        budgets=tuple(
            one
            for one in people
            if one.decision is Decision.SYNC
            and was(one) == Decision.SYNC
            and before[str(one.personio_id)][1:] != now[str(one.personio_id)][1:]
        ),
        blocked=tuple(one for one in people if one.decision is Decision.BLOCKED and was(one) != Decision.BLOCKED),
        before=sum(_decision(seen) == Decision.SYNC for seen in before.values()),
    )


def _decision(seen: Any) -> str:
    return str(seen[0]) if isinstance(seen, list) and seen else ""
