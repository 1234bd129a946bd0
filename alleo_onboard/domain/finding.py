"""A finding: one result of the check, as a code with its subject. The sentences are in presentation/findings.py."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How serious a finding is. An ERROR forbids a sync."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(StrEnum):
    """Every finding that the check can make (product.md)."""

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
    BUDGET_FIELD_LOST = "budget_field_lost"  # read in the last run; not readable now by the same key and name
    BUDGET_INVALID = "budget_invalid"
    BUDGET_MONTHLY_TWICE = "budget_monthly_twice"
    DATE_INVALID = "date_invalid"
    FORMULA_LIKE = "formula_like"  # values that must not be in a file for Alleo
    BASIS_CHANGED = "basis_changed"  # an address, the Alleo field or the people differ from the last finished run
    CLOCK_WRONG = "clock_wrong"

    @property
    def severity(self) -> Severity:
        """Returns how serious the finding is."""
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
    """One result of the check. `subject` names the attribute, field or right; `details` fill the sentence."""

    code: Code
    subject: str
    details: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        """Returns how serious the finding is."""
        return self.code.severity

    def detail(self, name: str) -> str:
        """Returns the named detail, or ""."""
        return dict(self.details).get(name, "")


def standing(
    findings: Iterable[Finding], allow_missing: frozenset[str] = frozenset(), *, accept_change: bool = False
) -> tuple[Finding, ...]:
    """Returns the errors that forbid a sync.

    `allow_missing` ignores missing attributes outside the core four; `accept_change` ignores BASIS_CHANGED.
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
