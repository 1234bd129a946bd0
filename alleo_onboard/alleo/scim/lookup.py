"""Finds out whether a person already has an account, before one is created."""

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
    """To whom an account belongs."""

    NONE = "none"  # there is no such account
    OURS = "ours"  # it carries this person's id
    FREE = "free"  # it has this address and no id
    OTHER = "other"  # it has this address and another person's id


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    standing: Standing
    account: Account | None = None


class Lookup:
    """Searches with a filter if the server supports filters, else in the list of all accounts.

    An empty result counts only if a filter by externalId has found somebody in this run: some servers answer an unknown
    filter with an empty list, others with all accounts (facts: Snowflake, better-auth).
    """

    def __init__(self, api: Api, features: Features, read_all: ReadAll) -> None:
        self._api, self._features, self._read_all = api, features, read_all
        self._filters, self._proven = True, False
        self._lock = asyncio.Lock()
        self._listed: Sequence[Account] = ()
        self._listed_from = float("-inf")

    async def find(self, external_id: str, email: str) -> Found:
        """Returns the account with this external id, else with this address. Raises DeliveryRefused, Unreachable."""
        asked_at = self._api.patience.clock.monotonic()
        found = await self._filtered(external_id, email)
        return found or _among(await self._list(asked_at), external_id, email)

    async def _filtered(self, external_id: str, email: str) -> Found | None:
        """Returns what filters find, or None when filters cannot be trusted."""
        ours = await self._ask("externalId", external_id, lambda r: text(pick(r, "externalId")) == external_id)
        if ours:
            self._proven = True
        same = ours or await self._ask("userName", email, lambda r: named(r, email))
        if same:
            return _found(same, external_id)
        return Found(Standing.NONE) if self._filters and self._proven else None

    async def _ask(self, attribute: str, value: str, fits: Callable[[Any], bool]) -> Account | None:
        """Returns the first account that really matches. Stops using filters when the server does not respect them."""
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
        """Returns all accounts as of `asked_at` or later. Callers that wait at the same time share one read."""
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
