"""A preview as a report: sentences, numbers, charts and tables in the reader's language, for any output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from alleo_onboard import __version__
from alleo_onboard.domain.budget import Period, period_of
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.plan import Plan
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count, moment, money
from alleo_onboard.presentation.check import entries
from alleo_onboard.presentation.export import charts, tables
from alleo_onboard.presentation.export.cautions import cautions
from alleo_onboard.presentation.export.charts import LEAST, Chart, Shade, shown_count
from alleo_onboard.presentation.export.mend import to_mend
from alleo_onboard.presentation.export.months import Months, joiners_and_leavers
from alleo_onboard.presentation.export.tables import Table
from alleo_onboard.presentation.labels import people
from alleo_onboard.presentation.preview import plan as plan_told
from alleo_onboard.presentation.run import headline
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.run.sync import RunResult


@dataclass(frozen=True, slots=True)
class About:
    """What the report is about: the set-up's name, the date for which people were decided, and when it was made."""

    setup: str
    today: date
    made: datetime


@dataclass(frozen=True, slots=True)
class Number:
    """One of the large numbers."""

    label: str
    text: str
    shade: Shade


@dataclass(frozen=True, slots=True)
class Told:
    """One finding. `mark` shows the severity without colour."""

    mark: str
    severity: str
    title: str
    told: tuple[str, ...]
    remedy: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The content of a report. Without names, `budgets`, `mend`, `changes` and `people` are None."""

    title: str
    sentences: tuple[str, ...]
    numbers: tuple[Number, ...]
    cautions: tuple[str, ...]
    charts: tuple[Chart, ...]
    months: Months | None
    findings: tuple[Told, ...]
    budgets: Table | None
    mend: Table | None
    changes: Table | None
    people: Table | None
    facts: tuple[tuple[str, str], ...]


def report(preview: Preview, about: About, *, names: bool = True) -> Report:
    """Returns the report on `preview`.

    Without names it has counts and charts, and no group of fewer than five people.
    """
    plan = preview.plan
    drawn = [charts.who_and_why(plan, names=names), *charts.budgets(plan, names=names)]
    if departments := charts.departments(plan, names=names):
        drawn.append(departments)
    return Report(
        title=_("Who gets Alleo"),
        sentences=_sentences(preview, names=names),
        numbers=_numbers(plan, names=names),
        cautions=cautions(preview, names=names),
        charts=tuple(drawn),
        months=joiners_and_leavers(plan, about.today, names=names),
        findings=_findings(preview, names=names),
        budgets=tables.budgeting(plan) if names else None,
        mend=tables.mending(to_mend(plan)) if names else None,
        changes=tables.changing(plan) if names else None,
        people=tables.everyone(plan) if names else None,
        facts=_facts(plan, about, names=names),
    )


def _sentences(preview: Preview, *, names: bool) -> tuple[str, ...]:
    plan = preview.plan
    n = plan.summary[Decision.SYNC]
    text = ngettext("{n} person would get Alleo.", "{n} people would get Alleo.", n)
    if plan.delivery:
        text = ngettext("{n} person gets Alleo.", "{n} people get Alleo.", n)
    first = text.format(n=count(n)) if names or n == 0 or n >= LEAST else _("A few people get Alleo.")
    small = any(0 < plan.summary[kind] < LEAST for kind in Kind)
    if names or not small:
        return first, plan_told(preview)
    text = _("Changes at Alleo: {changes}.")
    return first, text.format(changes=shown_count(len(plan.changes), names=False))


def _numbers(plan: Plan, *, names: bool) -> tuple[Number, ...]:
    """Returns the large numbers.

    Without names small ones are combined, so that none can be computed from the others.
    """
    summary = plan.summary
    bars = [
        charts.Bar(label, Decimal(summary[decision]), "", shade, summary[decision])
        for decision, label, shade in (
            (Decision.SYNC, _("get Alleo"), Shade.SYNC),
            (Decision.SKIP, _("left out"), Shade.SKIP),
            (Decision.BLOCKED, _("to mend"), Shade.MEND),
        )
    ]
    if not names:
        bars = list(charts.fold([bar for bar in bars if bar.people], _together))
    shown = [Number(bar.label, shown_count(bar.people, names=names), bar.shade) for bar in bars]
    for period, label in ((Period.MONTHLY, _("a month")), (Period.ONEOFF, _("once"))):
        held = [p for p in plan.people if any(period_of(name) is period for name in p.budgets)]
        amounts = (value for p in held for name, value in p.budgets.items() if period_of(name) is period)
        if held and (names or len(held) >= LEAST):
            shown.append(Number(label, money(sum(amounts, Decimal(0))), Shade.MONEY))
    return tuple(shown)


def _together(bars: Sequence[charts.Bar]) -> charts.Bar:
    n = sum(bar.people for bar in bars)
    return charts.Bar(_(", ").join(bar.label for bar in bars), Decimal(n), "", Shade.OTHER, n)


_MARKS = {"error": "!!", "warning": "!", "info": "i"}


def _findings(preview: Preview, *, names: bool) -> tuple[Told, ...]:
    """Returns the findings. Without names, sentences with a number of people are left out."""
    counting = [f for f in preview.readiness.findings if any(value.isdecimal() for _name, value in f.details)]
    subjects, codes = {f.subject for f in counting}, {f.code.value for f in counting}
    return tuple(
        Told(
            _MARKS[entry.severity],
            entry.severity.value,
            entry.title,
            entry.told if names or not (entry.key in subjects or entry.key.rpartition("-")[0] in codes) else (),
            entry.remedy,
        )
        for entry in entries(preview.readiness)
        if entry.severity
    )


def _facts(plan: Plan, about: About, *, names: bool) -> tuple[tuple[str, str], ...]:
    read = people(plan.summary["employees"])
    if not names and plan.summary["employees"] < LEAST:
        read = charts.few()
    return (
        (_("Made"), moment(about.made, about.made.tzinfo)),
        (_("Set-up"), about.setup),
        (_("People in Personio"), read),
        (_("Program"), f"alleo-onboard {__version__}"),
        (_("Plan"), plan.digest),
    )


def of_run(told: Report, result: RunResult) -> Report:
    """Returns the report with the sentences of a finished run, which names no group of fewer than five people."""
    done, failed = sum(result.applied.values()), len(result.failed)
    small = any(0 < n < LEAST for n in (*result.applied.values(), failed))
    sentence = headline(result)
    if small:
        text = _("Changes made at Alleo: {done}. Failed: {failed}.")
        sentence = text.format(done=shown_count(done, names=False), failed=shown_count(failed, names=False))
    return replace(told, title=_("What the run did"), sentences=(sentence,))


def as_text(told: Report) -> str:
    """Returns a summary as text for a message, always without names of people."""
    numbers = [f"{n.label}: {n.text}" for n in told.numbers]
    facts = [f"{label}: {text}" for label, text in told.facts]
    parts = [told.title, *told.sentences, "", *numbers]
    if told.cautions:
        parts += ["", *(f"! {sentence}" for sentence in told.cautions)]
    problems = [f"{f.mark} {f.title}" for f in told.findings if f.severity != "info"]
    return "\n".join([*parts, *(["", *problems] if problems else []), "", *facts]) + "\n"
