"""The result of a check as a list of attributes and findings, with details for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from alleo_onboard.domain.budget import grant
from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.finding import Code, Finding, Severity
from alleo_onboard.domain.readiness import Filled, Readiness
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count, money
from alleo_onboard.locale.terms import attribute_label, type_label
from alleo_onboard.presentation.findings import finding_message, finding_remedy, finding_title
from alleo_onboard.presentation.labels import budget_label, needed_for
from alleo_onboard.presentation.recipe import numbered, recipe_budgets, to_rights, to_unreadable
from alleo_onboard.usecases.preview.session import Snapshot

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2, None: 3}
NO_BUDGETS = "no-budgets"  # key of the entry about missing budget fields
_SHOWN_VALUES = 4  # values of the Alleo field shown in its row, at most


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list, and the text shown when it is selected.

    `severity` is None when there is no finding. `cells` are label, needed for, readable, filled; an entry that is no
    attribute has only its title as a cell.
    """

    key: str
    severity: Severity | None
    cells: tuple[str, ...]
    title: str
    told: tuple[str, ...] = ()
    remedy: tuple[str, ...] = ()
    share: float | None = None  # of those who would sync, how many have a value (0 to 1)


def entries(readiness: Readiness, sums: Mapping[str, Decimal] | None = None) -> tuple[Entry, ...]:
    """Returns all entries: errors first, then warnings, then the rest, each in Personio's order.

    `sums` is the total in euros of each budget field.
    """
    about: dict[str, list[Finding]] = {row.name: [] for row in readiness.rows}
    rest: dict[Code, list[Finding]] = {}
    for finding in readiness.findings:
        name = finding.subject if finding.subject in about else _ROW.get(finding.code, "")
        (about[name] if name in about else rest.setdefault(finding.code, [])).append(finding)
    rows = [_row(row, about[row.name], readiness.alleo_values, sums or {}) for row in readiness.rows]
    found = [entry for code, findings in rest.items() for entry in _grouped(code, findings)]
    there_are = not readiness.rows or any(_is_budget(row) for row in readiness.rows)
    last = () if there_are else (_no_budgets(),)
    return (*sorted((*rows, *found), key=lambda entry: _RANK[entry.severity]), *last)


_ROW = {
    Code.ALLEO_FIELD_TYPE: "alleo",
    Code.ALLEO_FIELD_OPTIONS: "alleo",
    Code.ALLEO_FIELD_LOCALISED: "alleo",
    Code.ALLEO_FIELD_DUPLICATE: "alleo",
}


def amounts(snapshot: Snapshot) -> Mapping[str, Decimal]:
    """Returns the total in euros of each budget field over the people who would sync. Withheld amounts do not count."""
    sums: dict[str, Decimal] = {}
    for employee in snapshot.employees:
        if snapshot.verdicts[employee.id].decision is Decision.SYNC:
            for name, euros in grant(employee.budgets).amounts.items():
                sums[name] = sums.get(name, Decimal(0)) + euros
    return sums


def _row(row: Filled, findings: Sequence[Finding], values: Mapping[str, int], sums: Mapping[str, Decimal]) -> Entry:
    """Returns the entry for one attribute."""
    budget = _is_budget(row)
    label = budget_label(row.name) if budget else attribute_label(row.name)
    filled = _("{n} of {of}").format(n=count(row.filled), of=count(row.of)) if row.readable else "-"
    if row.name == "alleo":
        filled = _values(values)
    if total := sums.get(row.name):
        filled = _("{filled}, {total}").format(filled=filled, total=money(total))
    share = row.filled / row.of if row.readable and row.of and row.name != "alleo" else None
    cells = (label, needed_for(row.name), _readable(row), filled)
    if findings:
        first = min(findings, key=lambda f: _RANK[f.severity])
        told = tuple(finding_message(f) for f in findings)
        return Entry(row.name, first.severity, cells, finding_title(first), told, finding_remedy(first), share)
    return Entry(row.name, None, cells, label, _about(row), share=share)


def _is_budget(row: Filled) -> bool:
    return not row.required and row.name != "alleo"


def _no_budgets() -> Entry:
    """Returns the entry that says that there are no budget fields, and how to make them."""
    title = _("No budget fields: nobody gets a budget of their own")
    told = _("That is right if everybody gets the same budget, which Customer Success sets, or none.")
    remedy = (_("To give amounts per person:"), *numbered(recipe_budgets()))
    return Entry(NO_BUDGETS, Severity.INFO, (title,), title, (told,), remedy)


def _readable(row: Filled) -> str:
    if row.attribute is None:
        return _("NO")
    if row.required:
        return _("yes")
    return " / ".join(row.attribute.options or ()) or type_label(row.attribute.type or "") or _("yes")


def _about(row: Filled) -> tuple[str, ...]:
    text = _("Alleo uses it for: {use}. {filled} of the {of} people who would sync have a value.")
    told = text.format(use=needed_for(row.name), filled=count(row.filled), of=count(row.of))
    if row.attribute is None or row.attribute.label == row.name:
        return (told,)
    return told, _("In Personio it is called {label}.").format(label=row.attribute.label)


def _values(values: Mapping[str, int]) -> str:
    """Returns the values of the Alleo field with their number of people, most frequent first: 28 Yes, 3 No, 3 empty."""
    told = sorted(values.items(), key=lambda pair: (not pair[0].strip(), -pair[1]))
    empty = _("empty")
    parts = [f"{count(n)} {value.strip() or empty}" for value, n in told]
    more = [_("others")] if len(parts) > _SHOWN_VALUES else []
    return ", ".join([*parts[:_SHOWN_VALUES], *more])


def _grouped(code: Code, findings: Sequence[Finding]) -> Iterable[Entry]:
    if code is Code.EXCESS_ATTRIBUTE:
        return (_excess(findings),)
    if code is Code.WRITE_ACCESS and len(findings) > 1:
        return (_writes(findings),)
    return tuple(
        Entry(
            f"{code}-{n}", f.severity, (finding_title(f),), finding_title(f), (finding_message(f),), finding_remedy(f)
        )
        for n, f in enumerate(findings)
    )


def _excess(findings: Sequence[Finding]) -> Entry:
    """Returns one entry for all attributes that Alleo does not need."""
    sensitive = [f.subject for f in findings if f.detail("sensitive") == "yes"]
    others = [f.subject for f in findings if f.detail("sensitive") != "yes"]
    title = ngettext(
        "{n} attribute more than Alleo needs", "{n} attributes more than Alleo needs", len(findings)
    ).format(n=count(len(findings)))
    if sensitive:
        title = _("{title}, {n} of them sensitive").format(title=title, n=count(len(sensitive)))
    told = [_("Sensitive: {names}.").format(names=", ".join(sensitive))] if sensitive else []
    told += [_("Not needed: {names}.").format(names=", ".join(others))] if others else []
    remedy = to_unreadable(_("these attributes"))
    return Entry(Code.EXCESS_ATTRIBUTE, Severity.WARNING, (title,), title, tuple(told), remedy)


def _writes(findings: Sequence[Finding]) -> Entry:
    """Returns one entry for all write rights."""
    title = _("The credential may write: {scopes}").format(scopes=", ".join(f.subject for f in findings))
    return Entry(
        Code.WRITE_ACCESS,
        Severity.WARNING,
        (title,),
        title,
        (finding_message(findings[0]),),
        to_rights(_("untick Write")),
    )


def headline(readiness: Readiness) -> str:
    """Returns the result of the check in one sentence."""
    required = [row for row in readiness.rows if row.required]
    if not required:
        return _("People cannot be read with this credential.")
    missing = sum(not row.readable for row in required)
    if missing:
        text = ngettext(
            "Alleo can work with {n} of the {of} attributes it needs. {missing} is not readable.",
            "Alleo can work with {n} of the {of} attributes it needs. {missing} are not readable.",
            missing,
        )
        return text.format(n=len(required) - missing, of=len(required), missing=missing)
    if not readiness.ready:
        return _("Alleo can read all it needs, but something has to be mended first.")
    return _("Alleo can work with this credential: all it needs is readable.")


def note(readiness: Readiness, *, asking: bool) -> str:
    """Returns a few words for the list of steps."""
    errors = sum(entry.severity is Severity.ERROR for entry in entries(readiness))
    if errors:
        return ngettext("{n} thing to mend", "{n} things to mend", errors).format(n=errors)
    if asking:
        return _("everyone meant?")
    remarks = sum(entry.severity is Severity.WARNING for entry in entries(readiness))
    return ngettext("ready, {n} remark", "ready, {n} remarks", remarks).format(n=remarks) if remarks else _("ready")
