"""A finding: one result of the check, as a code with its subject. The sentences are in presentation/findings.py."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(StrEnum):
    """Every finding the check can make (product.md)."""

    CREDENTIAL_REJECTED = "credential_rejected"
    EMPLOYEES_NOT_READABLE = "employees_not_readable"
    ATTRIBUTE_MISSING = "attribute_missing"
    ATTRIBUTE_BY_LABEL = "attribute_by_label"
    ATTRIBUTE_SPARSE = "attribute_sparse"
    ALLEO_FIELD_ABSENT = "alleo_field_absent"
    ALLEO_FIELD_TYPE = "alleo_field_type"
    ALLEO_FIELD_OPTIONS = "alleo_field_options"
    ALLEO_FIELD_LOCALISED = "alleo_field_localised"
    ALLEO_FIELD_DUPLICATE = "alleo_field_duplicate"
    ALLEO_FIELD_NEAR = "alleo_field_near"
    BUDGET_FIELD_TYPE = "budget_field_type"
    BUDGET_FIELD_NEAR = "budget_field_near"
    BUDGET_FIELD_DUPLICATE = "budget_field_duplicate"
    EXCESS_ATTRIBUTE = "excess_attribute"
    WRITE_ACCESS = "write_access"
    SELECTIVE_FIELD_LOST = "selective_field_lost"
    BUDGET_FIELD_LOST = "budget_field_lost"  # it was read in the last run and is not by the same key and name now
    BUDGET_INVALID = "budget_invalid"
    BUDGET_MONTHLY_TWICE = "budget_monthly_twice"
    DATE_INVALID = "date_invalid"
    FORMULA_LIKE = "formula_like"  # values that cannot stand in a file for Alleo
    BASIS_CHANGED = "basis_changed"  # what the last finished run rested on: an address, the Alleo field, the people
    CLOCK_WRONG = "clock_wrong"

    @property
    def severity(self) -> Severity:
        if self in _ERRORS:
            return Severity.ERROR
        return Severity.INFO if self is Code.ALLEO_FIELD_ABSENT else Severity.WARNING


_ERRORS = frozenset(
    {
        Code.CREDENTIAL_REJECTED,
        Code.EMPLOYEES_NOT_READABLE,
        Code.ATTRIBUTE_MISSING,
        Code.ALLEO_FIELD_TYPE,
        Code.ALLEO_FIELD_OPTIONS,
        Code.ALLEO_FIELD_DUPLICATE,
        Code.SELECTIVE_FIELD_LOST,
        Code.BASIS_CHANGED,
        Code.CLOCK_WRONG,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """`subject` names the attribute, field or right it is about; `details` feed the sentence shown to a person."""

    code: Code
    subject: str
    details: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        return self.code.severity

    def detail(self, name: str) -> str:
        """The named detail, or empty text."""
        return dict(self.details).get(name, "")


def standing(
    findings: Iterable[Finding], allow_missing: frozenset[str] = frozenset(), *, accept_change: bool = False
) -> tuple[Finding, ...]:
    """The errors that forbid a sync.

    `allow_missing` lifts missing attributes outside the core four, `accept_change` what a run rests on.
    """
    from alleo_onboard.domain.attributes import CORE

    lifted = allow_missing - CORE
    return tuple(
        f
        for f in findings
        if f.severity is Severity.ERROR
        and not (f.code is Code.ATTRIBUTE_MISSING and f.subject in lifted)
        and not (f.code is Code.BASIS_CHANGED and accept_change)
    )
