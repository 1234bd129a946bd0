"""Sentences about a run: what it will do, and what it did."""

from __future__ import annotations

from collections.abc import Sequence

from alleo_onboard.domain.budget import Period, amount, period_of
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.delivery import Outcome
from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.plan import Plan
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.changed_rules import altered_sentence
from alleo_onboard.locale.formats import count, money
from alleo_onboard.presentation.labels import field_label, kind_done, kind_label, kind_many, people
from alleo_onboard.presentation.lines import Line, Tone, warned
from alleo_onboard.presentation.people.surname import by_whole_name
from alleo_onboard.presentation.publishing import after_publishing, before_publishing
from alleo_onboard.presentation.warnings import (
    drift_sentence,
    held_back_sentence,
    not_carried_sentence,
    settled_sentence,
)
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.run.sync import RunResult

_TOLD = 200  # lines about single people, at most


def before(preview: Preview, plan: Plan) -> tuple[Line, ...]:
    """Returns the lines below the plan's sentence, before anything is written.

    `plan` is the part of the preview that would be applied.
    """
    kept, alone = preview.plan.summary["unchanged"], plan.unmanaged
    rows = [(n, kind_many(kind, n), _tone(kind)) for kind in Kind if (n := plan.summary[kind])]
    rows += [(kept, _("{n} already as they should be").format(n=count(kept)), Tone.QUIET)] if kept else []
    text = _("accounts that this tool does not manage: left alone")
    rows += [(alone, f"{count(alone)} {text}", Tone.QUIET)] if alone else []
    width = max((len(count(n)) for n, _text, _style in rows), default=0)
    # Right-align the numbers.
    told = [Line(" " * (2 + width - len(count(n))) + text, style) for n, text, style in rows]
    if budgets := budget_lines(plan):
        told += [Line(""), *(Line(f"  {line}", Tone.QUIET) for line in budgets)]
    warnings = [altered_sentence(one.rule, one.before, one.now) for one in preview.altered]
    warnings.append(still_open(preview))
    warnings += [*_not_carried(preview.not_carried), *before_publishing(preview)]
    return tuple(told + _warned(warnings))


def still_open(preview: Preview) -> str:
    """Returns how many people have errors or go without a budget, or ""."""
    blocked = preview.plan.summary[Decision.BLOCKED]
    lacking = sum(p.decision is Decision.SYNC and bool(p.withheld or p.waiting) for p in preview.plan.people)
    told = [ngettext("{n} still to mend", "{n} still to mend", blocked).format(n=count(blocked))] if blocked else []
    text = ngettext("{n} without their budget", "{n} without their budget", lacking)
    told += [text.format(n=count(lacking))] if lacking else []
    return _("{told}: see Preview.").format(told=", ".join(told)) if told else ""


def _tone(kind: Kind) -> Tone:
    return Tone.WARNING if kind is Kind.OFFBOARD else Tone.PLAIN


def budget_lines(plan: Plan) -> list[str]:
    """Returns the total of each budget field, and how many of its people have it already."""
    monthly, once = _("{total} a month for {people}"), _("{total} once for {people}")
    told = []
    for name, (n, total) in plan.budgets.items():
        text = monthly if period_of(name) is Period.MONTHLY else once
        there = _have_it(plan, name)
        part = ngettext("; {n} of them has it already", "; {n} of them have it already", there)
        already = _("; all of them have it already") if there == n else part.format(n=count(there)) if there else ""
        told.append(f"{field_label(name)}: " + text.format(total=money(total), people=people(n)) + already)
    return told


def _have_it(plan: Plan, name: str) -> int:
    """Returns how many accounts hold that budget already, with the same amount."""
    held = ((p.account, value) for p in plan.people if p.account and (value := p.budgets.get(name)) is not None)
    return sum(amount(account.extras.get(name)) == value for account, value in held)


def _not_carried(names: Sequence[str]) -> list[str]:
    return [not_carried_sentence(names)] if names else []


def _warned(sentences: Sequence[str]) -> list[Line]:
    return [warned(sentence) for sentence in sentences if sentence]


def well(result: RunResult) -> bool:
    """Returns whether everything was done and nobody has to look at it."""
    return not (result.failed or result.left or result.ended_by or result.untaken)


def done(result: RunResult) -> list[str]:
    """Returns what was done, by kind. For a file, what the file tells Alleo to do."""
    words = kind_many if result.published else kind_done
    told = [words(Kind(kind), n) for kind, n in result.applied.items() if n]
    return [_("in the file: {changes}").format(changes=", ".join(told))] if told and result.published else told


def headline(result: RunResult) -> str:
    """Returns the result in one line."""
    if result.waits:
        return _("The workbook is made, and waits for its upload.")
    told = ", ".join(done(result)) or _("Nothing was changed")
    if result.failed:
        told += ", " + ngettext("{n} failed", "{n} failed", len(result.failed)).format(n=count(len(result.failed)))
    return told + "."


def headline_shown(result: RunResult) -> Line:
    """Returns the result with its mark."""
    good = well(result)
    return Line(f"{'✓' if good else '!'} {headline(result)}", Tone.STRONG_GOOD if good else Tone.STRONG_WARNING)


def after(result: RunResult) -> tuple[Line, ...]:
    """Returns what failed and why, what was not started, what Alleo stores differently, and what comes next."""
    told = [_("The run was cut short: {why}").format(why=result.ended_by)] if result.ended_by else []
    if result.left:
        text = ngettext("{n} change was not begun.", "{n} changes were not begun.", result.left)
        left = text.format(n=count(result.left))
        stopped = _("Stopped as asked. {left} What was done stays done.").format(left=left)
        told.append(stopped if result.stopped else left)
    told += [f"{one.change.name} ({kind_label(one.change.kind)}): {one.error}" for one in _listed(result.failed)]
    told += [drift_sentence(one) for one in by_whole_name(result.drift, lambda one: one.name)[:_TOLD]]
    if not result.verified:
        told.append(_("What was written was not read back."))
    if result.held_back:
        told.append(held_back_sentence(result.held_back))
    told += _not_carried(result.not_carried)
    quiet = [Line(text) for text in after_publishing(result, keys=True)]
    last = [*quiet, Line(_("Whoever joins, changes or leaves in Personio is updated at Alleo by the next run."))]
    if result.settled:
        undone = sum(bool(one.outcome.error) for one in result.settled)
        last.insert(0, Line(settled_sentence(len(result.settled) - undone, undone)))
    return tuple(_warned(told) + last)


def _listed(failed: Sequence[Outcome]) -> Sequence[Outcome]:
    """Returns what failed by surname, no more than are told one by one."""
    return by_whole_name(failed, lambda one: one.change.name)[:_TOLD]


def stop_question(done: int, total: int) -> str:
    text = _(
        "Stop the run? The requests under way are finished first. {done} of {total} changes are done and stay done; "
        "the others are not begun."
    )
    return text.format(done=count(done), total=count(total))
