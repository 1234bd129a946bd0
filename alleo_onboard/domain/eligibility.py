"""Who syncs: one decision for every employee, with all reasons that apply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alleo_onboard.domain.address import email_key, valid
from alleo_onboard.domain.alleo_field import Choice, Selection, choice
from alleo_onboard.domain.employee import Employee, Status
from alleo_onboard.domain.profile import OnLeave
from alleo_onboard.domain.text import unseen

__all__ = ["Decision", "Reason", "Verdict", "decide", "email_key"]


class Decision(StrEnum):
    """What happens with one employee."""

    SYNC = "sync"
    SKIP = "skip"
    BLOCKED = "blocked"


class Reason(StrEnum):
    """Why, in the order of the rules; the first one that applies decides (product.md, "Who syncs")."""

    INACTIVE = "inactive"
    TERMINATED = "terminated"
    NOT_STARTED = "not_started"
    ALLEO_NO = "alleo_no"
    ALLEO_UNSET = "alleo_unset"
    ALLEO_UNCLEAR = "alleo_unclear"
    EMAIL_MISSING = "email_missing"
    EMAIL_INVALID = "email_invalid"
    EMAIL_DUPLICATE = "email_duplicate"
    NAME_MISSING = "name_missing"
    STATUS_UNKNOWN = "status_unknown"
    ACTIVE = "active"
    ON_LEAVE = "on_leave"
    GONE = "gone"  # no longer in Personio
    FORMULA_LIKE = "formula_like"  # a value that must not be in a file
    ACCOUNT_CONFLICT = "account_conflict"  # another person's account at Alleo has this address
    DATE_INVALID = "date_invalid"  # the hire date cannot be read, so it is not known whether the person has started


_SKIPS = frozenset({Reason.INACTIVE, Reason.TERMINATED, Reason.NOT_STARTED, Reason.ALLEO_NO, Reason.ALLEO_UNSET})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision about one employee. `reasons[0]` is the rule that decided."""

    decision: Decision
    reasons: tuple[Reason, ...]


def decide(
    employees: Iterable[Employee], today: date, selection: Selection, on_leave: OnLeave = OnLeave.INCLUDE
) -> Mapping[int, Verdict]:
    """Returns one verdict for each employee id. `today` is the date in the profile's time zone."""
    hits = {e.id: (e, _alone(e, today, selection)) for e in employees}
    owners = Counter(email_key(e.email) for e, found in hits.values() if e.email and _would_sync(e, found, on_leave))
    shared = {email for email, owned in owners.items() if owned > 1}
    verdicts: dict[int, Verdict] = {}
    for number, (employee, found) in hits.items():
        if email_key(employee.email) in shared and _would_sync(employee, found, on_leave):
            found = [*found, Reason.EMAIL_DUPLICATE]  # noqa: PLW2901
        verdicts[number] = _verdict(employee, found, on_leave)
    return verdicts


def _would_sync(employee: Employee, hits: list[Reason], on_leave: OnLeave) -> bool:
    """Returns whether the person would sync once data errors are fixed. Duplicate addresses count only among these."""
    excluded = employee.status == Status.LEAVE and on_leave is OnLeave.EXCLUDE
    return not excluded and not _SKIPS.intersection(hits)


def _verdict(employee: Employee, hits: list[Reason], on_leave: OnLeave) -> Verdict:
    """Returns the verdict for the reasons found, in the order of the rules."""
    reasons = tuple(sorted(set(hits), key=_ORDER.__getitem__))
    if reasons:
        decision = Decision.SKIP if reasons[0] in _SKIPS else Decision.BLOCKED
        return Verdict(decision, reasons)
    if employee.status == Status.LEAVE:
        excluded = on_leave is OnLeave.EXCLUDE
        return Verdict(Decision.SKIP if excluded else Decision.SYNC, (Reason.ON_LEAVE,))
    return Verdict(Decision.SYNC, (Reason.ACTIVE,))


_ORDER = {reason: place for place, reason in enumerate(Reason)}


def _alone(employee: Employee, today: date, selection: Selection) -> list[Reason]:
    """Returns the reasons that follow from this employee alone."""
    hits: list[Reason] = []
    if employee.status == Status.INACTIVE:
        hits.append(Reason.INACTIVE)
    if employee.termination_date and employee.termination_date < today and not employee.hired_again:
        hits.append(Reason.TERMINATED)
    if employee.status == Status.ONBOARDING or (employee.hire_date and employee.hire_date > today):
        hits.append(Reason.NOT_STARTED)
    hits += _selected(employee, selection)
    if not employee.email:
        hits.append(Reason.EMAIL_MISSING)
    elif not valid(employee.email):
        hits.append(Reason.EMAIL_INVALID)
    if not all(name and not unseen(name) for name in (employee.first_name, employee.last_name)):
        hits.append(Reason.NAME_MISSING)
    if employee.status not in _KNOWN:
        hits.append(Reason.STATUS_UNKNOWN)
    return hits


_KNOWN = frozenset(Status)
_BY_CHOICE = {
    Choice.NO: [Reason.ALLEO_NO],
    Choice.UNSET: [Reason.ALLEO_UNSET],
    Choice.UNCLEAR: [Reason.ALLEO_UNCLEAR],
    Choice.YES: [],
}


def _selected(employee: Employee, selection: Selection) -> list[Reason]:
    """Returns the reasons that the Alleo field gives."""
    if selection is Selection.FIELD:
        return _BY_CHOICE[choice(employee.alleo)]
    return [Reason.ALLEO_UNCLEAR] if selection is Selection.LOST else []
