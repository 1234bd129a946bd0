"""What a person gets and what would change at Alleo, field by field. Safe for a shared screen."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from alleo_onboard.domain.budget import Period, amount, period_of
from alleo_onboard.domain.change import Field, Kind
from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import money
from alleo_onboard.locale.terms import reason_label
from alleo_onboard.presentation.labels import budget_label, field_label, kind_label
from alleo_onboard.presentation.rules import Says
from alleo_onboard.presentation.values import value_text

# Shown only as set or changed, because screens are shared and recorded.
_PRIVATE = frozenset({"birthday"})


@dataclass(frozen=True, slots=True)
class Budget:
    """One budget. `text` is the amount, `says` whether it is sent, `note` why not, or how often it is paid."""

    label: str
    field: str
    text: str
    says: Says
    note: str


@dataclass(frozen=True, slots=True)
class Shift:
    """One field at Alleo before and after. `old` is "" for a new account."""

    label: str
    old: str
    new: str


def headline(person: Person) -> str:
    """Returns the decision in one sentence."""
    why = reason_label(person.reasons[0]) if person.reasons else ""
    texts = {
        Decision.SYNC: _("Gets Alleo: {why}."),
        Decision.SKIP: _("Left out: {why}."),
        Decision.BLOCKED: _("Has to be mended first: {why}."),
    }
    return texts[person.decision].format(why=why)


def at_alleo(person: Person) -> str:
    """Returns what would happen at Alleo, in a few words."""
    if person.change:
        return kind_label(person.change.kind)
    if person.account is None:
        return _("no account")
    if person.decision is Decision.SYNC:
        return _("everything is as it should be")
    return _("nothing changes")


def budgets(person: Person) -> tuple[Budget, ...]:
    """Returns every budget that Personio has for the person, sent or not."""
    raws = person.employee.budgets if person.employee else ()
    return tuple(_budget(person, name, amount(raw), str(raw)) for name, raw in raws)


def _budget(person: Person, name: str, value: Decimal | None, raw: str) -> Budget:
    text = money(value) if value is not None else raw
    label = budget_label(name)
    if name in person.budgets:
        often = _("a month") if period_of(name) is Period.MONTHLY else _("once")
        return Budget(label, name, money(person.budgets[name]), Says.IN, often)
    if name in person.withheld:
        why = _("withheld") if value is not None else _("withheld: not a plain amount")
        return Budget(label, name, text, Says.MEND, why)
    if person.decision is not Decision.SYNC:
        return Budget(label, name, text, Says.OUT, _("not sent"))
    note = _("zero is not sent") if not value else _("was sent before")
    return Budget(label, name, text, Says.OUT, note)


def shifts(person: Person) -> tuple[Shift, ...]:
    """Returns the fields of the person's change, in its order."""
    if person.change is None:
        return ()
    fresh = person.change.kind is Kind.ONBOARD
    return tuple(_shift(field, fresh=fresh) for field in person.change.fields)


def _shift(field: Field, *, fresh: bool) -> Shift:
    label = field_label(field.name)
    if field.name in _PRIVATE:
        return Shift(label, "", _private(field))
    return Shift(
        label,
        "" if fresh else value_text(field.name, field.old, _("empty")),
        value_text(field.name, field.new, _("empty")),
    )


def _private(field: Field) -> str:
    if not field.new:
        return _("is taken out")
    return _("changes") if field.old else _("is set")


def no_name() -> str:
    """Returns the text shown for an empty name."""
    return _("(no name)")
