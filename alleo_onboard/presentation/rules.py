"""Why somebody syncs or not: every rule with the value it checked and its result.

Nothing is decided again here: a rule applies exactly when its reason is among the person's reasons.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alleo_onboard.domain.alleo_field import Selection
from alleo_onboard.domain.eligibility import Decision, Reason
from alleo_onboard.domain.employee import Employee, Status
from alleo_onboard.domain.file_safety import unsafe_fields
from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import day as day_text
from alleo_onboard.locale.terms import attribute_label, reason_label, status_label


class Says(StrEnum):
    """The result of one rule for one person."""

    IN = "sync"
    OUT = "skip"
    MEND = "blocked"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    `value` is what was checked, as text from outside; `verdict` is our text, "" when the value says enough.
    """

    name: str
    value: str
    says: Says
    verdict: str


@dataclass(frozen=True, slots=True)
class Context:
    """How people were decided.

    `today` is the date of the reading; `delivery` is whether accounts at Alleo were read.
    """

    selection: Selection = Selection.EVERYONE
    today: date | None = None
    delivery: bool = False


_OUT = frozenset(
    {
        Reason.INACTIVE,
        Reason.TERMINATED,
        Reason.NOT_STARTED,
        Reason.ALLEO_NO,
        Reason.ALLEO_UNSET,
        Reason.ON_LEAVE,
        Reason.GONE,
    }
)


def explain(person: Person, context: Context) -> tuple[Rule, ...]:
    """Returns the rules in the order in which they are checked."""
    employee = person.employee
    if employee is None:
        return (Rule(_("In Personio"), _("not there"), Says.OUT, reason_label(Reason.GONE)),)
    rules = [
        _status(person, employee),
        _end(person, employee),
        _start(person, employee, context),
        _alleo(person, employee, context),
        _rule(person, attribute_label("email"), employee.email, _EMAIL, _("valid, unique")),
        _rule(person, _("Name"), employee.name, (Reason.NAME_MISSING,), _("complete")),
    ]
    if Reason.FORMULA_LIKE in person.reasons:
        rules.append(_rule(person, _("Values"), _in_the_way(employee), (Reason.FORMULA_LIKE,), ""))
    return (*rules, _account(person)) if context.delivery else tuple(rules)


def _in_the_way(employee: Employee) -> str:
    return ", ".join(attribute_label(name) for name in unsafe_fields(employee))


_EMAIL = (Reason.EMAIL_MISSING, Reason.EMAIL_INVALID, Reason.EMAIL_DUPLICATE)


def _rule(person: Person, name: str, value: str, speaking: Iterable[Reason], well: str) -> Rule:
    hit = next((reason for reason in speaking if reason in person.reasons), None)
    if hit is None:
        return Rule(name, value or _("empty"), Says.IN, well)
    return Rule(name, value or _("empty"), Says.OUT if hit in _OUT else Says.MEND, reason_label(hit))


def _status(person: Person, employee: Employee) -> Rule:
    speaking = [Reason.INACTIVE, Reason.STATUS_UNKNOWN]
    if employee.status == Status.ONBOARDING:
        speaking.append(Reason.NOT_STARTED)
    if person.decision is Decision.SKIP:
        speaking.append(Reason.ON_LEAVE)
    well = _("on leave counts as employed") if employee.status == Status.LEAVE else _("employed")
    return _rule(person, attribute_label("status"), status_label(employee.status), speaking, well)


def _end(person: Person, employee: Employee) -> Rule:
    return _rule(
        person,
        attribute_label("termination_date"),
        _day(employee, "termination_date", employee.termination_date),
        (Reason.TERMINATED,),
        _end_well(employee),
    )


def _end_well(employee: Employee) -> str:
    if employee.hired_again:
        return _("before the start: of an earlier employment")
    return _("still to come") if employee.termination_date else ""


def _start(person: Person, employee: Employee, context: Context) -> Rule:
    """Returns the rule about the hire date.

    The status onboarding also means not started, but its own rule says that.
    """
    hired, today = employee.hire_date, context.today
    early = hired is not None and today is not None and hired > today
    return _rule(
        person,
        attribute_label("hire_date"),
        _day(employee, "hire_date", hired),
        (Reason.DATE_INVALID, *((Reason.NOT_STARTED,) if early or employee.status != Status.ONBOARDING else ())),
        _("started") if hired and today else "",
    )


def _alleo(person: Person, employee: Employee, context: Context) -> Rule:
    name = attribute_label("alleo")
    if context.selection is Selection.EVERYONE:
        return Rule(name, _("not used"), Says.IN, _("everybody takes part"))
    if context.selection is Selection.LOST:
        return Rule(name, _("not readable"), Says.MEND, _("without it there is no telling who syncs"))
    if Reason.ALLEO_UNCLEAR in person.reasons:
        return Rule(name, employee.alleo, Says.MEND, _("neither Yes nor No"))
    if Reason.ALLEO_NO in person.reasons or Reason.ALLEO_UNSET in person.reasons:
        return Rule(name, employee.alleo or _("empty"), Says.OUT, _("does not take part"))
    return Rule(name, employee.alleo, Says.IN, _("takes part"))


def _account(person: Person) -> Rule:
    account, name = person.account, _("Account at Alleo")
    if Reason.ACCOUNT_CONFLICT in person.reasons:
        held = account.name or account.email if account else ""
        return Rule(name, held or _("somebody else's"), Says.MEND, reason_label(Reason.ACCOUNT_CONFLICT))
    if account is None:
        return Rule(name, _("none"), Says.IN, "")
    linked = account.external_id == str(person.personio_id)
    state = _("active") if account.active else _("switched off")
    return Rule(name, state, Says.IN, _("linked") if linked else _("same address, will be linked"))


def _day(employee: Employee, name: str, day: date | None) -> str:
    if name in employee.misdated:
        return _("cannot be read")
    return day_text(day) if day else _("none")
