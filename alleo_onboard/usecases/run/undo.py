"""Undo: a plan that reverses one run, made from the ledger and from Alleo's present accounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.delivery import DeliveryReport
from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.errors import BasisChanged, PlanStale, Usage
from alleo_onboard.domain.finding import Code, Finding
from alleo_onboard.domain.plan import Person, Plan
from alleo_onboard.domain.wanted import CORE_FIELDS, EXTRA_FIELDS, same, value_of
from alleo_onboard.locale import _
from alleo_onboard.store.ledger import Ledger, Purpose, Row, State, Why
from alleo_onboard.store.rows import HIDDEN, oneoffs_of
from alleo_onboard.usecases.preview.all_accounts import everyone
from alleo_onboard.usecases.preview.basis import rules_in
from alleo_onboard.usecases.preview.ledger_state import Knowledge, gather
from alleo_onboard.usecases.preview.reconcile import Held
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.apply import Stop
from alleo_onboard.usecases.run.execute import Order, RunResult, carry_out
from alleo_onboard.usecases.run.fresh import outlived
from alleo_onboard.usecases.run.preconditions import Consent, guarded
from alleo_onboard.usecases.setups.shared import spelled
from alleo_onboard.usecases.setups.ways import no_delivery

REASON = "undo"


class Left(StrEnum):
    """Why something of a run is not undone."""

    CHANGED_SINCE = "changed_since"  # the account has neither the new nor the old value
    GONE = "gone"  # the account does not exist any more, or is not this person's any more
    BIRTHDAY = "birthday"  # dates of birth are not stored, so the old one is unknown; the next sync sets Personio's
    PAID = "paid"  # a granted one-off amount cannot be taken back


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that is not undone: one field of one person, or everything when `field` is ""."""

    personio_id: int
    name: str
    field: str
    why: Left


@dataclass(frozen=True, slots=True)
class Undo:
    """The plan that reverses run `run`."""

    run: str
    plan: Plan
    skipped: tuple[Skipped, ...]
    knowledge: Knowledge
    report: DeliveryReport
    made: datetime | None = None
    today: date | None = None


class UndoMoved(PlanStale):
    """The plan was too old and would be different now. `planned` is the new one, to be shown again."""

    def __init__(self, planned: Undo) -> None:
        super().__init__(_("This plan was made too long ago, and Alleo holds something else now. Look at it again."))
        self.planned = planned


async def plan_undo(session: Session, run: str) -> Undo:
    """Plans the reversal of `run`. Writes nothing.

    Raises Usage (no such run, no delivery), BasisChanged (it wrote to another Alleo) and what reading raises.
    """
    delivery = session.delivery()
    if delivery is None:
        raise Usage(no_delivery(session.setup))
    with Ledger.of(session.setup.home, session.setup.profile.name) as ledger:
        found = ledger.run(run)
        if found is None:
            raise Usage(_("There is no run {run}. The runs there are: alleo-onboard runs list.").format(run=run))
        if not session.accept_change:
            _same_alleo(found.policy or ledger.last_policy() or "", session.setup.alleo_address)
        names = {f.name for row in ledger.changes(run) for f in row.change.fields}
        report = await delivery.open(frozenset(names | {*CORE_FIELDS, *EXTRA_FIELDS}))
        accounts = await everyone(delivery, ledger)
        knowledge = gather(ledger, accounts, {})
        rows = ledger.changes(run)
    late = {s.outcome.change for s in knowledge.settlements if s.run == run and not s.outcome.error}
    made = [r for r in rows if r.state is State.CONFIRMED or r.change in late]
    plan, skipped = reverse(made, accounts, knowledge)
    return Undo(run, plan, skipped, knowledge, report, session.now(), session.today())


def _same_alleo(policy: str, now: str) -> None:
    """Raises BasisChanged when a run with this policy (JSON) wrote to another address than `now`.

    Another server may know the same people by the same ids.
    """
    try:
        then = str(rules_in(policy).get("alleo") or "")
    except ValueError:  # somebody edited the ledger; `runs verify` reports that
        return
    if then and now and spelled(then) != spelled(now):
        text = _(
            "That run wrote to {before}, and it would be taken back at {now}: another customer's Alleo? Nothing was "
            "written."
        )
        finding = Finding(Code.BASIS_CHANGED, "alleo_address", (("before", then), ("now", now)))
        raise BasisChanged(text.format(before=then, now=now), (finding,))


def reverse(rows: Iterable[Row], accounts: Sequence[Account], knowledge: Knowledge) -> tuple[Plan, tuple[Skipped, ...]]:
    """Returns the reversing plan, and what it leaves out."""
    held = Held(accounts)
    people: list[Person] = []
    skipped: list[Skipped] = []
    for row in rows:
        account = held.by_id.get(row.account_id or "") or held.of(row.change)
        if account is None or not _still_theirs(row.change, account, knowledge):
            skipped.append(Skipped(row.change.personio_id, row.change.name, "", Left.GONE))
            continue
        fields = _fields(row.change, account, skipped)
        people.append(_person(row.change, account, fields))
    ours = {str(number): identity for number, identity in knowledge.links.items()}
    linked = sum(1 for a in accounts if a.active and ours.get(a.external_id) == a.id)
    people.sort(key=lambda p: p.personio_id)
    return Plan(tuple(people), complete=True, delivery=True, linked=linked), tuple(skipped)


def _still_theirs(change: Change, account: Account, knowledge: Knowledge) -> bool:
    """Returns whether the account still belongs to this person. An account without id does if the ledger links it."""
    if account.external_id:
        return account.external_id == str(change.personio_id)
    return knowledge.links.get(change.personio_id) == account.id


def _fields(change: Change, account: Account, skipped: list[Skipped]) -> tuple[Field, ...]:
    """Returns the fields to set back to their old value, unless somebody changed them since."""
    made = (Field("active", False, True),) if change.kind is Kind.ONBOARD else change.fields
    paid = oneoffs_of(change.fields)
    found: list[Field] = []

    def leave(name: str, why: Left) -> None:
        skipped.append(Skipped(change.personio_id, change.name, name, why))

    if change.kind is Kind.ONBOARD:
        for name in paid:
            leave(name, Left.PAID)
    for field in made:
        now = value_of(account, field.name)
        if field.name in paid:
            leave(field.name, Left.PAID)
        elif HIDDEN in (field.old, field.new):
            leave(field.name, Left.BIRTHDAY)
        elif same(field.name, now, field.old) or (field.name == "external_id" and field.old):
            continue  # nothing to do; somebody who returned with a new id keeps it
        elif not same(field.name, now, field.new):
            leave(field.name, Left.CHANGED_SINCE)
        else:
            found.append(Field(field.name, now, field.old))
    return tuple(found)


def _person(change: Change, account: Account, fields: tuple[Field, ...]) -> Person:
    """Returns the row of the plan for one change."""
    active = {f.name: f.new for f in fields}.get("active")
    kind = Kind.OFFBOARD if active is False else Kind.REACTIVATE if active else Kind.UPDATE
    made = Change(kind, change.personio_id, account.id, account.name, fields, REASON) if fields else None
    decision = Decision.SKIP if active is False else Decision.SYNC
    return Person(change.personio_id, account.name, account.email, decision, (), change=made, account=account)


async def undo(session: Session, planned: Undo, consent: Consent, stop: Stop | None = None) -> RunResult:
    """Applies the plan. Makes it again first if it is too old.

    Raises GuardTripped, Locked, PlanStale (UndoMoved with the plan as it is now); nothing was written then.
    """
    guarded(planned.plan, consent)
    planned = await _renewed(session, planned)
    guarded(planned.plan, consent)  # fewer may be linked by now
    knowledge = planned.knowledge
    order = Order(
        planned.plan, planned.plan.digest, Why(Purpose.UNDO, planned.run), knowledge.head, knowledge.settlements
    )
    return await carry_out(session, order, stop)


async def _renewed(session: Session, planned: Undo) -> Undo:
    if not planned.plan.changes or not outlived(session, planned.made, planned.today):
        return planned
    fresh = await plan_undo(session, planned.run)
    if fresh.plan.digest != planned.plan.digest:
        raise UndoMoved(fresh)
    return fresh
