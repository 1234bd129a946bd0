"""Applies the changes of a run in phases, several at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from alleo_onboard.domain.account import Value
from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.delivery import Delivery, Outcome
from alleo_onboard.domain.errors import Trouble
from alleo_onboard.domain.progress import Applied, Notify
from alleo_onboard.domain.sequence import Unit, parked, units
from alleo_onboard.locale import _
from alleo_onboard.store.ledger import Ledger, RunState

# Offboardings free addresses before others take them. Existing accounts may exchange addresses.
_PHASES = (
    frozenset({Kind.OFFBOARD}),
    frozenset({Kind.UPDATE, Kind.LINK, Kind.REACTIVATE}),
    frozenset({Kind.ONBOARD}),
)


@dataclass(slots=True)
class Stop:
    """A request to end a run after the requests in progress."""

    requested: bool = False

    def request(self) -> None:
        """Asks the run to end after the requests in progress."""
        self.requested = True


class Work:
    """Applies changes. Each is stored as sent before its request, and settled when its answer is there."""

    def __init__(
        self,
        delivery: Delivery,
        ledger: Ledger,
        run: str,
        changes: Sequence[Change],
        stop: Stop,
        concurrency: int,
        notify: Notify,
    ) -> None:
        """Creates the state of a run. `stop` may end it early; `notify` gets Applied for each change."""
        self._delivery, self._ledger, self._run, self._changes = delivery, ledger, run, changes
        self._stop, self._concurrency, self._notify = stop, max(1, concurrency), notify
        self._outcomes: dict[Change, Outcome] = {}
        self.ended_by: Trouble | None = None

    async def apply(self) -> None:
        """Applies all changes, phase by phase."""
        for kinds in _PHASES:
            todo = iter(units(c for c in self._changes if c.kind in kinds))
            try:
                async with asyncio.TaskGroup() as group:  # when one worker fails, all stop
                    for _worker in range(self._concurrency):
                        group.create_task(self._take(todo))
            except BaseExceptionGroup as failed:
                raise failed.exceptions[0] from None

    async def _take(self, todo: Iterator[Unit]) -> None:
        for unit in todo:
            if unit.ring:
                if self._ends:
                    return
                await self._go_round(unit.changes)
                continue
            for change in unit.changes:
                if self._ends:
                    return
                await self._one(change)

    @property
    def _ends(self) -> bool:
        return self._stop.requested or self.ended_by is not None

    async def _one(self, change: Change) -> None:
        self._ledger.sent(self._run, change)
        self._settle(await self._send(change))

    async def _go_round(self, ring: Sequence[Change]) -> None:
        """Moves addresses in a ring.

        A stop request is ignored here, because somebody would stay on a parked address.
        """
        first, *others = ring
        self._ledger.sent(self._run, first)
        away = await self._send(_readdressed(first, first.old["email"], parked(first)))
        for change in others:
            await self._one(change)
        outcome = await self._send(first)
        if outcome.error and outcome.known and not away.error:
            outcome = await self._back(outcome)
        self._settle(outcome)

    async def _back(self, failed: Outcome) -> Outcome:
        """Restores the old address when the new one could not be set."""
        change = failed.change
        back = await self._send(_readdressed(change, parked(change), change.old["email"]))
        if not back.error:
            return failed
        text = _("{why} The account waits at {address}, because its own address is taken. Run again.")
        return replace(failed, error=text.format(why=failed.error, address=parked(change)))

    async def _send(self, change: Change) -> Outcome:
        try:
            return await self._delivery.apply(change)
        except Trouble as trouble:
            self.ended_by = self.ended_by or trouble
            return Outcome(change, change.account_id, error=str(trouble), known=False)

    def _settle(self, outcome: Outcome) -> None:
        change = outcome.change
        self._ledger.settled(self._run, outcome)
        self._outcomes[change] = outcome
        self._notify(
            Applied(
                change.personio_id, change.name, change.kind, outcome.error, len(self._outcomes), len(self._changes)
            )
        )

    def found(self, outcome: Outcome) -> None:
        """Stores that a change whose answer was lost was made."""
        self._ledger.settled(self._run, outcome)
        self._outcomes[outcome.change] = outcome

    def elsewhere(self, outcome: Outcome, identity: str) -> None:
        """Stores that the account of a change has another id than Alleo answered."""
        self._ledger.observed(self._run, {outcome.change.personio_id: identity})
        self._outcomes[outcome.change] = replace(outcome, account_id=identity)

    def missing(self, outcome: Outcome) -> None:
        """Stores that a change was not made although Alleo confirmed it: the account does not exist."""
        lost = replace(outcome, error=_("Alleo answered that it was done, but has no such account."), known=False)
        self._ledger.disproved(self._run, lost)
        self._outcomes[outcome.change] = lost

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Returns the results so far."""
        return tuple(self._outcomes.values())

    @property
    def left(self) -> int:
        """Returns the number of changes that were not started."""
        return len(self._changes) - len(self._outcomes)

    @property
    def stopped(self) -> bool:
        """Returns whether a stop request ended the run early."""
        return self._stop.requested and self.left > 0

    @property
    def whole(self) -> bool:
        """Returns whether all changes were tried."""
        return self.left == 0 and self.ended_by is None

    @property
    def state(self) -> RunState:
        """Returns the state to store for the run."""
        if self.left:
            return RunState.STOPPED
        failed = any(o.error for o in self.outcomes)
        return RunState.FINISHED_WITH_FAILURES if failed else RunState.FINISHED


def _readdressed(change: Change, old: Value, new: Value) -> Change:
    """Returns a change of the e-mail address alone."""
    return Change(Kind.UPDATE, change.personio_id, change.account_id, change.name, (Field("email", old, new),))
