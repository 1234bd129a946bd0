"""Preview: who would sync, with which budgets, and what would change at Alleo."""

from __future__ import annotations

from dataclasses import dataclass

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.door import DoorReport
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.planning import Known, build
from alleo_onboard.domain.readiness import Readiness
from alleo_onboard.domain.wanted import CORE_FIELDS, EXTRA_FIELDS
from alleo_onboard.locale import _
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.usecases.session import Session, Snapshot


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan with what it rests on. `report` is None while there is no door."""

    readiness: Readiness
    plan: Plan
    report: DoorReport | None = None

    @property
    def not_carried(self) -> tuple[str, ...]:
        """Fields that Personio has and the door cannot hold, in a stable order."""
        if self.report is None:
            return ()
        return tuple(sorted(_held(self.readiness) - self.report.carries))


def _held(readiness: Readiness) -> frozenset[str]:
    """The fields this tenant could send: readable attributes under the names doors know, and budgets."""
    readable = readiness.source.readable
    fields = {*CORE_FIELDS, "birthday"} & readable
    if "hire_date" in readable:
        fields.add("work_anniversary")
    return frozenset(fields | {f.name for f in readiness.source.budget_fields})


async def preview(session: Session, *, fresh: bool = True) -> Preview:
    """Makes the plan. `fresh` reads Personio anew; otherwise the last reading serves.

    Raises CredentialRejected, DoorRefused, Unreachable, Usage.
    """
    snapshot = session.snapshot if session.snapshot and not fresh else await session.read()
    door = session.door()
    if door is None:
        return Preview(snapshot.readiness, _plan(session, snapshot, None, None))
    report = await door.open(_held(snapshot.readiness))
    accounts = tuple(await door.accounts())
    return Preview(snapshot.readiness, _plan(session, snapshot, accounts, report), report)


async def open_door(session: Session) -> DoorReport:
    """Tests the door: signs in and learns what it can carry. Raises DoorRefused, Unreachable, Usage."""
    door = session.door()
    if door is None:
        raise Usage(_("No address of Alleo is set: give the SCIM address and its secret."))
    held = _held(session.snapshot.readiness) if session.snapshot else frozenset({*CORE_FIELDS, *EXTRA_FIELDS})
    return await door.open(held)


def _plan(
    session: Session, snapshot: Snapshot, accounts: tuple[Account, ...] | None, report: DoorReport | None
) -> Plan:
    source, profile = snapshot.readiness.source, session.setup.profile
    with Ledger.of(session.setup.home, profile.name) as ledger:
        known = Known(
            readable=source.readable,
            budget_fields=frozenset(f.name for f in source.budget_fields),
            accounts=accounts,
            carries=report.carries if report else None,
            links=ledger.links(),
            oneoffs=ledger.oneoffs(),
            send_zero=profile.policy.send_zero,
        )
    return build(snapshot.employees, snapshot.verdicts, known, complete=snapshot.complete)
