"""Sync: applies exactly one plan, writes down each step before and after, and tells how it went."""

from __future__ import annotations

import asyncio
import getpass
import platform
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from alleo_onboard import __version__
from alleo_onboard.domain.change import Change, Kind
from alleo_onboard.domain.door import Door, Outcome
from alleo_onboard.domain.errors import GuardTripped, NotReady, Trouble, Unreachable, Usage
from alleo_onboard.domain.finding import standing
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.progress import Applied
from alleo_onboard.locale import _, ngettext
from alleo_onboard.store.ledger import Ledger, RunState
from alleo_onboard.store.lock import run_lock
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.usecases.preview import Preview
from alleo_onboard.usecases.session import Session

_PHASES = (Kind.OFFBOARD, Kind.UPDATE, Kind.LINK, Kind.REACTIVATE, Kind.ONBOARD)


@dataclass(slots=True)
class Stop:
    """Asks a run to end after the requests that are under way."""

    requested: bool = False

    def request(self) -> None:
        self.requested = True


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to for this one plan (product.md, `sync`)."""

    allow_offboard: int | None = None
    allow_missing: frozenset[str] = field(default_factory=frozenset)
    accept_incomplete: bool = False


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended. `left` counts changes that were not begun; `ended_by` is what cut it short, if anything did."""

    run: str
    digest: str
    applied: Mapping[str, int]
    failed: tuple[Outcome, ...]
    not_carried: tuple[str, ...]
    left: int
    seconds: float
    stopped: bool = False
    ended_by: Trouble | None = None


def judge(preview: Preview, consent: Consent) -> Plan:
    """The plan as it may be applied. Raises NotReady, Unreachable (incomplete), Usage (no door), GuardTripped."""
    errors = standing(preview.readiness.findings, consent.allow_missing)
    if errors:
        text = ngettext(
            "{n} error must be mended first: {subjects}.", "{n} errors must be mended first: {subjects}.", len(errors)
        )
        raise NotReady(text.format(n=len(errors), subjects=", ".join(e.subject for e in errors)))
    plan = preview.plan
    if not plan.complete:
        if not consent.accept_incomplete:
            text = _("Personio's list of people moved while it was read, so it may be incomplete. Nothing was written.")
            raise Unreachable(text + " " + _("Try again in a minute."))
        plan = plan.only(kinds=[k for k in Kind if k is not Kind.OFFBOARD])
    if not plan.door:
        raise Usage(_("No address of Alleo is set: give ALLEO_SCIM_URL and its secret, or use the wizard."))
    if plan.guard.trips(consent.allow_offboard):
        text = _("{n} of {linked} people would lose Alleo. That is more than usual, nothing has been written.")
        raise GuardTripped(text.format(n=plan.guard.offboard, linked=plan.guard.linked))
    return plan


async def sync(session: Session, preview: Preview, consent: Consent, stop: Stop | None = None) -> RunResult:
    """Applies the preview's plan. Raises what `judge` raises, and Locked; nothing was written then.

    Later failures are part of the result: one person's failure never stops the others, a refused sign-in ends the run.
    """
    plan = judge(preview, consent)
    door = session.door()
    assert door is not None  # noqa: S101 - a plan with a door was made through it
    profile = session.setup.profile
    with run_lock(session.setup.home, profile.name), Ledger.of(session.setup.home, profile.name) as ledger:
        _pin(session, preview)
        run = ledger.begin(
            digest=plan.digest, version=__version__, host=platform.node(), user=getpass.getuser(), planned=plan.changes
        )
        work = _Run(session, door, ledger, run, plan, stop or Stop(), profile.scim.concurrency)
        await work.apply()
        ledger.finish(run, work.state)
    return work.result(preview.not_carried)


def _pin(session: Session, preview: Preview) -> None:
    """Remembers the Alleo field of the first run, so that losing sight of it can never mean everyone."""
    attribute = preview.readiness.source.alleo.attribute
    if attribute is None or session.setup.profile.selective_key == attribute.key:
        return
    pinned = replace(session.setup.profile, selective_key=attribute.key)
    session.setup = replace(session.setup, profile=pinned)
    profiles = Profiles(session.setup.home)
    stored = profiles.load(pinned.name)
    profiles.save(replace(stored or pinned, selective_key=attribute.key))


class _Run:
    """One run under way: phases one after the other, a few changes of a phase at a time."""

    def __init__(
        self, session: Session, door: Door, ledger: Ledger, run: str, plan: Plan, stop: Stop, concurrency: int
    ) -> None:
        self._session, self._door, self._ledger, self._run = session, door, ledger, run
        self._plan, self._stop, self._concurrency = plan, stop, max(1, concurrency)
        self._outcomes: list[Outcome] = []
        self._ended_by: Trouble | None = None
        self._began = time.monotonic()

    async def apply(self) -> None:
        for kind in _PHASES:
            todo = iter([c for c in self._plan.changes if c.kind is kind])
            await asyncio.gather(*(self._work(todo) for _n in range(self._concurrency)))

    async def _work(self, todo: Iterator[Change]) -> None:
        for change in todo:
            if self._stop.requested or self._ended_by:
                return
            await self._one(change)

    async def _one(self, change: Change) -> None:
        self._ledger.sent(self._run, change)
        try:
            outcome = await self._door.apply(change)
        except Trouble as trouble:
            self._ended_by = self._ended_by or trouble
            outcome = Outcome(change, change.account_id, error=str(trouble))
        self._ledger.settled(self._run, outcome)
        self._outcomes.append(outcome)
        done, total = len(self._outcomes), len(self._plan.changes)
        self._session.notify(Applied(change.personio_id, change.name, change.kind, outcome.error, done, total))

    @property
    def state(self) -> RunState:
        if len(self._outcomes) < len(self._plan.changes):
            return RunState.STOPPED
        return RunState.FINISHED_WITH_FAILURES if any(o.error for o in self._outcomes) else RunState.FINISHED

    def result(self, not_carried: tuple[str, ...]) -> RunResult:
        failed = sorted((o for o in self._outcomes if o.error), key=lambda o: o.change.personio_id)
        applied = Counter(o.change.kind.value for o in self._outcomes if not o.error)
        left = len(self._plan.changes) - len(self._outcomes)
        return RunResult(
            self._run,
            self._plan.digest,
            {k.value: applied[k] for k in Kind if applied[k]},
            tuple(failed),
            not_carried,
            left,
            time.monotonic() - self._began,
            stopped=self._stop.requested and left > 0,
            ended_by=self._ended_by,
        )
