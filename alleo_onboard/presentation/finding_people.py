"""Sentences for findings about the values of people: budgets, dates, texts that spreadsheets would run."""

from __future__ import annotations

from alleo_onboard.domain.finding import Finding
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.terms import attribute_label
from alleo_onboard.presentation.finding_fields import Told
from alleo_onboard.presentation.labels import people


def budget_invalid(finding: Finding) -> Told:
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


def budget_monthly_twice(finding: Finding) -> Told:
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


def formula_like(finding: Finding) -> Told:
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


def date_invalid(finding: Finding) -> Told:
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
