"""Checks whether a preview may be applied, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from alleo_onboard.domain.change import Change, Kind
from alleo_onboard.domain.errors import (
    BasisChanged,
    BudgetGuardTripped,
    GuardTripped,
    NotReady,
    Unreachable,
    UpdateGuardTripped,
    Usage,
)
from alleo_onboard.domain.finding import Code, Finding, standing
from alleo_onboard.domain.guard import Money
from alleo_onboard.domain.plan import Plan
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.changed_rules import altered_sentence, basis_sentence, clock_wrong_sentence, leaving_sentence
from alleo_onboard.locale.formats import count, money
from alleo_onboard.locale.terms import mended_first
from alleo_onboard.usecases.preview.basis import Altered
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.setups.ways import refuse_rivals

_NAMED = 10  # ids in one sentence


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to for this plan (product.md, `sync`). A number overrides the guard up to that number."""

    allow_offboard: int | None = None
    allow_missing: frozenset[str] = field(default_factory=frozenset)
    accept_incomplete: bool = False
    allow_update: int | None = None
    accept_change: bool = False  # whatever changed in the basis
    accepted: frozenset[Finding] = frozenset()  # or only what was shown: these findings
    allow_budget: Decimal | None = None  # euros


def judge(preview: Preview, consent: Consent) -> Plan:
    """Returns the plan that may be applied.

    Raises NotReady, BasisChanged, Unreachable (incomplete list), Usage (no delivery), GuardTripped.
    """
    found = [f for f in preview.readiness.findings if f not in consent.accepted]
    errors = standing(found, consent.allow_missing, accept_change=consent.accept_change)
    if errors and all(e.code is Code.BASIS_CHANGED for e in errors):
        told = [basis_sentence(e.subject, e.detail("before"), e.detail("now")) for e in errors]
        raise BasisChanged(" ".join([*told, _("Nothing was written.")]), errors)
    if wrong := next((e for e in errors if e.code is Code.CLOCK_WRONG), None):
        raise NotReady(clock_wrong_sentence(wrong.subject, wrong.detail("hours")) + " " + _("Nothing was written."))
    if errors:
        raise NotReady(mended_first([e.subject for e in errors]))
    plan = preview.plan
    if not plan.complete:
        if preview.left_out and not consent.accept_incomplete:
            raise Unreachable(left_out_sentence(preview.left_out))
        if not consent.accept_incomplete:
            raise Unreachable(incomplete_sentence(preview) + " " + _("Nothing was written. Try again in a minute."))
        plan = _without_offboardings(plan)
    if not plan.delivery:
        raise Usage(preview.no_delivery)
    if not consent.accept_change:
        refuse_rivals(preview.rivals, _("If it is meant, repeat with --accept-change."))
    guarded(plan, consent, preview.altered, first_run=preview.first_run)
    return _without_offboardings(plan) if held_back(preview, consent) else plan


def left_out_sentence(numbers: Iterable[int]) -> str:
    """Returns the sentence about people whom Personio's list leaves out although Personio knows them."""
    text = _(
        "Personio's list leaves out people whom Personio knows (ids {ids}), so it is incomplete. Nothing was written. "
        "Try again in a minute."
    )
    return text.format(ids=", ".join(str(number) for number in sorted(numbers)[:_NAMED]))


def incomplete_sentence(preview: Preview) -> str:
    """Returns the sentence about how many people were found, and how many Personio states."""
    text = _("Personio says that there are {stated}, and showed {found} of them, so the list may be incomplete.")
    found, stated = preview.readiness.employees, preview.readiness.stated
    if found >= stated:
        text = _("Personio says that there are {stated}, and showed {found}: its list changed while it was read.")
    people = ngettext("{n} person", "{n} people", stated).format(n=count(stated))
    return text.format(stated=people, found=count(found))


def guarded(plan: Plan, consent: Consent, altered: Iterable[Altered] = (), *, first_run: bool = False) -> None:
    """Raises GuardTripped when the plan affects unusually many people or much money.

    `altered` are settings that changed. A first run pays everybody for the first time, so money is not checked.
    """
    guard = plan.guard
    told = [altered_sentence(one.rule, one.before, one.now) for one in altered]
    if guard.trips(consent.allow_offboard):
        text = _("{n} of {linked} people would lose Alleo. That is more than usual, nothing has been written.")
        sentence = text.format(n=count(guard.offboard), linked=count(guard.linked))
        raise GuardTripped(" ".join([sentence, leaving_sentence(plan), *told]).strip())
    if guard.trips_update(consent.allow_update):
        text = _(
            "{n} of {linked} people would get another e-mail address at Alleo. That is more than usual, as when a "
            "domain was mistyped. Nothing has been written."
        )
        raise UpdateGuardTripped(" ".join([text.format(n=count(guard.readdressed), linked=count(guard.linked)), *told]))
    if not first_run and guard.money.trips(consent.allow_budget):
        raise BudgetGuardTripped(" ".join([_paying_sentence(guard.money), *told]))


def _paying_sentence(sums: Money) -> str:
    """Returns the sentence about unusually much money."""
    told = []
    if sums.added > sums.limit:
        text = _("{n} a month would be added to the monthly budgets, which are {before} in all now.")
        told.append(text.format(n=money(sums.added), before=money(sums.before)))
    if sums.paid > sums.limit:
        text = _("{n} would be paid as one-off budgets; the monthly budgets are {before} in all.")
        told.append(text.format(n=money(sums.paid), before=money(sums.before)))
    return " ".join([*told, _("That is more than usual, nothing has been written.")])


def held_back(preview: Preview, consent: Consent | None = None) -> tuple[Change, ...]:
    """Returns the offboardings that a first run leaves for the next one, unless their number was named."""
    allowed = consent.allow_offboard if consent else None
    held = tuple(c for c in preview.plan.changes if c.kind is Kind.OFFBOARD)
    named = allowed is not None and allowed >= len(held)
    return held if preview.first_run and not named else ()


def _without_offboardings(plan: Plan) -> Plan:
    return plan.only(kinds=[k for k in Kind if k is not Kind.OFFBOARD])
