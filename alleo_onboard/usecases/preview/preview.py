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
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.usecases.preview.all_accounts import everyone
from alleo_onboard.usecases.preview.basis import Altered, Last, altered, policy_of, with_basis, with_strangers
from alleo_onboard.usecases.preview.ledger_state import Knowledge, gather
from alleo_onboard.usecases.preview.session import Session, Snapshot
from alleo_onboard.usecases.setups.fed import handed_over
from alleo_onboard.usecases.setups.shared import same_place
from alleo_onboard.usecases.setups.ways import Rival, no_delivery, rivals

_NONE = Release()


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan and what it is based on."""

    readiness: Readiness
    plan: Plan
    report: DeliveryReport | None = None  # what the delivery can store; None without a delivery
    knowledge: Knowledge = field(default_factory=Knowledge)
    policy: str = ""  # JSON, see policy_of
    made: datetime | None = None  # when Personio was read (UTC)
    today: date | None = None  # the date for which people were decided
    only: frozenset[int] | None = None  # the plan was reduced to these people; None for everybody
    asked: frozenset[int] = frozenset()  # people missing in the list whom Personio, asked by id, does not have
    # people missing in the list whom Personio does have, so the list is incomplete
    left_out: frozenset[int] = frozenset()
    clock_ahead: float = 0.0  # seconds that this computer's clock is ahead of Personio's
    shared_with: tuple[str, ...] = ()  # other set-ups with the same Alleo address
    handed: date | None = None  # day of a hand-over to Alleo, when this set-up writes as well
    rivals: tuple[Rival, ...] = ()  # other deliveries that are configured at the same time
    no_delivery: str = ""  # what the delivery lacks, as a sentence; "" when it can be opened
    losing: tuple[int, int] = (0, 0)  # how many people lose Alleo within 30 days, and of how many
    release: Release = _NONE

    @property
    def not_carried(self) -> tuple[str, ...]:
        """Returns the fields that Personio has and the delivery cannot store, sorted."""
        if self.report is None:
            return ()
        return tuple(sorted(_held(self.readiness) - self.report.carries))

    @property
    def first_run(self) -> bool:
        """Returns whether no run was ever finished. A first run offboards nobody unless the number is named."""
        return self.knowledge.first_run

    def narrowed(self, people: frozenset[int] | None) -> Preview:
        """Returns the preview with only the changes of these people. None means all."""
        return self if people is None else replace(self, plan=self.plan.only(ids=people), only=people)

    @property
    def altered(self) -> tuple[Altered, ...]:
        """Returns the settings that changed since the last run."""
        return altered(self.knowledge.policy, self.policy)


def _held(readiness: Readiness) -> frozenset[str]:
    """Returns the fields that this tenant could send: readable attributes by our names, and budgets."""
    readable = readiness.source.readable
    fields = {*CORE_FIELDS, "birthday"} & readable
    if "hire_date" in readable:
        fields.add("work_anniversary")
    return frozenset(fields | {f.name for f in readiness.source.budget_fields})


async def preview(session: Session, *, fresh: bool = True, release: Release = _NONE) -> Preview:
    """Makes the plan. `fresh` reads Personio again, else the last snapshot is used. `release` decides waiting amounts.

    Changes with an unknown result are settled against the accounts in memory; `sync` writes that to the ledger. Raises
    CredentialRejected, DeliveryRefused, Unreachable, Usage.
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
    """Returns the people whose linked account has no id any more."""
    without = {a.id for a in accounts if not a.external_id}
    unkept = {number for (number, name), one in knowledge.drifts.items() if name == "external_id" and one.sent}
    return [number for number, identity in knowledge.links.items() if identity in without and number not in unkept]


def losing(plan: Plan, lately_off: frozenset[int]) -> tuple[int, int]:
    """Returns how many people this plan and the runs of the last 30 days take Alleo from, and of how many.

    `lately_off` are the Personio ids offboarded in the last 30 days.
    """
    on = {p.personio_id for p in plan.people if p.account and p.account.active}
    off = lately_off - on
    return len(off) + plan.guard.offboard, len(off) + plan.linked


def going(plan: Plan) -> frozenset[int]:
    """Returns the people who would be offboarded because Personio's list does not contain them."""
    return frozenset(c.personio_id for c in plan.changes if c.takes_away and c.reason == Reason.GONE)


async def _looked_for(session: Session, made: Preview, accounts: Sequence[Account], release: Release) -> Preview:
    """Returns the preview after asking Personio by id for people missing in the list.

    If somebody exists, the list is read again; if it still leaves them out, it counts as incomplete. When the guard
    stops the run anyway, nobody is asked for.
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
    """Signs in and returns what the delivery can store. Raises DeliveryRefused, Unreachable, Usage."""
    delivery = session.delivery()
    if delivery is None:
        raise Usage(no_delivery(session.setup))
    setup, report = session.setup, await delivery.open(sendable(session.snapshot))
    return replace(report, shared_with=() if setup.profile.shared else same_place(setup.home, setup.profile))


def sendable(snapshot: Snapshot | None) -> frozenset[str]:
    """Returns the fields that can be sent; before Personio was read, those that every customer has."""
    return _held(snapshot.readiness) if snapshot else frozenset({*CORE_FIELDS, *EXTRA_FIELDS})


def births_of(snapshot: Snapshot) -> Mapping[int, str]:
    """Returns dates of birth (YYYY-MM-DD) by Personio id."""
    return {e.id: e.birthday.isoformat() for e in snapshot.employees if e.birthday}


def planned(
    session: Session,
    snapshot: Snapshot,
    accounts: Sequence[Account] | None,
    report: DeliveryReport | None,
    release: Release,
) -> Preview:
    """Returns the preview for a snapshot. Slow for many people, so call it in a thread."""
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
    policy = policy_of(profile, source, session.setup.alleo_address)
    readiness = with_basis(snapshot.readiness, Last(knowledge.policy, knowledge.links), policy, told)
    if session.snapshot is snapshot and readiness is not snapshot.readiness:
        session.snapshot = replace(snapshot, readiness=readiness)
    # in a file delivery the accounts are those we wrote
    if accounts is not None and not (knowledge.first_run or (report and report.file)):
        readiness = with_strangers(readiness, knowledge.links, accounts)
    return Preview(
        readiness,
        plan,
        report,
        knowledge,
        policy,
        snapshot.at,
        snapshot.today,
        clock_ahead=snapshot.clock_ahead,
        shared_with=() if profile.shared else same_place(session.setup.home, profile),
        handed=handed_over(session.setup) if session.setup.has_delivery else None,
        rivals=rivals(session.setup),
        no_delivery="" if session.setup.has_delivery else no_delivery(session.setup),
        losing=losing(plan, knowledge.lately_off),
        release=release,
    )
