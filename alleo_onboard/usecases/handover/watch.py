"""The watch: check and preview of a set-up whose sync Alleo runs, compared with the last look. Writes nothing there.

What is remembered between two days has no name, address, birthday or amount in it (store.watched).
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.errors import NotReady, Unreachable
from alleo_onboard.domain.finding import standing
from alleo_onboard.domain.guard import Guard
from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import _, ngettext
from alleo_onboard.store import watched as store
from alleo_onboard.store.paths import Home
from alleo_onboard.usecases.preview.preview import Preview, preview
from alleo_onboard.usecases.preview.session import Session


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody whom Alleo would drop at its next sync. `name` is "" where Personio does not show them any more."""

    personio_id: int
    name: str


@dataclass(frozen=True, slots=True)
class News:
    """What differs from the last time. On the `first` time nothing is compared, and everybody stands under nothing.

    `before` is how many people Alleo held as of the last look.
    """

    joins: tuple[Person, ...] = ()
    leaves: tuple[Leaver, ...] = ()
    budgets: tuple[Person, ...] = ()
    blocked: tuple[Person, ...] = ()
    first: bool = False
    before: int = 0

    @property
    def unusual(self) -> bool:
        """Whether more people leave than a run of ours would switch off without a word."""
        return Guard(len(self.leaves), self.before).trips()

    @property
    def any(self) -> bool:
        return bool(self.joins or self.leaves or self.budgets or self.blocked)


@dataclass(frozen=True, slots=True)
class Watched:
    """What one day's watch saw."""

    preview: Preview
    news: News

    @property
    def blocked(self) -> int:
        return sum(one.decision is Decision.BLOCKED for one in self.preview.plan.people)


async def watch(session: Session) -> Watched:
    """Reads Personio, and tells what is new. Raises what `preview` raises, NotReady, and Unreachable when incomplete.

    Only a good and complete reading is remembered, so that a bad day is not what the next one is compared with.
    """
    shown = await preview(session)
    errors = standing(shown.readiness.findings)
    if errors:
        text = ngettext(
            "{n} error must be mended first: {subjects}.", "{n} errors must be mended first: {subjects}.", len(errors)
        )
        raise NotReady(text.format(n=len(errors), subjects=", ".join(e.subject for e in errors)))
    if not shown.plan.complete:
        raise Unreachable(
            _("Personio's list of people moved while it was read, so it may be incomplete. Try again in a minute.")
        )
    home, name = session.setup.home, session.setup.profile.name
    return Watched(shown, await asyncio.to_thread(_compare, shown, home, name))


def _compare(shown: Preview, home: Home, name: str) -> News:
    before = store.load(home, name) or {}
    key = str(before.get("key") or secrets.token_hex(16))
    now = {str(one.personio_id): _seen(one, key) for one in shown.plan.people}
    people = before.get("people")
    news = _news(shown, people, now) if isinstance(people, dict) else News(first=True)
    store.save(home, name, {"key": key, "people": now})
    return news


def _seen(one: Person, key: str) -> list[str]:
    """Decision, and a fingerprint of the budgets that nobody can read without trying amounts."""
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
