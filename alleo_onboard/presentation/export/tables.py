"""The tables of a report as text: everybody, what to fix, what changes, and the budgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from alleo_onboard.domain.budget import Period, period_of
from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.plan import Person, Plan
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import amount, count, in_euros
from alleo_onboard.locale.terms import attribute_label, reason_label
from alleo_onboard.presentation.export.mend import Mend
from alleo_onboard.presentation.labels import budget_label, kind_label, period_label, problem_label
from alleo_onboard.presentation.pages.run import before_and_after
from alleo_onboard.presentation.people.labels import decision_text
from alleo_onboard.presentation.people.surname import by_surname, listed, sorting_keys
from alleo_onboard.presentation.person import shifts


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `number` means right-aligned."""

    key: str
    label: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text. `order` holds the sort key of the first column for each row, if it differs from the text."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[str, ...]]
    order: Sequence[str] = ()
    marks: Sequence[str] = ()  # decision code of each row


def everyone(plan: Plan) -> Table:
    """Returns every person with the decision, by surname, including people who are no longer in Personio."""
    columns = (
        Column("name", _("Name")),
        Column("email", _("E-mail")),
        Column("department", attribute_label("department")),
        Column("decision", _("Decision")),
        Column("why", _("Why")),
        Column("change", _("At Alleo")),
        Column("monthly", in_euros(_("Monthly")), number=True),
        Column("once", in_euros(_("Once")), number=True),
        Column("id", _("Personio id"), number=True),
    )
    ordered = by_surname(plan.people)
    return Table(
        _("Everybody"),
        columns,
        [_person(p) for p in ordered],
        [key.replace("\t", " ").strip() for key in sorting_keys(ordered)],
        [p.decision.value for p in ordered],
    )


def _person(person: Person) -> tuple[str, ...]:
    return (
        listed(person),
        person.email,
        person.employee.department if person.employee else "",
        decision_text(person.decision),
        why(person),
        kind_label(person.change.kind) if person.change else "",
        _sum(person, Period.MONTHLY),
        _sum(person, Period.ONEOFF),
        str(person.personio_id),
    )


def why(person: Person) -> str:
    """Returns all reasons and problems."""
    told = [reason_label(r) for r in person.reasons] + [problem_label(p) for p in person.problems]
    return "; ".join(dict.fromkeys(told))


def _sum(person: Person, period: Period) -> str:
    amounts = [value for name, value in person.budgets.items() if period_of(name) is period]
    return amount(sum(amounts, Decimal(0))) if amounts else ""


def mending(found: Iterable[Mend]) -> Table:
    """Returns the list of things to fix: who, what is wrong, where to fix it."""
    columns = (
        Column("name", _("Name")),
        Column("email", _("E-mail")),
        Column("what", _("What is wrong")),
        Column("where", _("Where to mend it")),
        Column("blocks", _("Meanwhile")),
        Column("id", _("Personio id"), number=True),
    )
    kept, through = _("is not synced"), _("syncs without it")
    rows = [
        (listed(m.person), m.person.email, m.what, m.where, _meanwhile(m, kept, through), str(m.person.personio_id))
        for m in found
    ]
    return Table(_("To mend"), columns, rows)


def _meanwhile(one: Mend, kept: str, through: str) -> str:
    if one.blocks:
        return kept
    return through if one.person.decision is Decision.SYNC else ""


def changing(plan: Plan) -> Table:
    """Returns every change, with each field before and after. Birthdays are never shown."""
    columns = (
        Column("name", _("Name")),
        Column("email", _("E-mail")),
        Column("change", _("At Alleo")),
        Column("shifts", before_and_after()),
        Column("id", _("Personio id"), number=True),
    )
    rows = [
        (listed(p), p.email, kind_label(p.change.kind), _shifts(p), str(p.personio_id))
        for p in by_surname(plan.people)
        if p.change
    ]
    return Table(_("Changes"), columns, rows)


def _shifts(person: Person) -> str:
    told = ((s.label, f"{s.old} → {s.new}" if s.old else s.new) for s in shifts(person))
    return "; ".join(f"{label}: {text}" for label, text in told)


def budgeting(plan: Plan) -> Table:
    """Returns each budget field with its number of people and total."""
    columns = (
        Column("budget", _("Budget")),
        Column("field", _("Field in Personio")),
        Column("often", _("How often")),
        Column("people", _("People"), number=True),
        Column("total", _("EUR in total"), number=True),
    )
    rows = [
        (budget_label(name), name, period_label(name), count(n), amount(total))
        for name, (n, total) in plan.budgets.items()
    ]
    return Table(_("Budgets"), columns, rows)
