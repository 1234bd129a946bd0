"""Reads every account, from servers that page by index, by cursor (RFC 9865), or not at all."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from alleo_onboard.alleo.scim.answer import Answer
from alleo_onboard.alleo.scim.api import Api
from alleo_onboard.alleo.scim.features import Features
from alleo_onboard.alleo.scim.lenient import number, pick, rows, text
from alleo_onboard.alleo.scim.resource import account_of
from alleo_onboard.domain.account import Account
from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.domain.progress import AccountsRead
from alleo_onboard.locale import _

_READS = 3  # attempts; accounts that are added or removed meanwhile shift the pages
_AT_ONCE = 32  # pages requested together; the HTTP client limits how many are in progress
_IDLE_PAGES = 3  # after this many pages by cursor without a new account, the server repeats itself


@dataclass(frozen=True, slots=True)
class Page:
    """One page of accounts. `total` is None when the server does not state it."""

    resources: list[Any]
    total: int | None
    cursor: str

    @property
    def received(self) -> int:
        """Returns the number of resources on the page, usable or not."""
        return len(self.resources)


@dataclass(slots=True)
class Tally:
    """The distinct accounts found so far, and the total that the first page stated."""

    total: int | None
    found: dict[str, Account] = field(default_factory=dict)

    @property
    def short(self) -> bool:
        """Returns whether accounts are missing."""
        return self.total is not None and len(self.found) < self.total


class Listing:
    """Reads all accounts. Raises DeliveryRefused, and Unreachable when not every account could be read."""

    def __init__(self, api: Api, features: Features) -> None:
        self._api, self._features = api, features
        self._sorted = False

    async def read(self) -> tuple[Account, ...]:
        """Returns all accounts.

        Attempts with the same total count together: some servers repeat one account on two pages and leave out another,
        unless they are asked to sort.
        """
        tally = await self._attempt(Tally(None), careful=False)
        for _again in range(_READS - 1):
            if not tally.short:
                break
            tally = await self._attempt(tally, careful=True)
        if tally.short:
            raise Unreachable(
                _(
                    "{host} listed only {found} of its {total} accounts, so nothing can be planned. "
                    "Try again later; if it stays so, tell Alleo."
                ).format(host=self._api.host, found=len(tally.found), total=tally.total)
            )
        self._api.notify(AccountsRead(len(tally.found), len(tally.found)))
        return tuple(tally.found.values())

    async def _attempt(self, before: Tally, *, careful: bool) -> Tally:
        """Reads the whole list once.

        `careful` reads one page after the other by the number of accounts that came, sorted if the server can.
        """
        self._sorted = careful
        first = await self._first()
        tally = Tally(first.total, dict(before.found) if first.total == before.total else {})
        fresh = self._add(tally, first)
        if first.cursor:
            await self._by_cursor(tally, first)
        elif careful:
            await self._page_by_page(tally, first)
        elif fresh:
            await self._by_index(tally, first)
        return tally

    async def _first(self) -> Page:
        """Returns the first page, by cursor or sorted if the server can."""
        if self._features.cursor:
            answer = await self._api.get("Users", {"cursor": "", "count": str(self._features.page)})
            if answer.status not in (400, 501):
                return self._page(answer)
        if self._sorted:
            answer = await self._ask(startIndex="1")
            if answer.ok:
                return self._page(answer)
            self._sorted = False
        return await self._fetch(startIndex="1")

    async def _by_cursor(self, tally: Tally, page: Page) -> None:
        """Reads until there is no cursor, a cursor repeats, or pages bring nothing new."""
        seen: set[str] = set()
        idle = 0
        while page.cursor and page.cursor not in seen and idle < _IDLE_PAGES:
            seen.add(page.cursor)
            page = await self._fetch(cursor=page.cursor)
            idle = 0 if self._add(tally, page) else idle + 1

    async def _by_index(self, tally: Tally, first: Page) -> None:
        """Reads until the stated total, an empty page, or a page without new accounts (a server that ignores paging).

        If the first page already has the total, the next one is requested anyway: some servers state the count of
        the page, and send fewer accounts than requested.
        """
        page, start = first, 1 + first.received
        doubtful = True
        while page.received and (tally.total is None or len(tally.found) != tally.total or doubtful):
            behind = doubtful and not tally.short
            answer = await self._ask(startIndex=str(start))
            if behind and 400 <= answer.status < 500 and answer.status not in (401, 403, 429):
                return  # there is nothing after the end
            page = self._page(answer)
            doubtful = False
            start += page.received
            if not self._add(tally, page):
                return
            if behind:
                tally.total = None  # the stated total was that of the page
            if tally.short and page.received == first.received:
                await self._rest(tally, start, first.received)
                return

    async def _page_by_page(self, tally: Tally, first: Page) -> None:
        """Reads until the stated total, an empty page, or when pages bring nothing new."""
        page, start, idle = first, 1 + first.received, 0
        while page.received and tally.short and idle < _IDLE_PAGES:
            page = await self._fetch(startIndex=str(start))
            start += page.received
            idle = 0 if self._add(tally, page) else idle + 1

    async def _rest(self, tally: Tally, start: int, stride: int) -> None:
        """Reads the remaining pages in parallel: two pages have shown that the server respects index and size.

        Ends early at a page without new accounts, because the total is only the server's claim.
        """
        indexes = iter(range(start, (tally.total or 0) + 1, stride))
        ended = False

        async def work() -> None:
            nonlocal ended
            for index in indexes:
                if ended:
                    return
                ended = not self._add(tally, await self._fetch(startIndex=str(index))) or ended

        try:
            async with asyncio.TaskGroup() as group:
                for _worker in range(_AT_ONCE):
                    group.create_task(work())
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None

    async def _ask(self, **position: str) -> Answer:
        """Requests one page."""
        order = {"sortBy": "userName", "sortOrder": "ascending"} if self._sorted else {}
        return await self._api.get("Users", position | order | {"count": str(self._features.page)})

    async def _fetch(self, **position: str) -> Page:
        return self._page(await self._ask(**position))

    def _page(self, answer: Answer) -> Page:
        """Returns the page in an answer. Raises Unreachable."""
        if not answer.ok:
            raise self._api.unreachable(answer)
        if not isinstance(answer.body, (dict, list)):
            raise Unreachable(
                _("{host} answers with something that is no list of accounts.").format(host=self._api.host)
            )
        cursor = text(pick(answer.body, "nextCursor"))
        return Page(rows(answer.body), number(pick(answer.body, "totalResults")), cursor)

    def _add(self, tally: Tally, page: Page) -> bool:
        """Adds the accounts of a page. Returns whether any was new."""
        before = len(tally.found)
        for resource in page.resources:
            if account := account_of(resource, self._features.places):
                tally.found.setdefault(account.id, account)
        done = len(tally.found)
        if done and (tally.total is None or tally.short):  # the end is told once, when it is known to be one
            self._api.notify(AccountsRead(done, tally.total or 0))
        return done > before
