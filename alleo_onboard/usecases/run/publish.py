"""Executes a run whose delivery writes one file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Change
from alleo_onboard.domain.delivery import Outcome
from alleo_onboard.domain.errors import DeliveryRefused, Trouble, UploadAwaited, Usage
from alleo_onboard.domain.file_state import after, identity_of
from alleo_onboard.domain.progress import Applied, Notify
from alleo_onboard.domain.publishing import Published, Publisher, State
from alleo_onboard.domain.wanted import is_readable
from alleo_onboard.locale import _
from alleo_onboard.store.ledger import Ledger, RunState
from alleo_onboard.store.rows import HIDDEN
from alleo_onboard.usecases.preview.preview import births_of
from alleo_onboard.usecases.preview.published import arrived, told
from alleo_onboard.usecases.preview.session import Session, Snapshot
from alleo_onboard.usecases.run.apply import Stop

_FIELDS = ("email", "first_name", "last_name", "department", "birthday", "work_anniversary", "onboarding_date")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that is ready. `content` is empty when there is nothing to publish."""

    name: str
    content: bytes = field(repr=False)
    state: State = field(repr=False)


def refuse_waiting(ledger: Ledger) -> None:
    """Raises UploadAwaited while it is not known whether the last workbook was uploaded."""
    waiting = ledger.waiting()
    if waiting:
        text = _(
            "Run {run} waits: was {file} uploaded in Alleo's Manager Portal? Say so first: "
            "alleo-onboard runs confirm {run}, or with --not-uploaded if it never will be."
        )
        raise UploadAwaited(text.format(run=waiting.run, file=waiting.name))


async def refuse_foreign(publisher: Publisher, ledger: Ledger) -> None:
    """Raises DeliveryRefused when the existing file was not made by this ledger.

    Somebody else writes the same file, and each would undo the other. A file that cannot be read is not judged.
    """
    if publisher.awaits_upload:  # every workbook has its own name
        return
    held = await publisher.in_place(publisher.file_name)
    if held and not ledger.may_be_ours(publisher.file_name, held):
        text = _(
            "{file} in {place} was not made by this set-up: another set-up, another computer or a person writes there "
            "too, and each would undo the other. Find out who. If it is of no use any more, move it away. Nothing was "
            "written."
        )
        raise DeliveryRefused(text.format(file=publisher.file_name, place=publisher.report().address))


async def prepare(session: Session, publisher: Publisher, ledger: Ledger, changes: Sequence[Change]) -> Prepared:
    """Makes the file for these changes.

    Raises UploadAwaited while an upload waits, DeliveryRefused for a foreign file, Usage, and what reading raises.
    """
    refuse_waiting(ledger)
    await refuse_foreign(publisher, ledger)
    snapshot = session.snapshot or await session.read()  # for dates of birth, which are stored nowhere
    known = await told(publisher, ledger, births_of(snapshot))
    accounts = await _as_before(publisher, ledger, known, snapshot)
    state = state_after(publisher, snapshot, accounts, changes, session.today())
    content = publisher.render(state) if changes or not publisher.awaits_upload else b""
    return Prepared(publisher.file_name, content, state)


async def _as_before(
    publisher: Publisher, ledger: Ledger, accounts: Sequence[Account], snapshot: Snapshot
) -> Sequence[Account]:
    """Returns the accounts, with birthdays that Personio does not show taken from the existing file."""
    births, last = births_of(snapshot), ledger.published()
    unseen = {
        a.external_id for a in accounts if a.extras.get("birthday") == HIDDEN and int(a.external_id) not in births
    }
    held = await publisher.in_place(last.name) if unseen and last else None
    days = publisher.births(held) if held else {}
    if last is None or not days:
        return accounts
    return [
        replace(a, extras={**a.extras, "birthday": day})
        if a.external_id in unseen
        and (day := days.get(a.email, ""))
        and ledger.births.mark(int(a.external_id), day) == last.marks.get(int(a.external_id))
        else a
        for a in accounts
    ]


def state_after(
    publisher: Publisher, snapshot: Snapshot, accounts: Sequence[Account], changes: Sequence[Change], today: date
) -> State:
    """Returns what the file says after these changes."""
    births = births_of(snapshot)
    rows = tuple(_born(account, births) for account in after(accounts, changes, publisher.leaving(today)))
    return State(rows, tuple(changes), _known(snapshot), today)


def _born(account: Account, births: Mapping[int, str]) -> Account:
    """Returns the account with the person's current birthday."""
    extras = {name: value for name, value in account.extras.items() if name != "birthday"}
    before = account.extras.get("birthday", "")
    day = births.get(int(account.external_id), "" if before == HIDDEN else before)
    return replace(account, extras={**extras, "birthday": day} if day else extras)


def _known(snapshot: Snapshot) -> frozenset[str]:
    """Returns the fields known for everybody, so that no column is empty."""
    source = snapshot.readiness.source
    fields = {name for name in _FIELDS if is_readable(name, source.readable)}
    return frozenset(fields | {"offboarding_date"} | {f.name for f in source.budget_fields})


class FileWork:
    """Publishes a prepared file and keeps the results."""

    def __init__(
        self, publisher: Publisher, ledger: Ledger, run: str, prepared: Prepared, stop: Stop, notify: Notify
    ) -> None:
        self._publisher, self._ledger, self._run, self._prepared = publisher, ledger, run, prepared
        self._stop, self._notify = stop, notify
        self._changes = prepared.state.changes
        self._outcomes: list[Outcome] = []
        self._begun = False
        self.published: Published | None = None
        self.ended_by: Trouble | None = None

    async def publish(self) -> None:
        """Publishes the file. Every change is stored as sent before, and settled after."""
        prepared = self._prepared
        if self._stop.requested or not prepared.content:
            return
        self._begun = True
        self._ledger.sent(self._run, *self._changes)
        mark = self._ledger.births.mark
        self._ledger.publishing(self._run, prepared.name, prepared.content, prepared.state.accounts, mark)
        try:
            self.published = await self._publisher.publish(prepared.name, prepared.content)
        except Trouble as trouble:
            await self._failed(trouble)
            return
        if self._publisher.awaits_upload:
            self._ledger.awaits(self._run)
            return
        self._ledger.has_published(self._run)
        for change in self._changes:
            self._settle(Outcome(change, identity_of(change.personio_id)))

    async def _failed(self, trouble: Trouble) -> None:
        """Handles a failure: looks whether the file is in place; if that cannot be seen, the next run will look."""
        self.ended_by = trouble
        held = b"" if isinstance(trouble, Usage) else await self._publisher.in_place(self._prepared.name)
        known = held is not None and hashlib.sha256(held).digest() != hashlib.sha256(self._prepared.content).digest()
        if known:
            self._ledger.dropped(self._run)
        for change in self._changes:
            self._settle(Outcome(change, change.account_id, error=str(trouble), known=known))

    def _settle(self, outcome: Outcome) -> None:
        change = outcome.change
        self._ledger.settled(self._run, outcome)
        self._outcomes.append(outcome)
        done, total = len(self._outcomes), len(self._changes)
        self._notify(Applied(change.personio_id, change.name, change.kind, outcome.error, done, total))

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Returns the results so far."""
        return tuple(self._outcomes)

    @property
    def waits(self) -> bool:
        """Returns whether a person has to confirm the upload."""
        return self.published is not None and self._publisher.awaits_upload

    @property
    def left(self) -> int:
        """Returns the number of changes that were not started."""
        return 0 if self._begun else len(self._changes)

    @property
    def stopped(self) -> bool:
        """Returns whether a stop request ended the run early."""
        return self._stop.requested and self.left > 0

    @property
    def verified(self) -> bool:
        """Returns whether the file was read back and is identical."""
        return self.published is None or self.published.verified

    @property
    def state(self) -> RunState:
        """Returns the state to store for the run."""
        if self.waits:
            return RunState.WAITING
        if self.left:
            return RunState.STOPPED
        return RunState.FINISHED_WITH_FAILURES if self.ended_by else RunState.FINISHED


async def look_back(publisher: Publisher, ledger: Ledger) -> None:
    """Stores whether the file of an interrupted run is in place. Call it under the lock."""
    pending = ledger.pending()
    if pending and await arrived(publisher, ledger):
        ledger.has_published(pending.run)
    elif pending:
        ledger.dropped(pending.run)
