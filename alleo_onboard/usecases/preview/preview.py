"""Preview: who would sync, with which budgets, and what would change at Alleo."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.delivery import DeliveryReport
from alleo_onboard.domain.eligibility import Reason
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.oneoff import Granted, Release
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.planning import Known, build
from alleo_onboard.domain.readiness import Readiness
from alleo_onboard.domain.wanted import CORE_FIELDS, EXTRA_FIELDS
from alleo_onboard.locale import _
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.usecases.preview.all_accounts import everyone
from alleo_onboard.usecases.preview.basis import Altered, altered, policy_of, with_basis, with_strangers
from alleo_onboard.usecases.preview.ledger_state import Knowledge, gather
from alleo_onboard.usecases.preview.session import Session, Snapshot
from alleo_onboard.usecases.setups.fed import handed_over
from alleo_onboard.usecases.setups.shared import same_place

_NONE = Release()


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan with what it rests on. `report` is None while there is no delivery; `policy` are the rules, as JSON.

    `made` is when Personio was read (UTC) and `today` the day it was read for, None where that is nobody's question.
    `only` are the people whom the plan was cut down to; `asked` those whom the list left out and who, asked for by
    themselves, are really gone; `left_out` those who are there all the same, which makes the reading incomplete.
    `clock_ahead` is by how many seconds this computer's clock is ahead of Personio's, `shared_with` names set-ups with
    the same Alleo address, `losing` is how many people lose Alleo over 30 days, and of how many. `handed` is the day on
    which the credential was handed to Alleo, where this set-up writes all the same.
    """

    readiness: Readiness
    plan: Plan
    report: DeliveryReport | None = None
    knowledge: Knowledge = field(default_factory=Knowledge)
    policy: str = ""
    made: datetime | None = None
    today: date | None = None
    only: frozenset[int] | None = None
    asked: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()
    clock_ahead: float = 0.0
    shared_with: tuple[str, ...] = ()
    handed: date | None = None
    losing: tuple[int, int] = (0, 0)
    release: Release = _NONE

    @property
    def not_carried(self) -> tuple[str, ...]:
        """Fields that Personio has and the delivery cannot hold, in a stable order."""
        if self.report is None:
            return ()
        return tuple(sorted(_held(self.readiness) - self.report.carries))

    @property
    def first_run(self) -> bool:
        """Whether this set-up has no finished run: then nobody is switched off unless their number is named."""
        return self.knowledge.first_run

    def narrowed(self, people: frozenset[int] | None) -> Preview:
        """The preview with just the changes of those people left to do; None leaves it whole."""
        return self if people is None else replace(self, plan=self.plan.only(ids=people), only=people)

    @property
    def altered(self) -> tuple[Altered, ...]:
        """The rules that are not what they were at the last run."""
        return altered(self.knowledge.policy, self.policy)


def _held(readiness: Readiness) -> frozenset[str]:
    """The fields this tenant could send: readable attributes under the names deliveries know, and budgets."""
    readable = readiness.source.readable
    fields = {*CORE_FIELDS, "birthday"} & readable
    if "hire_date" in readable:
        fields.add("work_anniversary")
    return frozenset(fields | {f.name for f in readiness.source.budget_fields})


async def preview(session: Session, *, fresh: bool = True, release: Release = _NONE) -> Preview:
    """Makes the plan. `fresh` reads Personio anew; otherwise the last reading serves. `release` decides what waits.

    Changes that an earlier run left open are settled against the accounts first, in memory: `sync` writes that down.
    Raises CredentialRejected, DeliveryRefused, Unreachable, Usage.
    """
    snapshot = session.snapshot if session.snapshot and not fresh else await session.read()
    delivery, kind = session.delivery(), session.setup.kind
    if delivery is None or (kind and not kind.reads_accounts):
        return await asyncio.to_thread(planned, session, snapshot, None, None, release)
    report = await delivery.open(_held(snapshot.readiness) | snapshot.readiness.source.lost_budgets.keys())
    with Ledger.of(session.setup.home, session.setup.profile.name) as ledger:
        accounts = await everyone(delivery, ledger, births_of(snapshot))
    made = await asyncio.to_thread(planned, session, snapshot, accounts, report, release)
    return await _looked_for(session, made, accounts, release)


def _cleared(accounts: Sequence[Account], knowledge: Knowledge) -> list[int]:
    """The people whose linked account carries no id any more, or never did."""
    without = {a.id for a in accounts if not a.external_id}
    unkept = {number for (number, name), one in knowledge.drifts.items() if name == "external_id" and one.sent}
    return [number for number, identity in knowledge.links.items() if identity in without and number not in unkept]


def losing(plan: Plan, lately_off: frozenset[int]) -> tuple[int, int]:
    """How many people this plan and the last runs took Alleo from, and how many had it. `lately_off` are their ids."""
    on = {p.personio_id for p in plan.people if p.account and p.account.active}
    off = lately_off - on
    return len(off) + plan.guard.offboard, len(off) + plan.linked


def going(plan: Plan) -> frozenset[int]:
    """The people who would lose Alleo because Personio's list does not show them."""
    return frozenset(c.personio_id for c in plan.changes if c.takes_away and c.reason == Reason.GONE)


async def _looked_for(session: Session, made: Preview, accounts: Sequence[Account], release: Release) -> Preview:
    """The preview with those who are missing asked for by themselves: a list may lag, or shift while it is read.

    Where somebody is there after all the list is read again; one that still leaves them out is incomplete. Where the
    guard stops the run anyway, nobody is asked.
    """
    missing = going(made.plan)
    if not missing or made.plan.guard.trips():
        return made
    gone = await session.gone(missing)
    if gone == missing:
        return replace(made, asked=gone)
    again = await asyncio.to_thread(planned, session, await session.read(), accounts, made.report, release)
    still = going(again.plan)
    if again.plan.guard.trips():
        return again
    gone |= await session.gone(still - missing)
    if still <= gone:
        return replace(again, asked=gone)
    assert session.snapshot is not None  # noqa: S101 - it was read just now
    readiness = replace(session.snapshot.readiness, complete=False)
    session.snapshot = replace(session.snapshot, readiness=readiness)
    short = await asyncio.to_thread(planned, session, session.snapshot, accounts, made.report, release)
    return replace(short, left_out=still - gone)


async def test_delivery(session: Session) -> DeliveryReport:
    """Tests the delivery: signs in and learns what it can carry. Raises DeliveryRefused, Unreachable, Usage."""
    delivery = session.delivery()
    if delivery is None:
        raise Usage(_("No address of Alleo is set: give the SCIM address and its secret."))
    setup, report = session.setup, await delivery.open(sendable(session.snapshot))
    return replace(report, shared_with=() if setup.profile.shared else same_place(setup.home, setup.profile))


def sendable(snapshot: Snapshot | None) -> frozenset[str]:
    """The fields there is something to send for; before anything was read, all that every customer has."""
    return _held(snapshot.readiness) if snapshot else frozenset({*CORE_FIELDS, *EXTRA_FIELDS})


def births_of(snapshot: Snapshot) -> Mapping[int, str]:
    """Dates of birth (YYYY-MM-DD) by Personio id."""
    return {e.id: e.birthday.isoformat() for e in snapshot.employees if e.birthday}


def planned(
    session: Session,
    snapshot: Snapshot,
    accounts: Sequence[Account] | None,
    report: DeliveryReport | None,
    release: Release,
) -> Preview:
    """The plan and all that is read from it; with many people that takes a while, so it has a thread of its own."""
    source, profile = snapshot.readiness.source, session.setup.profile
    told = {e.id: e.email for e in snapshot.employees}
    with Ledger.of(session.setup.home, profile.name) as ledger:
        knowledge = gather(ledger, accounts, births_of(snapshot))
        cleared = _cleared(accounts or (), knowledge)
        held = ledger.addresses(cleared)
    known = Known(
        readable=source.readable,
        budget_fields=frozenset(f.name for f in source.budget_fields),
        accounts=accounts,
        carries=report.carries if report else None,
        links=knowledge.links,
        lost_budgets=frozenset(source.lost_budgets),
        oneoffs=Granted(knowledge.oneoffs, knowledge.waiting, source.budget_keys, release),
        drifts=knowledge.drifts,
        send_zero=profile.policy.send_zero,
        addresses={n: held.get(n) or told.get(n, "") for n in cleared},
        first_run=knowledge.first_run,
        fixed=report.fixed if report else frozenset(),
        in_file=bool(report and report.file),
    )
    plan = build(snapshot.employees, snapshot.verdicts, known, complete=snapshot.complete).counted()
    visible = [e.id for e in snapshot.employees]
    readiness = with_basis(snapshot.readiness, session.setup, visible)
    if session.snapshot is snapshot and readiness is not snapshot.readiness:
        session.snapshot = replace(snapshot, readiness=readiness)
    if accounts is not None and not (knowledge.first_run or (report and report.file)):  # files show what we wrote
        readiness = with_strangers(readiness, knowledge.links, accounts)
    return Preview(
        readiness,
        plan,
        report,
        knowledge,
        policy_of(profile, source, session.setup.place),
        snapshot.at,
        snapshot.today,
        clock_ahead=snapshot.clock_ahead,
        shared_with=() if profile.shared else same_place(session.setup.home, profile),
        handed=handed_over(session.setup) if session.setup.has_delivery else None,
        losing=losing(plan, knowledge.lately_off),
        release=release,
    )
