"""Sentences for findings about what Personio has: attributes, the Alleo field, budget fields."""

from __future__ import annotations

from alleo_onboard.domain.attributes import CORE
from alleo_onboard.domain.finding import Finding
from alleo_onboard.locale import _
from alleo_onboard.locale.terms import attribute_label, type_label
from alleo_onboard.presentation import menus
from alleo_onboard.presentation.recipe import (
    numbered,
    recipe_alleo_field,
    to_field,
    to_readable,
    to_unreadable,
)

Told = tuple[str, str, tuple[str, ...]]  # title, message, remedy


def attribute_missing(finding: Finding) -> Told:
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


def attribute_by_label(finding: Finding) -> Told:
    label = finding.detail("label")
    return (
        _("{attribute} was found by its label").format(attribute=attribute_label(finding.subject)),
        _(
            "This Personio account does not mark its birthday field, so the field “{label}” is used. Make sure it is the birthday."
        ).format(label=label),
        to_field(_("check the field {label}").format(label=label)),
    )


def attribute_sparse(finding: Finding) -> Told:
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


def alleo_field_absent(finding: Finding) -> Told:
    return (
        _("There is no Alleo field: everyone who is employed syncs"),
        _("No attribute called “Alleo” is readable. That is right if all employees take part."),
        (_("To choose people one by one:"), *numbered(recipe_alleo_field())),
    )


def alleo_field_type(finding: Finding) -> Told:
    return (
        _("The Alleo field has the wrong type"),
        _("“Alleo” is of the type {type}. It has to be a list of options, with Yes and No.").format(
            type=type_label(finding.detail("type"))
        ),
        to_field(_("make a list attribute “Alleo” with the options Yes and No, and delete or rename the old one")),
    )


def alleo_field_options(finding: Finding) -> Told:
    return (
        _("The Alleo field does not offer Yes and No"),
        _("Its options are: {options}. It cannot be told who takes part.").format(
            options=finding.detail("options") or "-"
        ),
        to_field(_("Alleo > options: Yes and No")),
    )


def alleo_field_localised(finding: Finding) -> Told:
    return (
        _("The Alleo field's options are written differently"),
        _(
            "Its options are {options}. They are understood, but Alleo's own guide says Yes and No, in this order."
        ).format(options=finding.detail("options")),
        to_field(_("Alleo > options: Yes and No")),
    )


def alleo_field_duplicate(finding: Finding) -> Told:
    return (
        _("There is more than one Alleo field"),
        _("Several attributes are called “Alleo” ({keys}), so it cannot be told which one decides.").format(
            keys=finding.detail("keys")
        ),
        to_unreadable(_("all but one of them")),
    )


def alleo_field_near(finding: Finding) -> Told:
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


def budget_field_type(finding: Finding) -> Told:
    return (
        _("The budget field {label} is not a number").format(label=finding.subject),
        _("It is of the type {type}, so its amounts are not used.").format(type=type_label(finding.detail("type"))),
        to_field(
            _("make a number attribute called {right}, and rename or delete the old one").format(
                right=finding.detail("right")
            )
        ),
    )


def budget_field_near(finding: Finding) -> Told:
    right = finding.detail("right")
    return (
        _("“{label}” looks like a budget field").format(label=finding.subject),
        _("The right spelling is {right}. As it is, no budget is sent from it.").format(right=right),
        to_field(_("rename {label} to {right}").format(label=finding.subject, right=right)),
    )


def budget_field_duplicate(finding: Finding) -> Told:
    return (
        _("There is more than one field called {label}").format(label=finding.subject),
        _("It cannot be told which amount is right, so neither is used."),
        to_unreadable(_("all but one of them")),
    )


def selective_field_lost(finding: Finding) -> Told:
    key, label, others = (finding.detail(name) for name in ("key", "label", "others"))
    if not others:
        return (
            _("The Alleo field is no longer readable"),
            _(
                "Earlier runs used it to choose who syncs. Without it there is no telling who syncs, so nothing is synced."
            ),
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


def budget_field_lost(finding: Finding) -> Told:
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
