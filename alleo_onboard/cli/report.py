"""Check, preview and sync as text on standard output: tables on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import groupby

from alleo_onboard.cli.streams import printable, put
from alleo_onboard.domain.budget import Period, period_of
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.finding import Code, Finding, Severity
from alleo_onboard.domain.plan import Person, Plan
from alleo_onboard.domain.readiness import Filled, Readiness
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count, money
from alleo_onboard.locale.terms import attribute_label, reason_label
from alleo_onboard.presentation.findings import finding_message, finding_remedy, finding_title
from alleo_onboard.presentation.labels import (
    budget_label,
    decision_label,
    field_label,
    kind_done,
    kind_label,
    needed_for,
    people,
    period_label,
    plan_sentence,
    problem_label,
)
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.run.sync import RunResult

LISTED = 40  # people listed on a terminal; a longer list belongs in the wizard or in JSON


def out(text: str = "") -> None:
    put(printable(text) + "\n")


def heading(text: str) -> None:
    out()
    out(text)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()) -> None:
    """Rows under headings on a terminal; elsewhere a line each, values parted by two spaces."""
    if not sys.stdout.isatty():
        for row in rows:
            out("  ".join(value for value in row if value))
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        drawn.add_column(Text(column), justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(printable(value)) for value in row))
    Console(markup=False, highlight=False).print(drawn)


def show_check(readiness: Readiness) -> None:
    required = [row for row in readiness.rows if row.required]
    readable = sum(row.readable for row in required)
    if required:
        text = _("Alleo can work with {n} of the {of} attributes it needs.")
        out(text.format(n=readable, of=len(required)))
    columns = ("", _("Attribute"), _("Needed for"), _("Readable"), _("Filled"))
    table(columns, [_attribute(row, readiness) for row in readiness.rows], right=(_("Filled"),))
    for code, group in groupby(readiness.findings, key=lambda f: f.code):
        _findings(code, list(group))
    if not readiness.complete:
        out(_("The list of people moved while it was read, so the numbers may be off."))
    out(_("Ready to sync.") if readiness.ready else _("Not ready: mend what is marked with !! and check again."))


def _attribute(row: Filled, readiness: Readiness) -> tuple[str, ...]:
    filled = _("{n} of {of}").format(n=count(row.filled), of=count(row.of))
    readable = _("yes")
    if row.name == "alleo" and row.attribute:
        readable = " / ".join(row.attribute.options or ()) or readable
        filled = ", ".join(f"{count(n)} {value or _('empty')}" for value, n in readiness.alleo_values.items())
    return (
        "ok" if row.readable else "!!",
        attribute_label(row.name),
        needed_for(row.name),
        readable if row.readable else _("NO"),
        filled if row.readable else "-",
    )


_MARKS = {Severity.ERROR: "!!", Severity.WARNING: "! ", Severity.INFO: "i "}


def _findings(code: Code, findings: list[Finding]) -> None:
    if code is Code.EXCESS_ATTRIBUTE and len(findings) > 1:
        return _excess(findings)
    for finding in findings:
        out(f"{_MARKS[finding.severity]} {finding_title(finding)}")
        out(f"   {finding_message(finding)}")
        for line in finding_remedy(finding):
            out(f"   > {line}")
    return None


def _excess(findings: list[Finding]) -> None:
    """Many attributes too many are one thing to do, so they are told once, the sensitive ones by name first."""
    sensitive = [f.subject for f in findings if f.detail("sensitive") == "yes"]
    text = ngettext(
        "The credential reads {n} attribute that Alleo does not need",
        "The credential reads {n} attributes that Alleo does not need",
        len(findings),
    )
    out(f"!  {text.format(n=len(findings))}")
    if sensitive:
        out("   " + _("Sensitive: {names}").format(names=", ".join(sensitive)))
    rest = [f.subject for f in findings if f.subject not in sensitive]
    if rest:
        out("   " + _("Others: {names}").format(names=", ".join(rest)))
    out(f"   > {finding_remedy(findings[0])[0]}")


def show_preview(preview: Preview) -> None:
    plan = preview.plan
    summary = plan.summary
    text = _("{sync} would get Alleo. {skip} left out, {blocked} to mend.")
    out(text.format(sync=people(summary["sync"]), skip=count(summary["skip"]), blocked=count(summary["blocked"])))
    show_budgets(plan)
    out(plan_sentence(plan))
    if summary["unmanaged"]:
        text = ngettext(
            "{n} account at Alleo is not linked to Personio and is left alone.",
            "{n} accounts at Alleo are not linked to Personio and are left alone.",
            summary["unmanaged"],
        )
        out(text.format(n=count(summary["unmanaged"])))
    if preview.not_carried:
        fields = ", ".join(field_label(name) for name in preview.not_carried)
        out(_("This delivery cannot carry: {fields}.").format(fields=fields))
    if not plan.complete:
        out(_("The list of people moved while it was read; this plan would not be applied."))
    _people(plan)


def show_budgets(plan: Plan) -> None:
    for name, (number, total) in plan.budgets.items():
        text = _("{budget}: EUR {total} a month for {people}.")
        if period_of(name) is Period.ONEOFF:
            text = _("{budget}: EUR {total} once for {people}.")
        out(text.format(budget=budget_label(name), total=money(total), people=people(number)))


def _people(plan: Plan) -> None:
    """Those to mend and those that change first; on a terminal not more than fit a few screens."""
    order = {Decision.BLOCKED: 0, Decision.SYNC: 1, Decision.SKIP: 2}
    ranked = sorted(plan.people, key=lambda p: order[p.decision])
    shown = ranked[:LISTED] if sys.stdout.isatty() else ranked
    columns = (_("Name"), _("E-mail"), _("Decision"), _("Why"), _("Change"), _("Budget"))
    table(columns, [_person(p) for p in shown], right=(_("Budget"),))
    if len(shown) < len(ranked):
        text = _("... and {n} more. The wizard and --json show everybody.")
        out(text.format(n=count(len(ranked) - len(shown))))


def _person(person: Person) -> tuple[str, ...]:
    why = [reason_label(r) for r in person.reasons] + [problem_label(p) for p in person.problems]
    budgets = ", ".join(f"{money(value)} {period_label(name)}" for name, value in person.budgets.items())
    change = kind_label(person.change.kind) if person.change else ""
    return (person.name, person.email, decision_label(person.decision), ", ".join(dict.fromkeys(why)), change, budgets)


def show_result(result: RunResult) -> None:
    if not result.applied and not result.failed:
        out(_("Nothing had to be changed at Alleo."))
    for kind, number in result.applied.items():
        out(kind_done(Kind(kind), number) + ".")
    synced = sum(number for kind, number in result.applied.items() if kind != Kind.OFFBOARD)
    if synced:
        out(
            _("{people} synced to Alleo in {seconds} s.").format(people=people(synced), seconds=f"{result.seconds:.1f}")
        )
    if result.not_carried:
        fields = ", ".join(field_label(name) for name in result.not_carried)
        out(_("This delivery cannot carry: {fields}.").format(fields=fields))
    if result.failed:
        text = ngettext("{n} change failed:", "{n} changes failed:", len(result.failed))
        out(text.format(n=len(result.failed)))
        table(
            (_("Name"), _("Change"), _("Error")),
            [_failure(o.change.name, o.change.kind, o.error) for o in result.failed],
        )


def _failure(name: str, kind: Kind, error: str) -> tuple[str, ...]:
    return (name, kind_label(kind), error)
