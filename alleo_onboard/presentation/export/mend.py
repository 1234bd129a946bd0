"""What has to be fixed for each person: what is wrong, and where to fix it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alleo_onboard.domain.budget import Problem
from alleo_onboard.domain.eligibility import Decision, Reason
from alleo_onboard.domain.plan import Person, Plan
from alleo_onboard.locale import _
from alleo_onboard.locale.terms import attribute_label, reason_label
from alleo_onboard.presentation.labels import problem_label
from alleo_onboard.presentation.people.surname import by_surname
from alleo_onboard.presentation.warnings import conflict_sentence


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing to fix. `blocks` is true when the person cannot sync before."""

    person: Person
    what: str
    where: str
    blocks: bool


def to_mend(plan: Plan) -> tuple[Mend, ...]:
    """Returns everything to fix: first what blocks somebody, then the rest, by name."""
    found = [one for person in by_surname(plan.people) for one in _of(person)]
    return tuple(sorted(found, key=lambda one: not one.blocks))


def _of(person: Person) -> Iterable[Mend]:
    if person.decision is Decision.BLOCKED:
        for reason in person.reasons:
            yield Mend(person, reason_label(reason), _for_reason(reason, person), blocks=True)
    told = {reason.value for reason in person.reasons} if person.decision is Decision.BLOCKED else set()
    for problem in person.problems:
        if problem.value not in told:
            yield Mend(person, problem_label(problem), _for_problem(problem, person), blocks=False)


_FIELDS = {
    Reason.ALLEO_UNCLEAR: ("alleo",),
    Reason.EMAIL_MISSING: ("email",),
    Reason.EMAIL_INVALID: ("email",),
    Reason.EMAIL_DUPLICATE: ("email",),
    Reason.NAME_MISSING: ("first_name", "last_name"),
    Reason.STATUS_UNKNOWN: ("status",),
}


def _for_reason(reason: Reason, person: Person) -> str:
    if reason is Reason.ACCOUNT_CONFLICT:
        return conflict_sentence(person) or _at_alleo()
    if reason is Reason.DATE_INVALID:
        return _dates(person)
    if reason is Reason.ALLEO_UNCLEAR:
        return _("{path}: choose Yes or No").format(path=_profile("Alleo"))
    return _profile(*(attribute_label(name) for name in _FIELDS.get(reason, ()))) if reason in _FIELDS else _look()


# Problems that the reader decides, and problems that only Alleo can solve.
_TO_DECIDE = frozenset({"budget_oneoff_held", "budget_oneoff_changed"})
_AT_ALLEO = frozenset({"budget_only_at_alleo", "not_kept", "account_by_hand", "link_replaced", "account_of_nobody"})


def _for_problem(problem: Problem, person: Person) -> str:
    if problem is Problem.ACCOUNT_CONFLICT:
        return conflict_sentence(person) or _at_alleo()
    if problem is Problem.DATE_INVALID:
        return _dates(person)
    if problem.value in _TO_DECIDE:
        return _("Decide whether it is sent: on Run in the wizard, or with sync --send-oneoff.")
    if person.withheld and problem.value.startswith("budget_"):
        return _profile(*person.withheld)
    if problem.value in _AT_ALLEO:
        return _at_alleo()
    return _look()


def _dates(person: Person) -> str:
    misdated = person.employee.misdated if person.employee else ()
    return _profile(*(attribute_label(name) for name in misdated))


def _profile(*fields: str) -> str:
    """Returns where a field of one person is in Personio."""
    if not fields:
        return _look()
    return _("In Personio: the person's profile > {fields}").format(fields=", ".join(fields))


def _at_alleo() -> str:
    return _("Ask Alleo to look at this account.")


def _look() -> str:
    return _("In Personio: the person's profile")
