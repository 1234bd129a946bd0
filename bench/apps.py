"""Small apps to measure: `static` draws one Static; `people N FILE` shows N people and writes its timings to FILE."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Static


class OneStatic(App[None]):
    """An app with one Static."""

    def compose(self) -> ComposeResult:
        yield Static("one static")


def crowd(number: int) -> object:
    """Returns a plan for a company of that size, without a delivery."""
    from datetime import date
    from decimal import Decimal

    from alleo_onboard.domain.alleo_field import Selection
    from alleo_onboard.domain.attributes import NAMES
    from alleo_onboard.domain.eligibility import decide
    from alleo_onboard.domain.employee import Employee
    from alleo_onboard.domain.planning import Known, build

    budget = "alleo_monthly_all_budget"
    people = [
        Employee(
            n,
            f"person.{n}@company.example",
            f"Firstname{n % 997}",
            f"van den Lastname{n}",
            "active" if n % 11 else "inactive",
            date(2020, 1, 1 + n % 28),
            department=f"Department {n % 9}",
            alleo="Yes" if n % 13 else "No",
            budgets=((budget, Decimal(100)),) if n % 3 else (),
        )
        for n in range(number)
    ]
    verdicts = decide(people, date(2026, 1, 1), Selection.FIELD)
    return build(people, verdicts, Known(frozenset(NAMES), frozenset({budget})), complete=True)


class People(App[None]):
    """A table of people: `f` filters, `c` clears, `e` ends.

    A task wakes every 2 ms; its longest delay is how long the event loop was blocked.
    """

    BINDINGS = [("f", "find", ""), ("c", "clear", ""), ("e", "end", "")]  # noqa: RUF012

    def __init__(self, plan: object, notes: Path) -> None:
        super().__init__()
        self.plan, self.notes = plan, notes
        self.ready = self.stall = 0.0
        self.filters: list[float] = []

    def compose(self) -> ComposeResult:
        from alleo_onboard.tui.widgets.people_table import PeopleTable

        yield PeopleTable()

    async def on_mount(self) -> None:
        from alleo_onboard.presentation.people.view import PeopleView
        from alleo_onboard.tui.widgets.people_table import PeopleTable

        self.run_worker(self.beat())
        began = time.perf_counter()
        view = await asyncio.to_thread(lambda: PeopleView(self.plan).warm())  # type: ignore[arg-type]
        table = self.query_one(PeopleTable)
        table.show(view)
        table.focus()
        self.call_after_refresh(lambda: setattr(self, "ready", time.perf_counter() - began))

    async def beat(self) -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.002)
            self.stall = max(self.stall, time.perf_counter() - began - 0.002)

    def narrow(self, search: str) -> None:
        from alleo_onboard.presentation.people.filter import Filter
        from alleo_onboard.tui.widgets.people_table import PeopleTable

        began = time.perf_counter()
        self.query_one(PeopleTable).narrow(Filter(search=search))
        self.call_after_refresh(lambda: self.filters.append(time.perf_counter() - began))

    def action_find(self) -> None:
        self.narrow("lastname7 person.7")

    def action_clear(self) -> None:
        self.narrow("")

    def action_end(self) -> None:
        told = {"ready": self.ready, "stall": self.stall, "filter": max(self.filters)}
        self.notes.write_text(json.dumps(told), encoding="utf-8")
        self.exit()


if __name__ == "__main__":
    if sys.argv[1] == "static":
        OneStatic().run()
    else:
        People(crowd(int(sys.argv[2])), Path(sys.argv[3])).run()
