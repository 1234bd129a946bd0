"""One person as lines for the plain wizard: decision, budgets, and changes at Alleo."""

from __future__ import annotations

from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import _
from alleo_onboard.presentation.form import value_said
from alleo_onboard.presentation.labels import problem_label
from alleo_onboard.presentation.person import Budget, Shift, at_alleo, budgets, headline, no_name, shifts
from alleo_onboard.presentation.rules import Context, Rule, explain


def named(person: Person) -> str:
    """Returns name and address."""
    name = person.name.strip() or no_name()
    return f"{name}, {person.email}." if person.email else f"{name}."


def in_one_line(person: Person) -> str:
    """Returns a person in one line, for a list."""
    told = [named(person), headline(person)]
    if person.change:
        told.append(_there(person))
    return " ".join([*told, *(_budget(one) for one in budgets(person))])


def in_full(person: Person, context: Context) -> tuple[str, ...]:
    """Returns every rule, budget and field of a person, one line each."""
    return (
        named(person),
        headline(person),
        *(_rule(one) for one in explain(person, context)),
        *(_budget(one) for one in budgets(person)),
        _there(person),
        *(_shift(one) for one in shifts(person)),
        *(f"! {problem_label(problem)}." for problem in person.problems),
    )


def _there(person: Person) -> str:
    return _("At Alleo: {what}.").format(what=at_alleo(person))


def _rule(rule: Rule) -> str:
    text = _("{rule}: {value}; {verdict}.") if rule.verdict else _("{rule}: {value}.")
    return text.format(rule=rule.name, value=rule.value, verdict=rule.verdict)


def _budget(budget: Budget) -> str:
    text = _("{budget}: {amount}, {note}.")
    return text.format(budget=budget.label, amount=budget.text, note=budget.note)


def _shift(shift: Shift) -> str:
    if not shift.old:
        return value_said(shift.label, shift.new)
    text = _("{field} becomes {new}; it was {old}.")
    return text.format(field=shift.label, old=shift.old, new=shift.new)
