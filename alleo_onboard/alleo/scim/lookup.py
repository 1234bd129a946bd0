"""Whether a person has an account already: asked before anything is created twice."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from alleo_onboard.alleo.scim.api import Api
from alleo_onboard.alleo.scim.features import Features
from alleo_onboard.alleo.scim.lenient import pick, rows, text
from alleo_onboard.alleo.scim.resource import account_of, named
from alleo_onboard.domain.account import Account
from alleo_onboard.domain.eligibility import email_key

ReadAll = Callable[[], Awaitable[Sequence[Account]]]


class Standing(StrEnum):
    """Whose an account is."""

    NONE = "none"  # there is no such account
    OURS = "ours"  # it carries the person's id
    FREE = "free"  # it has the address and no id
    OTHER = "other"  # it has the address and somebody else's id


@dataclass(frozen=True, slots=True)
class Found:
    standing: Standing
    account: Account | None = None


class Lookup:
    """Asks with a filter where the server knows filters, else reads the list.

    A filter's "nobody" is believed only from a server that has found somebody by externalId in this run: some answer
    every filter they do not know with an empty list, others with everybody (facts: Snowflake, better-auth).
    """

    def __init__(self, api: Api, features: Features, read_all: ReadAll) -> None:
        self._api, self._features, self._read_all = api, features, read_all
        self._filters, self._proven = True, False
        self._lock = asyncio.Lock()
        self._listed: Sequence[Account] = ()
        self._listed_from = float("-inf")

    async def find(self, external_id: str, email: str) -> Found:
        """Raises DeliveryRefused, Unreachable."""
        asked_at = self._api.patience.clock.monotonic()
        found = await self._filtered(external_id, email)
        return found or _among(await self._list(asked_at), external_id, email)

    async def _filtered(self, external_id: str, email: str) -> Found | None:
        """None where filters do not tell."""
        ours = await self._ask("externalId", external_id, lambda r: text(pick(r, "externalId")) == external_id)
        if ours:
            self._proven = True
        same = ours or await self._ask("userName", email, lambda r: named(r, email))
        if same:
            return _found(same, external_id)
        return Found(Standing.NONE) if self._filters and self._proven else None

    async def _ask(self, attribute: str, value: str, fits: Callable[[Any], bool]) -> Account | None:
        """The first account that really fits. Turns filters off for this run where the server does not keep to them."""
        if not self._filters:
            return None
        query = f"{attribute} eq {json.dumps(value, ensure_ascii=False)}"
        answer = await self._api.get("Users", {"filter": query})
        if answer.unusable:
            raise self._api.unreachable(answer)
        if not answer.ok:
            self._filters = answer.status == 404 and self._filters
            return None
        listed = rows(answer.body)
        fitting = (account_of(r, self._features.places) for r in listed if fits(r))
        account = next((a for a in fitting if a), None)
        if listed and account is None:
            self._filters = False
        return account

    async def _list(self, asked_at: float) -> Sequence[Account]:
        """All accounts as they were at `asked_at` or later; callers who wait at the same time share one reading."""
        async with self._lock:
            if self._listed_from < asked_at:
                begun = self._api.patience.clock.monotonic()
                self._listed = await self._read_all()
                self._listed_from = begun
            return self._listed


def _among(accounts: Sequence[Account], external_id: str, email: str) -> Found:
    linked = next((a for a in accounts if a.external_id == external_id), None)
    same = linked or next((a for a in accounts if email_key(a.email) == email_key(email)), None)
    return _found(same, external_id) if same else Found(Standing.NONE)


def _found(account: Account, external_id: str) -> Found:
    if account.external_id == external_id:
        return Found(Standing.OURS, account)
    return Found(Standing.OTHER if account.external_id else Standing.FREE, account)
