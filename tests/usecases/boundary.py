"""Faults between a run and Alleo at one request, a company to try them in, and what must be true afterwards.

Killing happens on the client's side, everything else at the server, over real HTTP.
"""

from __future__ import annotations

import asyncio
import json
import shutil
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from company import Office

from alleo_onboard.domain.errors import Trouble
from alleo_onboard.domain.sequence import PARKING
from alleo_onboard.sandbox.asgi import Response, as_json, drop, write
from alleo_onboard.sandbox.scim_schema import ALLEO, CORE
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.usecases.preview.preview import preview
from alleo_onboard.usecases.run.sync import Consent, Stop, sync

STRANGER = "HR-7"


class Mishap(StrEnum):
    """What happens at a request."""

    KILLED_BEFORE = "process killed before it leaves"
    KILLED_AFTER = "process killed after it was carried out"
    LOST = "carried out, answer lost"
    ERROR_BEFORE = "500, not carried out"
    ERROR_AFTER = "500, carried out"
    THROTTLED = "429"


KILLS = frozenset({Mishap.KILLED_BEFORE, Mishap.KILLED_AFTER})


class Died(BaseException):
    """The process was killed."""


class Line:
    """The client's side of a delivery: cuts it at its n-th request (`writes`: n-th write), before or after it is sent.

    The files at that moment are kept aside. Whatever the process does after it is discarded.
    """

    def __init__(self, place: Office, delivery: Any, at: int, *, after: bool, writes: bool = False) -> None:
        self.place, self.at, self.after, self.writes = place, at, after, writes
        self.met = self.flying = 0
        self.dead = False
        http = delivery._connected()._api.http
        self.once, http._once = http._once, self
        self.left = place.setup.home.data / "left"

    async def __call__(self, ask: Any, *more: Any, **named: Any) -> Any:
        if self.dead:
            raise Died
        counts = not (self.writes and ask.method == "GET")
        self.met += counts
        dies = self.met == self.at and counts
        if dies and not self.after:
            await self.die()
        self.flying += 1
        try:
            answer = await self.once(ask, *more, **named)
        finally:
            self.flying -= 1
        if dies:
            await self.die()
        return answer

    async def die(self) -> None:
        """Cuts the line."""
        self.dead = True
        ledgers = self.place.setup.home.data / "ledgers"
        if ledgers.exists():
            shutil.copytree(ledgers, self.left)
        while self.flying:  # let the server finish what reached it
            await asyncio.sleep(0.001)
        raise Died

    def bury(self) -> None:
        """Restores the files as they were when the process was killed."""
        shutil.rmtree(self.place.setup.home.data / "ledgers", ignore_errors=True)
        if self.left.exists():
            self.left.rename(self.place.setup.home.data / "ledgers")


class Alleo:
    """Stands before the SCIM server: counts payments, and makes a request fail when told to.

    `paid` counts how often each one-off budget got another amount, by (external id, field).
    """

    def __init__(self, place: Office) -> None:
        self._scim = place.scim
        self._inner, place.scim._app = place.scim._app, self
        self.paid: Counter[tuple[str, str]] = Counter()
        self._held: dict[tuple[str, str], Any] = {}
        self.clear()

    def expect(self, kind: Mishap, at: int, *, lasting: bool = False, writes: bool = False) -> None:
        """Makes the n-th request from now fail (`writes`: the n-th write); with `lasting` all after it too."""
        self._kind, self._at, self._lasting, self._writes, self.met = kind, at, lasting, writes, 0

    def clear(self) -> None:
        """Ends all faults."""
        self.expect(Mishap.THROTTLED, 0)

    @property
    def hit(self) -> bool:
        """Returns whether the fault has happened."""
        return 0 < self._at <= self.met

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        kind = self._due(scope["method"])
        if kind in (Mishap.ERROR_BEFORE, Mishap.THROTTLED):
            await receive()
            await write(as_json(429 if kind is Mishap.THROTTLED else 500, {"detail": "Not now"}), send)
            return
        messages: list[Any] = []

        async def keep(message: Any) -> None:
            messages.append(message)

        await self._inner(scope, receive, keep)
        if scope["method"] != "GET":
            self.look()
        if kind is Mishap.LOST:
            await drop(Response(200, b""), send)
        elif kind is Mishap.ERROR_AFTER:
            await write(as_json(500, {"detail": "Something went wrong"}), send)
        else:
            for message in messages:
                await send(message)

    def _due(self, method: str) -> Mishap | None:
        if self._writes and method == "GET":
            return None
        self.met += 1
        due = self.met == self._at or (self._lasting and self.hit)
        return self._kind if due else None

    def look(self) -> None:
        """Counts the one-off budgets that changed."""
        for account in self._scim.accounts:
            for name, amount in (account.get(ALLEO) or {}).items():
                key = (account.get("externalId") or account["id"], name)
                if "_oneoff_" in name and amount is not None and self._held.get(key) != amount:
                    self._held[key] = amount
                    self.paid[key] += 1


async def suffer(
    place: Office,
    alleo: Alleo,
    kind: Mishap,
    at: int,
    *,
    lasting: bool = False,
    writes: bool = False,
    consent: Consent | None = None,
) -> bool:
    """Makes one run with a fault at its n-th request to Alleo. Returns whether it got that far. Raises nothing."""
    line = None
    if kind not in KILLS:
        alleo.expect(kind, at, lasting=lasting, writes=writes)
    try:
        async with place.session() as session:
            if kind in KILLS:
                line = Line(place, session.delivery(), at, after=kind is Mishap.KILLED_AFTER, writes=writes)
            await sync(session, await preview(session), consent or Consent(), Stop())
    except Died:
        assert line
        line.bury()
        return True
    except Trouble:
        pass
    hit, _none = alleo.hit, alleo.clear()
    return hit


@dataclass
class World:
    """A company whose next run is mixed. It can be reset to that moment."""

    place: Office
    alleo: Alleo
    home: Path
    stranger: str

    def __post_init__(self) -> None:
        self._storage = self.place.scim._storage
        self._accounts = [a.model_copy(deep=True) for a in self._storage.in_order()]
        self._paid, self._held = Counter(self.alleo.paid), dict(self.alleo._held)
        self._aside = self.home.with_name(self.home.name + "-aside")
        shutil.copytree(self.home, self._aside)

    def restore(self) -> None:
        """Resets company, Alleo and files."""
        with self._storage.lock:
            self._storage.resources = [a.model_copy(deep=True) for a in self._accounts]
            self._storage._order = dict.fromkeys(str(a.id) for a in self._accounts)
        self.alleo.paid, self.alleo._held = Counter(self._paid), dict(self._held)
        self.alleo.clear()
        shutil.rmtree(self.home)
        shutil.copytree(self._aside, self.home)


async def mixed(place: Office, home: Path) -> World:
    """Returns a company with a starter, a leaver, two exchanged addresses, a change, a re-hire, an account to link.

    Needs 14 people or more in the scenario `selective`.
    """
    alleo, personio = Alleo(place), place.personio
    field, oneoff = personio.key_of("Alleo"), personio.key_of("alleo_oneoff_all_budget")
    chosen = [p for p in personio.people if p.custom.get(field) == "Yes" and p.status == "active"]
    starter, known = chosen[0].id, chosen[1]
    for number in (starter, known.id):
        personio.edit(number, custom={field: "No"})
    foreign = {"schemas": [CORE], "userName": "somebody@else.example", "externalId": STRANGER, "active": True}
    (identity,) = place.scim.add(foreign)
    await place.sync()
    one, two, leaver, moved, back = sorted(int(n) for a in place.scim.accounts if (n := a["externalId"]) != STRANGER)[
        :5
    ]
    personio.edit(back, status="inactive")
    await place.sync()
    emails = [place.account(n)["userName"] for n in (one, two)]
    personio.edit(one, email=emails[1])
    personio.edit(two, email=emails[0])
    personio.edit(leaver, status="inactive")
    personio.edit(moved, last_name="Changed")
    personio.edit(back, status="active")
    personio.edit(starter, custom={field: "Yes", oneoff: 75})
    personio.edit(known.id, custom={field: "Yes"})
    place.scim.add({"schemas": [CORE], "userName": known.email, "emails": _emails(known.email), "active": False})
    return World(place, alleo, home, identity)


def _emails(address: str) -> list[dict[str, Any]]:
    return [{"value": address, "type": "work", "primary": True}]


def held(place: Office) -> list[str]:
    """Returns the accounts at Alleo, without values that differ each time."""
    return sorted(
        json.dumps({k: v for k, v in a.items() if k not in ("id", "meta")}, sort_keys=True, default=str)
        for a in place.scim.accounts
    )


@dataclass(frozen=True)
class Truth:
    """The result of a run without faults: accounts, granted amounts, and linked people."""

    accounts: list[str]
    granted: dict[tuple[int, str], Any]
    linked: set[int]

    @classmethod
    def of(cls, place: Office) -> Truth:
        with place.ledger as ledger:
            return cls(held(place), dict(ledger.granted()), set(ledger.links()))


async def recover(world: World, truth: Truth | None = None) -> list[str]:
    """Makes the next run without faults, and returns what is wrong after it."""
    place = world.place
    foreign = next(a for a in place.scim.accounts if a["id"] == world.stranger)
    async with place.session() as session:
        result = await sync(session, await preview(session), Consent())
        rest = (await preview(session)).plan.changes
    accounts = place.scim.accounts
    ids = [a["externalId"] for a in accounts]
    wrong = {
        "a change failed": result.failed,
        "drift": result.drift,
        "changes are left": rest,
        "the ledger holds unsettled changes": _asked(place, Ledger.unsettled),
        "the ledger's chain is broken": _asked(place, lambda ledger: ledger.verify().faults),
        "a link leads to another's account": _crossed(place),
        "two accounts have one id": len(set(ids)) != len(ids),
        "an account is parked": [a for a in accounts if PARKING in a["userName"]],
        "a one-off budget was not paid once": [key for key, times in world.alleo.paid.items() if times != 1],
        "somebody else's account was touched": foreign not in accounts,
        "Alleo or the ledger is not as after an undisturbed run": truth is not None and Truth.of(place) != truth,
    }
    return [f"{what}: {found}" for what, found in wrong.items() if found]


def _asked(place: Office, question: Any) -> Any:
    with place.ledger as ledger:
        return question(ledger)


def _crossed(place: Office) -> list[int]:
    whose = {a["id"]: a["externalId"] for a in place.scim.accounts}
    with place.ledger as ledger:
        return [number for number, account in ledger.links().items() if whose.get(account) != str(number)]
