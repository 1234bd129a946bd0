"""Sentences for each finding: title, meaning, and the click path to fix it."""

from __future__ import annotations

from collections.abc import Callable

from alleo_onboard.domain.attributes import CORE
from alleo_onboard.domain.finding import Code, Finding
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.changed_rules import basis_sentence, clock_wrong_sentence
from alleo_onboard.locale.terms import attribute_label, type_label
from alleo_onboard.presentation import menus
from alleo_onboard.presentation.labels import people
from alleo_onboard.presentation.recipe import (
    numbered,
    recipe_alleo_field,
    recipe_new,
    to_field,
    to_readable,
    to_rights,
    to_unreadable,
)

Told = tuple[str, str, tuple[str, ...]]  # title, message, remedy


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
        to_readable(menus.attribute(finding.subject)),
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
        (_("To choose people one by one:"), *numbered(recipe_alleo_field())),
    )


def _alleo_field_type(finding: Finding) -> Told:
    return (
        _("The Alleo field has the wrong type"),
        _("“Alleo” is of the type {type}. It has to be a list of options, with Yes and No.").format(
            type=type_label(finding.detail("type"))
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
    if finding.detail("pinned"):
        return (
            _("The Alleo field is called “{label}” now").format(label=finding.subject),
            _("Earlier runs used this field to choose who syncs, and it still does: it is the same field in Personio."),
            to_field(_("rename {label} back to Alleo, so that Alleo finds it too").format(label=finding.subject)),
        )
    return (
        _("“{label}” looks like an Alleo field").format(label=finding.subject),
        _("Only an attribute called exactly “Alleo” selects who syncs; this one is not used."),
        to_field(_("rename {label} to Alleo, if that is what it is for").format(label=finding.subject)),
    )


def _budget_field_type(finding: Finding) -> Told:
    return (
        _("The budget field {label} is not a number").format(label=finding.subject),
        _("It is of the type {type}, so its amounts are not used.").format(type=type_label(finding.detail("type"))),
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
    key, label, others = (finding.detail(name) for name in ("key", "label", "others"))
    if not others:
        return (
            _("The Alleo field is no longer readable"),
            _("Earlier runs used it to choose who syncs. Without it nobody can be decided, so nothing is synced."),
            to_readable("Alleo"),
        )
    if label:
        text = _(
            "Earlier runs chose people by the field {key}, which is called “{label}” now; “Alleo” is {others} now."
        )
        mend = _("rename {label} back to Alleo and call the other field something else").format(label=label)
        remedy = to_field(mend)
    else:
        text = _("Earlier runs chose people by the field {key}, which is gone; “Alleo” is another field, {others}.")
        remedy = to_readable(_("the field {key}").format(key=key))
    accept = _("If the new field is meant to choose people from now on, accept the change: --accept-change.")
    return (
        _("Another field is called Alleo now"),
        " ".join([text.format(key=key, label=label, others=others), _("Nothing is synced until that is clear.")]),
        (*remedy, accept),
    )


def _budget_field_lost(finding: Finding) -> Told:
    name, label, kind = finding.subject, finding.detail("label"), finding.detail("type")
    title = _("The budget field {label} is no longer used").format(label=name)
    meaning = _("The last run read budgets from it. Nothing new is sent; Alleo goes on paying what it holds.")
    if not label:
        return (title, " ".join([_("It is not readable any more.").format(), meaning]), to_readable(name))
    if label != name:
        why = _("It is called “{label}” now.").format(label=label)
        return (title, f"{why} {meaning}", to_field(_("rename {label} to {right}").format(label=label, right=name)))
    why = _("It is of the type {type} now, not a number.").format(type=type_label(kind))
    return (title, f"{why} {meaning}", to_field(_("make {label} a number again").format(label=name)))


def _budget_invalid(finding: Finding) -> Told:
    n = _count(finding)
    text = ngettext(
        "{people} has an amount in {label} that is not plainly a number of euros. It is withheld; the person syncs.",
        "{people} have an amount in {label} that is not plainly a number of euros. It is withheld; they sync.",
        n,
    )
    return (
        _("Amounts in {label} are withheld").format(label=finding.subject),
        text.format(people=people(n), label=finding.subject),
        (_("Write amounts in Personio as digits with at most two decimals, such as 100 or 99.95."),),
    )


def _budget_monthly_twice(finding: Finding) -> Told:
    n = _count(finding)
    text = ngettext(
        "{people} has an amount in {label} and in another monthly field. All monthly budgets of that person are withheld.",
        "{people} have an amount in {label} and in another monthly field. All their monthly budgets are withheld.",
        n,
    )
    return (
        _("More than one monthly budget: {label}").format(label=finding.subject),
        text.format(people=people(n), label=finding.subject),
        (_("Leave one monthly budget field filled for each person in Personio: Alleo allows one."),),
    )


def _formula_like(finding: Finding) -> Told:
    n, label = _count(finding), attribute_label(finding.subject)
    text = ngettext(
        "{people} has a value there that starts with = + - or @, or has invisible characters. In a file a spreadsheet would run it, so they are left out until it is mended.",
        "{people} have a value there that starts with = + - or @, or has invisible characters. In a file a spreadsheet would run it, so they are left out until it is mended.",
        n,
    )
    return (
        _("{attribute}: cannot stand in a file").format(attribute=label),
        text.format(people=people(n)),
        (_("Mend {attribute} in the profiles in Personio; the preview names the people.").format(attribute=label),),
    )


def _date_invalid(finding: Finding) -> Told:
    n, label = _count(finding), attribute_label(finding.subject)
    texts = {
        "termination_date": ngettext(
            "{people} has an end date that cannot be read or lies before the start. It does not count: nobody loses Alleo by it.",
            "{people} have an end date that cannot be read or lies before the start. It does not count: nobody loses Alleo by it.",
            n,
        ),
        "hire_date": ngettext(
            "{people} has a start date that cannot be read. A new account waits until it is mended.",
            "{people} have a start date that cannot be read. New accounts wait until it is mended.",
            n,
        ),
    }
    other = ngettext(
        "{people} has a date there that cannot be read. It is not sent.",
        "{people} have a date there that cannot be read. It is not sent.",
        n,
    )
    return (
        _("{attribute}: not a date").format(attribute=label),
        texts.get(finding.subject, other).format(people=people(n)),
        (_("Mend {attribute} in the profiles in Personio; the preview names the people.").format(attribute=label),),
    )


def _count(finding: Finding) -> int:
    return int(finding.detail("people") or 0)


def _basis_changed(finding: Finding) -> Told:
    titles = {
        "alleo_address": _("The address of Alleo is not that of the last run"),
        "personio_address": _("The address of Personio is not that of the last run"),
        "alleo_field": _("Another rule selects people than at the last run"),
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
    Code.BUDGET_FIELD_LOST: _budget_field_lost,
    Code.BUDGET_INVALID: _budget_invalid,
    Code.BUDGET_MONTHLY_TWICE: _budget_monthly_twice,
    Code.DATE_INVALID: _date_invalid,
    Code.FORMULA_LIKE: _formula_like,
    Code.BASIS_CHANGED: _basis_changed,
    Code.CLOCK_WRONG: _clock_wrong,
}
