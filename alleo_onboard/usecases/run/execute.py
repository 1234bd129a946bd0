"""Executes a run: takes the lock, writes to the ledger, applies the changes, reads them back."""

from __future__ import annotations

import platform
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from alleo_onboard import __version__
from alleo_onboard.domain.change import Change, Kind
from alleo_onboard.domain.delivery import Delivery, Outcome
from alleo_onboard.domain.drift import ALWAYS_TOLD, Drift
from alleo_onboard.domain.errors import PlanStale, Trouble, Usage
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.publishing import Published, Publisher
from alleo_onboard.locale import _
from alleo_onboard.store.ledger import Ledger, RunState, Why
from alleo_onboard.store.lock import run_lock, user_name
from alleo_onboard.usecases.preview.reconcile import Settlement
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.apply import Stop, Work
from alleo_onboard.usecases.run.publish import FileWork, look_back, prepare
from alleo_onboard.usecases.run.verify import read_back
from alleo_onboard.usecases.setups.ways import no_delivery, refuse_rivals, rivals


@dataclass(frozen=True, slots=True)
class Order:
    """What a run has to do."""

    plan: Plan
    digest: str
    why: Why
    head: str | None = None  # the journal's hash when the plan was made; None skips the comparison
    settlements: tuple[Settlement, ...] = ()  # results found for changes of earlier runs
    not_carried: tuple[str, ...] = ()
    held_back: tuple[Change, ...] = ()  # offboardings that a first run does not make
    # account id by Personio id, found linked at Alleo and not in the ledger
    links: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended."""

    run: str
    digest: str
    applied: Mapping[str, int]  # number of successful changes by kind
    failed: tuple[Outcome, ...]
    not_carried: tuple[str, ...]
    left: int  # number of changes that were not started
    seconds: float
    stopped: bool = False
    ended_by: Trouble | None = None  # the error that ended the run early, or None
    drift: tuple[Drift, ...] = ()  # fields that Alleo stores differently from what was sent
    verified: bool = True  # whether the accounts could be read back
    held_back: tuple[Change, ...] = ()  # offboardings left for the next run, because this is the first
    settled: tuple[Settlement, ...] = ()  # changes of earlier runs whose result is known only now
    published: Published | None = None  # the file, for a delivery that writes one
    waits: bool = False  # true until a person confirms the upload

    @property
    def untaken(self) -> bool:
        """Returns whether Alleo confirmed a change of somebody's access but did not make it."""
        return any(one.field in ALWAYS_TOLD for one in self.drift)


async def carry_out(
    session: Session, order: Order, stop: Stop | None, first: Callable[[], None] | None = None
) -> RunResult:
    """Applies an order under the lock. `first` is called before anything is written.

    Raises Locked, Usage, and PlanStale when another run began since the plan was made; nothing is written then.
    """
    delivery = session.delivery()
    if delivery is None:
        raise Usage(no_delivery(session.setup))
    if not session.accept_change:
        refuse_rivals(rivals(session.setup))
    profile = session.setup.profile
    began, stop = time.monotonic(), stop or Stop()
    with run_lock(session.setup.home, profile.name), Ledger.of(session.setup.home, profile.name) as ledger:
        if order.head is not None and ledger.head() != order.head:
            raise PlanStale(_("Another run was made since this plan. Nothing was written; preview again."))
        if isinstance(delivery, Publisher):
            result = await _by_file(session, delivery, ledger, order, stop, first)
        else:
            result = await _one_by_one(session, delivery, ledger, order, stop, first)
    return replace(result, seconds=time.monotonic() - began)


async def _one_by_one(
    session: Session, delivery: Delivery, ledger: Ledger, order: Order, stop: Stop, first: Callable[[], None] | None
) -> RunResult:
    """Runs an order with single changes."""
    if first:
        first()
    run = _begin(ledger, order)
    _note(ledger, run, order)
    work = Work(delivery, ledger, run, order.plan.changes, stop, delivery.concurrency, session.notify)
    try:
        await work.apply()
        drift, verified = await read_back(delivery, ledger, run, work)
    except BaseException:
        ledger.finish(run, RunState.INTERRUPTED)
        raise
    ledger.finish(run, work.state)
    return _result(order, run, work, drift, verified=verified)


async def _by_file(
    session: Session, publisher: Publisher, ledger: Ledger, order: Order, stop: Stop, first: Callable[[], None] | None
) -> RunResult:
    """Runs an order with a file."""
    prepared = await prepare(session, publisher, ledger, order.plan.changes)
    if first:
        first()
    await look_back(publisher, ledger)
    run = _begin(ledger, order)
    _note(ledger, run, order)
    work = FileWork(publisher, ledger, run, prepared, stop, session.notify)
    try:
        await work.publish()
    except BaseException:
        ledger.finish(run, RunState.INTERRUPTED)
        raise
    if not work.waits:
        ledger.finish(run, work.state)
    result = _result(order, run, work, (), verified=work.verified)
    return replace(result, published=_local(work.published, session), waits=work.waits)


def _local(published: Published | None, session: Session) -> Published | None:
    """Returns what was published, with its times in the set-up's zone."""
    if published is None:
        return None
    near, collected = (at and at.astimezone(session.setup.profile.tz) for at in (published.near, published.collected))
    return replace(published, near=near, collected=collected)


def _note(ledger: Ledger, run: str, order: Order) -> None:
    """Stores amounts that wait, and links that were found."""
    # Waiting amounts first: an account known without its waiting amount would be paid by the next run.
    ledger.decided(run, order.plan.unpaid, order.plan.dropped)
    ledger.observed(run, order.links)


def _begin(ledger: Ledger, order: Order) -> str:
    """Stores the run with its planned changes, and returns its id."""
    for one in order.settlements:
        ledger.settled(one.run, one.outcome)
    try:
        return ledger.begin(
            digest=order.digest,
            version=__version__,
            host=platform.node(),
            user=user_name(),
            planned=order.plan.changes,
            why=order.why,
        )
    except sqlite3.IntegrityError:
        if not (order.why.plan and ledger.used_by(order.why.plan)):
            raise
        raise PlanStale(_("This plan was applied before. Nothing was written; preview again.")) from None


def _result(order: Order, run: str, work: Work | FileWork, drift: tuple[Drift, ...], *, verified: bool) -> RunResult:
    """Returns the result of a run."""
    outcomes = work.outcomes
    applied = Counter(o.change.kind.value for o in outcomes if not o.error)
    return RunResult(
        run,
        order.digest,
        {k.value: applied[k] for k in Kind if applied[k]},
        tuple(sorted((o for o in outcomes if o.error), key=lambda o: o.change.personio_id)),
        order.not_carried,
        work.left,
        seconds=0.0,
        stopped=work.stopped,
        ended_by=work.ended_by,
        drift=drift,
        verified=verified,
        held_back=order.held_back,
        settled=order.settlements,
    )
