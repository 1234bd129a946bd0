"""The sentences of the findings: what it is, what it means, and the click path that mends it."""

from __future__ import annotations

from collections.abc import Callable

from alleo_onboard.domain.attributes import CORE
from alleo_onboard.domain.finding import Code, Finding
from alleo_onboard.locale import _
from alleo_onboard.locale.changed_rules import basis_sentence, clock_wrong_sentence
from alleo_onboard.locale.terms import attribute_label
from alleo_onboard.presentation.recipe import recipe_new, to_field, to_readable, to_rights, to_unreadable

Told = tuple[str, str, tuple[str, ...]]  # title, message, remedy


def finding_title(finding: Finding) -> str:
    """One line that names the finding."""
    return _told(finding)[0]


def finding_message(finding: Finding) -> str:
    """What was found and what it means for the sync."""
    return _told(finding)[1]


def finding_remedy(finding: Finding) -> tuple[str, ...]:
    """What to do, a line each; the first is the new menu's path."""
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
    return (
        _("The credential may not read employees"),
        _("Signing in works, but the right to read employees is missing, so nobody can be seen."),
        to_rights(_("tick Read for Employees")),
    )


def _attribute_missing(finding: Finding) -> Told:
    label = attribute_label(finding.subject)
    core = finding.subject in CORE
    message = (
        _("Without {attribute} it cannot be decided who syncs.")
        if core
        else _("Personio leaves {attribute} out without a word, so Alleo would never get it.")
    )
    return (
        _("{attribute} is not readable with this credential").format(attribute=label),
        message.format(attribute=label),
        to_readable(label),
    )


def _attribute_by_label(finding: Finding) -> Told:
    label = finding.detail("label")
    return (
        _("{attribute} was found by its label").format(attribute=attribute_label(finding.subject)),
        _(
            "This Personio account does not mark its birthday field, so the field “{label}” is used. Make sure it is the birthday."
        ).format(label=label),
        to_field(_("check the field {label}").format(label=label)),
    )


def _attribute_sparse(finding: Finding) -> Told:
    label = attribute_label(finding.subject)
    return (
        _("{attribute} is empty for most people").format(attribute=label),
        _("Only {filled} of the {of} people who would sync have a value.").format(
            filled=finding.detail("filled"), of=finding.detail("of")
        ),
        (
            _("Fill {attribute} in the employees' profiles in Personio, or leave it: those people still sync.").format(
                attribute=label
            ),
        ),
    )


def _alleo_field_absent(finding: Finding) -> Told:
    return (
        _("There is no Alleo field: everyone who is employed syncs"),
        _("No attribute called “Alleo” is readable. That is right if all employees take part."),
        (
            _(
                "To choose people one by one: make a list attribute “Alleo” with the options Yes and No, then make it readable."
            ),
            *to_field(_("Add an attribute")),
            *to_readable("Alleo"),
        ),
    )


def _alleo_field_type(finding: Finding) -> Told:
    return (
        _("The Alleo field has the wrong type"),
        _("“Alleo” is of the type {type}. It has to be a list of options, with Yes and No.").format(
            type=finding.detail("type")
        ),
        to_field(_("make a list attribute “Alleo” with the options Yes and No, and delete or rename the old one")),
    )


def _alleo_field_options(finding: Finding) -> Told:
    return (
        _("The Alleo field does not offer Yes and No"),
        _("Its options are: {options}. It cannot be told who takes part.").format(
            options=finding.detail("options") or "-"
        ),
        to_field(_("Alleo > options: Yes and No")),
    )


def _alleo_field_localised(finding: Finding) -> Told:
    return (
        _("The Alleo field's options are written differently"),
        _(
            "Its options are {options}. They are understood, but Alleo's own guide says Yes and No, in this order."
        ).format(options=finding.detail("options")),
        to_field(_("Alleo > options: Yes and No")),
    )


def _alleo_field_duplicate(finding: Finding) -> Told:
    return (
        _("There is more than one Alleo field"),
        _("Several attributes are called “Alleo” ({keys}), so it cannot be told which one decides.").format(
            keys=finding.detail("keys")
        ),
        to_unreadable(_("all but one of them")),
    )


def _alleo_field_near(finding: Finding) -> Told:
    return (
        _("“{label}” looks like an Alleo field").format(label=finding.subject),
        _("Only an attribute called exactly “Alleo” selects who syncs; this one is not used."),
        to_field(_("rename {label} to Alleo, if that is what it is for").format(label=finding.subject)),
    )


def _budget_field_type(finding: Finding) -> Told:
    return (
        _("The budget field {label} is not a number").format(label=finding.subject),
        _("It is of the type {type}, so its amounts are not used.").format(type=finding.detail("type")),
        to_field(
            _("make a number attribute called {right}, and rename or delete the old one").format(
                right=finding.detail("right")
            )
        ),
    )


def _budget_field_near(finding: Finding) -> Told:
    right = finding.detail("right")
    return (
        _("“{label}” looks like a budget field").format(label=finding.subject),
        _("The right spelling is {right}. As it is, no budget is sent from it.").format(right=right),
        to_field(_("rename {label} to {right}").format(label=finding.subject, right=right)),
    )


def _budget_field_duplicate(finding: Finding) -> Told:
    return (
        _("There is more than one field called {label}").format(label=finding.subject),
        _("It cannot be told which amount is right, so neither is used."),
        to_unreadable(_("all but one of them")),
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


def _selective_field_lost(finding: Finding) -> Told:
    return (
        _("The Alleo field is no longer readable"),
        _("Earlier runs used it to choose who syncs. Without it nobody can be decided, so nothing is synced."),
        to_readable("Alleo"),
    )


def _basis_changed(finding: Finding) -> Told:
    titles = {
        "alleo_address": _("The address of Alleo is not that of the last run"),
        "personio_address": _("The address of Personio is not that of the last run"),
        "alleo_field": _("Another rule selects people than at the last run"),
        "people": _("Nobody of those linked to Alleo can be seen any more"),
    }
    return (
        titles[finding.subject],
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
    Code.ATTRIBUTE_MISSING: _attribute_missing,
    Code.ATTRIBUTE_BY_LABEL: _attribute_by_label,
    Code.ATTRIBUTE_SPARSE: _attribute_sparse,
    Code.ALLEO_FIELD_ABSENT: _alleo_field_absent,
    Code.ALLEO_FIELD_TYPE: _alleo_field_type,
    Code.ALLEO_FIELD_OPTIONS: _alleo_field_options,
    Code.ALLEO_FIELD_LOCALISED: _alleo_field_localised,
    Code.ALLEO_FIELD_DUPLICATE: _alleo_field_duplicate,
    Code.ALLEO_FIELD_NEAR: _alleo_field_near,
    Code.BUDGET_FIELD_TYPE: _budget_field_type,
    Code.BUDGET_FIELD_NEAR: _budget_field_near,
    Code.BUDGET_FIELD_DUPLICATE: _budget_field_duplicate,
    Code.EXCESS_ATTRIBUTE: _excess_attribute,
    Code.WRITE_ACCESS: _write_access,
    Code.SELECTIVE_FIELD_LOST: _selective_field_lost,
    Code.BASIS_CHANGED: _basis_changed,
    Code.CLOCK_WRONG: _clock_wrong,
}
