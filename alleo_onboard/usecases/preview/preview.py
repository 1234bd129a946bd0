"""Preview: who would sync, with which budgets, and what would change at Alleo."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.delivery import DeliveryReport
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.oneoff import Granted, Release
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.planning import Known, build
from alleo_onboard.domain.readiness import Readiness
from alleo_onboard.domain.wanted import CORE_FIELDS, EXTRA_FIELDS
from alleo_onboard.locale import _
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.usecases.preview.all_accounts import everyone
from alleo_onboard.usecases.preview.basis import Altered, altered, policy_of, with_basis
from alleo_onboard.usecases.preview.ledger_state import Knowledge, gather
from alleo_onboard.usecases.preview.session import Session, Snapshot

_NONE = Release()


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan with what it rests on. `report` is None while there is no delivery; `policy` are the rules, as JSON.

    `made` is when Personio was read (UTC) and `today` the day it was read for, None where that is nobody's question.
    `only` are the people whom the plan was cut down to; `asked` those whom the list left out and who, asked for by
    themselves, are really gone.
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
        return await asyncio.to_thread(_planned, session, snapshot, None, None, release)
    report = await delivery.open(_held(snapshot.readiness) | snapshot.readiness.source.lost_budgets.keys())
    with Ledger.of(session.setup.home, session.setup.profile.name) as ledger:
        accounts = await everyone(delivery, ledger, births_of(snapshot))
    return await asyncio.to_thread(_planned, session, snapshot, accounts, report, release)


async def test_delivery(session: Session) -> DeliveryReport:
    """Tests the delivery: signs in and learns what it can carry. Raises DeliveryRefused, Unreachable, Usage."""
    delivery = session.delivery()
    if delivery is None:
        raise Usage(_("No address of Alleo is set: give the SCIM address and its secret."))
    return await delivery.open(sendable(session.snapshot))


def sendable(snapshot: Snapshot | None) -> frozenset[str]:
    """The fields there is something to send for; before anything was read, all that every customer has."""
    return _held(snapshot.readiness) if snapshot else frozenset({*CORE_FIELDS, *EXTRA_FIELDS})


def births_of(snapshot: Snapshot) -> Mapping[int, str]:
    """Dates of birth (YYYY-MM-DD) by Personio id."""
    return {e.id: e.birthday.isoformat() for e in snapshot.employees if e.birthday}


def _planned(
    session: Session,
    snapshot: Snapshot,
    accounts: Sequence[Account] | None,
    report: DeliveryReport | None,
    release: Release,
) -> Preview:
    """The plan and all that is read from it; with many people that takes a while, so it has a thread of its own."""
    source, profile = snapshot.readiness.source, session.setup.profile
    with Ledger.of(session.setup.home, profile.name) as ledger:
        knowledge = gather(ledger, accounts, births_of(snapshot))
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
        fixed=report.fixed if report else frozenset(),
        in_file=bool(report and report.file),
    )
    plan = build(snapshot.employees, snapshot.verdicts, known, complete=snapshot.complete).counted()
    visible = [e.id for e in snapshot.employees]
    readiness = with_basis(snapshot.readiness, session.setup, visible)
    if session.snapshot is snapshot and readiness is not snapshot.readiness:
        session.snapshot = replace(snapshot, readiness=readiness)
    return Preview(
        readiness, plan, report, knowledge, policy_of(profile, source, session.setup.place), snapshot.at, snapshot.today
    )
