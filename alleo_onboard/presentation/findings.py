"""Sentences for each finding: title, meaning, and the click path to fix it."""

from __future__ import annotations

from collections.abc import Callable

from alleo_onboard.domain.finding import Code, Finding
from alleo_onboard.locale import _
from alleo_onboard.locale.changed_rules import basis_sentence, clock_wrong_sentence
from alleo_onboard.presentation import finding_fields as fields
from alleo_onboard.presentation import finding_people as of_people
from alleo_onboard.presentation.finding_fields import Told
from alleo_onboard.presentation.recipe import (
    recipe_new,
    to_rights,
    to_unreadable,
)


def finding_title(finding: Finding) -> str:
    """Returns one line that names the finding."""
    return _told(finding)[0]


def finding_message(finding: Finding) -> str:
    """Returns what was found and what it means for the sync."""
    return _told(finding)[1]


def finding_remedy(finding: Finding) -> tuple[str, ...]:
    """Returns what to do, line by line. The first line is the path in the new menu."""
    return _told(finding)[2]


def _told(finding: Finding) -> Told:
    return _TELLERS[finding.code](finding)


def _credential_rejected(finding: Finding) -> Told:
    return (
        _("Personio does not accept this credential"),
        _("Client id or client secret is wrong, or the credential was deleted in Personio."),
        (_("Copy both again, without spaces. If the secret is lost, make a new credential:"), *recipe_new()),
    )


def _employees_not_readable(finding: Finding) -> Told:
    if finding.detail("nobody"):
        return (
            _("The credential sees nobody"),
            _("Signing in works and reading employees is allowed, but Personio shows not one person."),
            to_rights(_("Employees: all employees, not a part of them")),
        )
    return (
        _("The credential may not read employees"),
        _("Signing in works, but the right to read employees is missing, so nobody can be seen."),
        to_rights(_("tick Read for Employees")),
    )


def _excess_attribute(finding: Finding) -> Told:
    sensitive = finding.detail("sensitive") == "yes"
    title = _("{label} is readable and sensitive") if sensitive else _("{label} is readable and not needed")
    return (
        title.format(label=finding.subject),
        _("Alleo does not need {label}; a credential should read no more than what is needed.").format(
            label=finding.subject
        ),
        to_unreadable(finding.subject),
    )


def _write_access(finding: Finding) -> Told:
    return (
        _("The credential may write: {scope}").format(scope=finding.subject),
        _("Nothing is ever written to Personio, so reading is enough."),
        to_rights(_("untick Write")),
    )


def _basis_changed(finding: Finding) -> Told:
    titles = {
        "alleo_address": _("The address of Alleo is not that of the last run"),
        "personio_address": _("The address of Personio is not that of the last run"),
        "alleo_field": _("People are selected by another rule than at the last run"),
        "accounts": _("Alleo shows none of the accounts that are linked"),
        "people": _("Nobody of those linked to Alleo can be seen any more"),
    }
    return (
        titles.get(finding.subject, finding.subject),
        basis_sentence(finding.subject, finding.detail("before"), finding.detail("now")),
        (
            _("If it is not meant, put back what was there before: credential, address or field."),
            _("If it is meant, accept it: on Run in the wizard, or sync --accept-change."),
        ),
    )


def _clock_wrong(finding: Finding) -> Told:
    return (
        _("The clock of this computer is wrong"),
        clock_wrong_sentence(finding.subject, finding.detail("hours")),
        (_("Set date, time and time zone of this computer, best from the network, and try again."),),
    )


_TELLERS: dict[Code, Callable[[Finding], Told]] = {
    Code.CREDENTIAL_REJECTED: _credential_rejected,
    Code.EMPLOYEES_NOT_READABLE: _employees_not_readable,
    Code.ATTRIBUTE_MISSING: fields.attribute_missing,
    Code.ATTRIBUTE_BY_LABEL: fields.attribute_by_label,
    Code.ATTRIBUTE_SPARSE: fields.attribute_sparse,
    Code.ALLEO_FIELD_ABSENT: fields.alleo_field_absent,
    Code.ALLEO_FIELD_TYPE: fields.alleo_field_type,
    Code.ALLEO_FIELD_OPTIONS: fields.alleo_field_options,
    Code.ALLEO_FIELD_LOCALISED: fields.alleo_field_localised,
    Code.ALLEO_FIELD_DUPLICATE: fields.alleo_field_duplicate,
    Code.ALLEO_FIELD_NEAR: fields.alleo_field_near,
    Code.BUDGET_FIELD_TYPE: fields.budget_field_type,
    Code.BUDGET_FIELD_NEAR: fields.budget_field_near,
    Code.BUDGET_FIELD_DUPLICATE: fields.budget_field_duplicate,
    Code.EXCESS_ATTRIBUTE: _excess_attribute,
    Code.WRITE_ACCESS: _write_access,
    Code.SELECTIVE_FIELD_LOST: fields.selective_field_lost,
    Code.BUDGET_FIELD_LOST: fields.budget_field_lost,
    Code.BUDGET_INVALID: of_people.budget_invalid,
    Code.BUDGET_MONTHLY_TWICE: of_people.budget_monthly_twice,
    Code.DATE_INVALID: of_people.date_invalid,
    Code.FORMULA_LIKE: of_people.formula_like,
    Code.BASIS_CHANGED: _basis_changed,
    Code.CLOCK_WRONG: _clock_wrong,
}
