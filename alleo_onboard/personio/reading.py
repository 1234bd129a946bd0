"""Reads all employees page by page, in parallel, and reads again when the list changed meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.progress import EmployeesRead, Notify, Rereading
from alleo_onboard.personio.shape import Page

PAGE = 100  # the most Personio gives at once (its pagination guide, enforced since January 2025)
READS = 3

Fetch = Callable[[int], Awaitable[Page]]


@dataclass(frozen=True, slots=True)
class Read:
    """Everybody who was read, by id. `stated` is the total that Personio named last.

    `complete` when as many people were found as Personio stated from the first page to the last: in one reading, or
    over several with the same total throughout, as people made at one moment change places between pages. Otherwise
    `employees` is everybody whom any of the readings found.
    """

    # Thousands of people in a repr are nobody's to read, and asyncio.run makes one of whatever its task returns.
    employees: tuple[Employee, ...] = field(repr=False)
    complete: bool
    stated: int


async def read_all(fetch: Fetch, notify: Notify, concurrency: int) -> Read:
    """Reads with `fetch` (offset to page) until everybody was found, READS times at most."""
    known: dict[int, Employee] = {}
    steady: dict[int, Employee] = {}  # found since the total has been the same
    stated: int | None = None
    last = 0
    for attempt in range(1, READS + 1):
        if attempt > 1:
            notify(Rereading(attempt))
        one = _Round(fetch, notify)
        await one.run(concurrency)
        last = one.total
        if one.complete:
            return Read(_by_id(one.found), complete=True, stated=one.total)
        known |= one.found
        if one.moved:
            steady, stated = {}, None
            continue
        steady = (steady if one.total == stated else {}) | one.found
        stated = one.total
        if len(steady) == stated:
            return Read(_by_id(steady), complete=True, stated=stated)
    return Read(_by_id(known), complete=False, stated=last)


def _by_id(found: dict[int, Employee]) -> tuple[Employee, ...]:
    return tuple([found[number] for number in sorted(found)])


@dataclass(slots=True)
class _Round:
    """One read from the first page to the last."""

    fetch: Fetch
    notify: Notify
    found: dict[int, Employee] = field(default_factory=dict)
    total: int = 0
    moved: bool = False
    ended: bool = False

    @property
    def complete(self) -> bool:
        return not self.moved and len(self.found) == self.total

    async def run(self, concurrency: int) -> None:
        first = await self.fetch(0)
        self.moved = first.stated is None
        self.total = first.stated or 0
        self._take(first)
        # The rows that came tell the length of a page, whatever length was asked for.
        offsets = iter(range(first.rows, self.total, first.rows) if first.rows else ())

        async def work() -> None:
            for offset in offsets:
                if self.ended:
                    return
                page = await self.fetch(offset)
                self._take(page)

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(concurrency):
                    group.create_task(work())
        except ExceptionGroup as several:
            failure = several.exceptions[0]
        else:
            return
        raise failure

    def _take(self, page: Page) -> None:
        if page.stated is not None and page.stated != self.total:
            self.moved, self.total = True, page.stated
        found, before = self.found, len(self.found)
        for employee in page.employees:
            found.setdefault(employee.id, employee)
        # Nothing new: the list has ended, or the server gives the same page whatever offset is asked for.
        self.ended = self.ended or len(found) == before
        self.notify(EmployeesRead(len(found), self.total))
