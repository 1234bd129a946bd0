"""The details of one person as text in columns."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from rich.cells import cell_len
from textual.content import Content

from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import _
from alleo_onboard.presentation.labels import problem_label
from alleo_onboard.presentation.people.labels import MARKS
from alleo_onboard.presentation.person import Shift, at_alleo, budgets, headline, no_name, shifts
from alleo_onboard.presentation.rules import Rule, Says
from alleo_onboard.tui.text import joined, lines, plain
from alleo_onboard.tui.widgets.cells import aligned, fit, wrapped

_MUTED = "$quiet"
STYLES = {Decision.SYNC: "$success", Decision.SKIP: _MUTED, Decision.BLOCKED: "bold $warning"}
BESIDE = 84  # columns from which rules and changes are side by side
_LABEL = 16
_AMOUNT = 14  # cells, at most


def title(person: Person) -> Content:
    """Returns name and address on one line."""
    name = aligned(person.name) or no_name()
    return plain(f" {name}   {aligned(person.email)} " if person.email else f" {name} ")


def brief(person: Person, rules: Iterable[Rule], width: int) -> Content:
    """Returns a few lines for the card below the table, `width` cells wide."""
    problems = Content("  ").join([plain(f"! {problem_label(p)}", "$warning") for p in person.problems])
    # Problems and money come before the rules, because the last lines may not fit.
    first = [line for line in (problems, _money_brief(person)) if line]
    last = [line for line in (_shifts_brief(person),) if line]
    return lines([*_verdict(person, width), *first, *_rules_brief(rules, width), *last])


def full(person: Person, rules: Iterable[Rule], width: int) -> Content:
    """Returns every rule, budget and field, `width` cells wide; in two columns if there is room."""
    if width < BESIDE:
        told = [*_rules_full(rules, width), plain(""), *_alleo_full(person, width)]
        return lines([*_verdict(person, width), plain(""), *told])
    right = width * 4 // 9
    left = width - right
    pairs = zip_longest(_rules_full(rules, left - 2), _alleo_full(person, right), fillvalue=plain(""))
    told = [joined(one.pad_right(max(0, left - one.cell_length)), other) for one, other in pairs]
    return lines([*_verdict(person, width), *told])


def _verdict(person: Person, width: int) -> list[Content]:
    """Returns the decision and what happens at Alleo, on one line if both fit."""
    style = _bold(STYLES[person.decision])
    text = f"{MARKS[person.decision]} {headline(person)}"
    there = joined(plain(_("At Alleo") + ":", _MUTED), " ", at_alleo(person))
    if cell_len(text) + 3 + there.cell_length <= width:
        return [joined(plain(text, style), "   ", there)]
    return [*(plain(line, style) for line in wrapped(text, width)), there]


def _rules_brief(rules: Iterable[Rule], width: int) -> list[Content]:
    """Returns marks and names of the rules, with the value only of rules that are not met."""
    told: list[list[Content]] = [[]]
    room = width
    for rule in rules:
        text = rule.name if rule.says is Says.IN else f"{rule.name}: {rule.value}"
        part = plain(f"{_mark(rule.says)} {aligned(text)}", _style(rule.says))
        if told[-1] and part.cell_length > room:
            told.append([])
            room = width
        told[-1].append(part)
        room -= part.cell_length + 2
    return [Content("  ").join(line) for line in told]


def _money_brief(person: Person) -> Content:
    """Returns the budgets on one line."""
    parts = [plain(_("Budget") + ":", _MUTED)]
    found = budgets(person)
    for budget in found:
        style = "" if budget.says is Says.IN else _style(budget.says)
        parts.append(plain(f"{budget.text} {budget.note}", style))
    return Content("  ").join(parts) if found else joined(parts[0], " ", plain(_("none"), _MUTED))


def _shifts_brief(person: Person) -> Content:
    """Returns the changed fields, old to new; empty for a new account."""
    changing = [s for s in shifts(person) if s.old]
    return Content("   ").join([joined(plain(s.label, _MUTED), " ", _arrow(s)) for s in changing])


def _rules_full(rules: Iterable[Rule], width: int) -> list[Content]:
    """Returns a line per rule: mark, name, the value it looked at, and its verdict."""
    told, shown = [plain(_("Why"), "bold")], tuple(rules)
    named = max([_LABEL, *(cell_len(rule.name) for rule in shown)])
    for rule in shown:
        mark, style = _mark(rule.says), _style(rule.says)
        told += _row(rule.name, rule.value, rule.verdict, width, mark, style, named=named)
    return told


def _alleo_full(person: Person, width: int) -> list[Content]:
    """Returns budgets, changes at Alleo, and problems."""
    told = [plain(_("Budgets"), "bold"), *_money(person, width)]
    told += [plain(""), joined(plain(_("At Alleo"), "bold"), "  ", at_alleo(person))]
    named = max([_LABEL, *(cell_len(shift.label) for shift in shifts(person))])
    for shift in shifts(person):
        value = f"{shift.old} → {shift.new}" if shift.old else shift.new
        told += _row(shift.label, value, "", width, " ", "", named=named)
    if person.problems:
        told += [plain(""), plain(_("Needs a look"), "bold")]
        for problem in person.problems:
            first, *rest = wrapped(problem_label(problem), width - 2)
            told += [plain(f"! {first}", "$warning"), *(plain(f"  {line}", "$warning") for line in rest)]
    return told


def _money(person: Person, width: int) -> list[Content]:
    found = budgets(person)
    if not found:
        return [plain("  " + _("none"), _MUTED)]
    told: list[Content] = []
    amounts = min(_AMOUNT, max(cell_len(budget.text) for budget in found))
    values = [f"{fit(budget.text, amounts, right=True)} {budget.note}" for budget in found]
    room = width - 3 - max(map(cell_len, values))
    named = max(_LABEL, min(room, max(cell_len(budget.label) for budget in found)))
    for budget, value in zip(found, values, strict=True):
        mark, style = _mark(budget.says), _style(budget.says)
        told += _row(budget.label, value, "", width, mark, style, named=named, money=True)
        told.append(plain(f"  {fit(budget.field, width - 2)}", _MUTED))
    return told


def _row(
    label: str, value: str, verdict: str, width: int, mark: str, style: str, *, named: int, money: bool = False
) -> list[Content]:
    """Returns a label with its value; further lines of the value are indented below the first.

    `money` keeps the value on one line where it fits, so that decimals line up.
    """
    room = max(8, width - named - 3)
    text = f"{value} – {verdict}" if verdict else value
    first, *rest = [fit(text, room)] if money and cell_len(text) <= room else wrapped(text, room)
    head = joined(plain(f"{mark} ", style), plain(fit(label, named), _MUTED), " ", plain(first))
    return [head, *(plain(" " * (named + 3) + line) for line in rest)]


def _arrow(shift: Shift) -> Content:
    return plain(f"{shift.old} → {shift.new}")


def _mark(says: Says) -> str:
    return MARKS[Decision(says.value)]


def _style(says: Says) -> str:
    return STYLES[Decision(says.value)]


def _bold(style: str) -> str:
    return style if style.startswith("bold") else f"bold {style}"
