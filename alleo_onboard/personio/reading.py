"""Reads all employees page by page, in parallel, and reads again when the list changed meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.progress import EmployeesRead, Notify, Rereading
from alleo_onboard.personio.shape import Page

PAGE = 100  # employees; Personio's maximum (its pagination guide, enforced since January 2025)
READS = 3  # how often the list is read, at most

Fetch = Callable[[int], Awaitable[Page]]


@dataclass(frozen=True, slots=True)
class Read:
    """The employees that were read, ordered by id.

    The read is complete when it found as many people as Personio stated. Several reads with the same total count
    together: people created at the same moment may move between pages. Otherwise `employees` is everybody found in any
    of the reads.
    """

    # repr=False: asyncio.run makes a repr of the result of its task, which is slow for thousands of people.
    employees: tuple[Employee, ...] = field(repr=False)
    complete: bool
    stated: int  # the total that Personio stated last


async def read_all(fetch: Fetch, notify: Notify, concurrency: int) -> Read:
    """Reads until all employees are found, at most READS times. `fetch` maps an offset to a page."""
    known: dict[int, Employee] = {}
    steady: dict[int, Employee] = {}  # found since the total last changed
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
    """Returns the employees ordered by id."""
    return tuple([found[number] for number in sorted(found)])


@dataclass(slots=True)
class _Round:
    """One read of the list, from the first page to the last."""

    fetch: Fetch
    notify: Notify
    found: dict[int, Employee] = field(default_factory=dict)
    total: int = 0
    moved: bool = False  # whether the total changed during this read, or was not stated
    ended: bool = False  # whether a page brought nobody new

    @property
    def complete(self) -> bool:
        """Returns whether everybody was found."""
        return not self.moved and len(self.found) == self.total

    async def run(self, concurrency: int) -> None:
        """Reads the first page, then the others with `concurrency` requests in parallel."""
        first = await self.fetch(0)
        self.moved = first.stated is None
        self.total = first.stated or 0
        self._take(first)
        # The first page tells the page length, which may differ from the one asked for.
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
        """Adds the employees of one page."""
        if page.stated is not None and page.stated != self.total:
            self.moved, self.total = True, page.stated
        found, before = self.found, len(self.found)
        for employee in page.employees:
            found.setdefault(employee.id, employee)
        # Nobody new: the list has ended, or the server ignores the offset and repeats a page.
        self.ended = self.ended or len(found) == before
        self.notify(EmployeesRead(len(found), self.total))
