"""Check, preview and run as sentences and tables, for interfaces that print them in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from alleo_onboard.domain.budget import Period, period_of
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.finding import Code, Finding, Severity
from alleo_onboard.domain.plan import Person, Plan
from alleo_onboard.domain.readiness import Filled, Readiness
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count, money, seconds
from alleo_onboard.locale.terms import attribute_label, reason_label
from alleo_onboard.presentation.check import NO_BUDGETS, entries
from alleo_onboard.presentation.findings import finding_message, finding_remedy, finding_title
from alleo_onboard.presentation.labels import (
    budget_label,
    decision_label,
    kind_label,
    needed_for,
    people,
    period_label,
    problem_label,
)
from alleo_onboard.presentation.people.surname import by_surname, by_whole_name
from alleo_onboard.presentation.people.surname import listed as named
from alleo_onboard.presentation.preview import plan as plan_told
from alleo_onboard.presentation.preview import unmanaged
from alleo_onboard.presentation.run import done
from alleo_onboard.presentation.tables import Part, Table
from alleo_onboard.presentation.warnings import not_carried_sentence
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.run.preconditions import incomplete_sentence
from alleo_onboard.usecases.run.sync import RunResult


def check_report(readiness: Readiness) -> Iterator[Part]:
    """Yields the result of a check: summary, attributes, every finding with its remedy, and the verdict."""
    required = [row for row in readiness.rows if row.required]
    readable = sum(row.readable for row in required)
    if required:
        text = _("Alleo can work with {n} of the {of} attributes it needs.")
        yield text.format(n=readable, of=len(required))
    columns = ("", _("Attribute"), _("Needed for"), _("Readable"), _("Filled"))
    yield Table(columns, [_attribute(row, readiness) for row in readiness.rows], right=(_("Filled"),))
    for code, group in groupby(readiness.findings, key=lambda f: f.code):
        yield from _findings(code, list(group))
    yield from no_budgets(readiness)
    if not readiness.complete:
        yield _("The list of people moved while it was read, so the numbers may be off.")
    yield _("Ready to sync.") if readiness.ready else _("Not ready: mend what is marked with !! and check again.")


def _attribute(row: Filled, readiness: Readiness) -> tuple[str, ...]:
    filled = _("{n} of {of}").format(n=count(row.filled), of=count(row.of))
    readable = _("yes")
    if row.name == "alleo" and row.attribute:
        readable = " / ".join(row.attribute.options or ()) or readable
        empty = _("empty")
        filled = ", ".join(f"{count(n)} {value or empty}" for value, n in readiness.alleo_values.items())
    return (
        "ok" if row.readable else "!!",
        attribute_label(row.name),
        needed_for(row.name),
        readable if row.readable else _("NO"),
        filled if row.readable else "-",
    )


def no_budgets(readiness: Readiness) -> Iterator[str]:
    """Yields how to make budget fields when there are none."""
    for entry in entries(readiness):
        if entry.key == NO_BUDGETS:
            yield f"i  {entry.title}"
            yield from (f"   {line}" for line in entry.told)
            yield from (f"   > {line}" for line in entry.remedy)


_MARKS = {Severity.ERROR: "!!", Severity.WARNING: "! ", Severity.INFO: "i "}


def _findings(code: Code, findings: list[Finding]) -> Iterator[str]:
    if code is Code.EXCESS_ATTRIBUTE and len(findings) > 1:
        yield from _excess(findings)
        return
    for finding in findings:
        yield f"{_MARKS[finding.severity]} {finding_title(finding)}"
        yield f"   {finding_message(finding)}"
        for line in finding_remedy(finding):
            yield f"   > {line}"


def _excess(findings: list[Finding]) -> Iterator[str]:
    """Yields one entry for all attributes that are not needed, sensitive ones by name first."""
    sensitive = [f.subject for f in findings if f.detail("sensitive") == "yes"]
    text = ngettext(
        "The credential reads {n} attribute that Alleo does not need",
        "The credential reads {n} attributes that Alleo does not need",
        len(findings),
    )
    yield f"!  {text.format(n=len(findings))}"
    if sensitive:
        yield "   " + _("Sensitive: {names}").format(names=", ".join(sensitive))
    rest = [f.subject for f in findings if f.subject not in sensitive]
    if rest:
        yield "   " + _("Others: {names}").format(names=", ".join(rest))
    yield f"   > {finding_remedy(findings[0])[0]}"


def preview_report(preview: Preview, listed: int | None = None) -> Iterator[Part]:
    """Yields the numbers, the budgets, the changes, and the people, at most `listed` of them."""
    plan = preview.plan
    summary = plan.summary
    text = _("{sync} would get Alleo. {skip} left out, {blocked} to mend.")
    yield text.format(sync=people(summary["sync"]), skip=count(summary["skip"]), blocked=count(summary["blocked"]))
    yield from budget_lines(plan)
    yield plan_told(preview)
    if alone := unmanaged(preview):
        yield alone
    if preview.not_carried:
        yield not_carried_sentence(preview.not_carried)
    if not plan.complete:
        yield incomplete_sentence(preview) + " " + _("This plan would not be applied.")
    yield from _people(plan, listed)


def budget_lines(plan: Plan) -> Iterator[str]:
    """Yields one line for each budget field in use."""
    for name, (number, total) in plan.budgets.items():
        text = _("{budget}: {total} a month for {people}.")
        if period_of(name) is Period.ONEOFF:
            text = _("{budget}: {total} once for {people}.")
        yield text.format(budget=budget_label(name), total=money(total), people=people(number))


def _people(plan: Plan, listed: int | None) -> Iterator[Part]:
    """Yields the table of people: first those with errors, then those that sync; each by surname."""
    order = {Decision.BLOCKED: 0, Decision.SYNC: 1, Decision.SKIP: 2}
    ranked = sorted(by_surname(plan.people), key=lambda p: order[p.decision])
    shown = ranked[:listed]
    columns = (_("Name"), _("E-mail"), _("Decision"), _("Why"), _("Change"), _("Budget"))
    yield Table(columns, [_person(p) for p in shown], right=(_("Budget"),))
    if len(shown) < len(ranked):
        text = _("... and {n} more. The wizard and --json show everybody.")
        yield text.format(n=count(len(ranked) - len(shown)))


def _person(person: Person) -> tuple[str, ...]:
    why = [reason_label(r) for r in person.reasons] + [problem_label(p) for p in person.problems]
    budgets = ", ".join(f"{money(value)} {period_label(name)}" for name, value in person.budgets.items())
    change = kind_label(person.change.kind) if person.change else ""
    return (
        named(person),
        person.email,
        decision_label(person.decision),
        ", ".join(dict.fromkeys(why)),
        change,
        budgets,
    )


def result_report(result: RunResult) -> Iterator[Part]:
    """Yields what a run changed, what the delivery could not store, and what failed."""
    if not result.applied and not result.failed and not result.waits:
        yield _("Nothing had to be changed at Alleo.")
    for told in done(result):
        yield f"{told[0].upper()}{told[1:]}."
    synced = sum(number for kind, number in result.applied.items() if kind != Kind.OFFBOARD)
    if synced and not result.published:
        yield (
            _("{people} synced to Alleo in {seconds} s.").format(people=people(synced), seconds=seconds(result.seconds))
        )
    if result.not_carried:
        yield not_carried_sentence(result.not_carried)
    if result.failed:
        text = ngettext("{n} change failed:", "{n} changes failed:", len(result.failed))
        yield text.format(n=len(result.failed))
        failed = by_whole_name(result.failed, lambda one: one.change.name)
        yield Table(
            (_("Name"), _("Change"), _("Error")),
            [_failure(o.change.name, o.change.kind, o.error) for o in failed],
        )


def _failure(name: str, kind: Kind, error: str) -> tuple[str, ...]:
    return (name, kind_label(kind), error)
