"""Charts as data. Groups of few people can be combined, so that no single person is recognisable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from alleo_onboard.domain.budget import Period, period_of
from alleo_onboard.domain.eligibility import Decision, Reason
from alleo_onboard.domain.plan import Person, Plan
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import count, money
from alleo_onboard.locale.terms import reason_label
from alleo_onboard.presentation.labels import budget_label, people
from alleo_onboard.presentation.people.labels import decision_text

LEAST = 5  # smallest group that a report without names shows (issue 11, section 5)
_SHOWN = 12  # bars of one chart; the last one is for all others


class Shade(StrEnum):
    """The meaning of a bar. Each interface chooses colour and pattern for it."""

    SYNC = "sync"
    SKIP = "skip"
    MEND = "mend"
    MONEY = "money"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `value` is its length, `text` its label with the value, `people` the number of people behind it."""

    label: str
    value: Decimal
    text: str
    shade: Shade
    people: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with a title. `told` describes them in one sentence; `share` also shows them as parts of a whole."""

    title: str
    told: str
    bars: tuple[Bar, ...]
    share: bool = False


Reword = Callable[[Sequence[Bar]], Bar]  # makes one bar of several


def fold(bars: Iterable[Bar], reword: Reword, least: int = LEAST) -> tuple[Bar, ...]:
    """Returns the bars with at least `least` people, and one bar for all others.

    If the others are still too few, the next smallest bar is added to them, so that no subtraction reveals their
    number.
    """
    listed = tuple(bars)
    ordered = sorted(listed, key=lambda bar: bar.people)
    small = [bar for bar in ordered if bar.people < least]
    large = ordered[len(small) :]
    while small and large and sum(bar.people for bar in small) < least:
        small.append(large.pop(0))
    folded = {id(bar) for bar in small}
    kept = tuple(bar for bar in listed if id(bar) not in folded)
    return (*kept, reword([bar for bar in listed if id(bar) in folded])) if small else kept


def who_and_why(plan: Plan, *, names: bool = True) -> Chart:
    """Returns how many people sync, are left out or have errors, by the deciding reason."""
    return by_reason(((p.decision, p.reasons) for p in plan.people if p.employee), names=names)


def by_reason(decided: Iterable[tuple[Decision, tuple[Reason, ...]]], *, names: bool = True) -> Chart:
    """Returns the same of decisions with their reasons, the deciding one first."""
    counts = Counter((decision, reasons[0]) for decision, reasons in decided if reasons)
    order = {Decision.SYNC: 0, Decision.SKIP: 1, Decision.BLOCKED: 2}
    found = sorted(counts.items(), key=lambda told: (order[told[0][0]], -told[1]))
    bars = [
        _counted(f"{decision_text(decision)}: {reason_label(reason)}", n, _SHADES[decision])
        for (decision, reason), n in found
    ]
    shown = tuple(bars) if names else fold(bars, _others(_("other reasons")))
    return Chart(_("Who and why"), _sentence(_("People by decision and reason"), shown), shown, share=True)


def departments(plan: Plan, *, names: bool = True) -> Chart | None:
    """Returns how many people get Alleo in each department, or None when no department is known."""
    counts = Counter(p.employee.department for p in plan.people if p.employee and p.decision is Decision.SYNC)
    if not any(counts):
        return None
    found = sorted(counts.items(), key=lambda told: (-told[1], told[0].casefold()))
    bars = [_counted(name or _("no department"), n, Shade.SYNC) for name, n in found]
    shown = tuple(bars) if names else fold(bars, _others(_("other departments")))
    if len(shown) > _SHOWN:
        shown = (*shown[: _SHOWN - 1], _others(_("other departments"))(shown[_SHOWN - 1 :]))
    return Chart(_("Departments"), _sentence(_("People who get Alleo, by department"), shown), shown)


def budgets(plan: Plan, *, names: bool = True) -> tuple[Chart, ...]:
    """Returns the totals of each budget field, monthly and one-off ones in separate charts."""
    titles = {Period.MONTHLY: _("Budgets a month"), Period.ONEOFF: _("Budgets paid once")}
    charts = []
    for period, title in titles.items():
        fields = {n: told for n, told in plan.budgets.items() if period_of(n) is period}
        bars = [_paid(budget_label(n), number, total) for n, (number, total) in fields.items()]
        shown = tuple(bars) if names else fold(bars, _joined(plan.people, fields))
        if shown:
            charts.append(Chart(title, _sentence(title, shown), shown))
    return tuple(charts)


def pictures(plan: Plan) -> tuple[Chart, ...]:
    """Returns the charts of a preview that a screen shows: those that compare something."""
    return tuple(chart for chart in (who_and_why(plan), *budgets(plan)) if len(chart.bars) > 1)


_SHADES = {Decision.SYNC: Shade.SYNC, Decision.SKIP: Shade.SKIP, Decision.BLOCKED: Shade.MEND}


def _counted(label: str, n: int, shade: Shade) -> Bar:
    return Bar(label, Decimal(n), count(n), shade, n)


def _paid(label: str, number: int, total: Decimal) -> Bar:
    text = _("{total} for {people}").format(total=money(total), people=people(number))
    return Bar(label, total, text, Shade.MONEY, number)


def few() -> str:
    """Returns the words for a number below `LEAST`."""
    return _("fewer than {n}").format(n=LEAST)


def _others(label: str) -> Reword:
    """Returns a function that combines bars into one. A number below `LEAST` is neither shown nor drawn."""

    def reword(bars: Sequence[Bar]) -> Bar:
        n = sum(bar.people for bar in bars)
        if n < LEAST:
            return Bar(label, Decimal(0), few(), Shade.OTHER, n)
        shades = {bar.shade for bar in bars}
        return _counted(label, n, shades.pop() if len(shades) == 1 else Shade.OTHER)

    return reword


def _joined(everyone: Iterable[Person], fields: Iterable[str]) -> Reword:
    """Returns the same for budgets, where one person may have several. Amounts of few people are not shown."""
    names = set(fields)

    def reword(bars: Sequence[Bar]) -> Bar:
        held = sum(1 for p in everyone if names & p.budgets.keys())
        if min(held, sum(bar.people for bar in bars)) < LEAST or len(bars) == 1:
            return Bar(_("other budgets"), Decimal(0), _("for {people}").format(people=few()), Shade.OTHER, 0)
        total = sum((bar.value for bar in bars), Decimal(0))
        return Bar(_("other budgets"), total, money(total), Shade.MONEY, held)

    return reword


def _sentence(what: str, bars: Sequence[Bar]) -> str:
    """Returns a chart in one sentence."""
    told = _("; ").join(f"{bar.label}: {bar.text}" for bar in bars)
    return f"{what}. {told}." if told else f"{what}."


def shown_count(n: int, *, names: bool) -> str:
    """Returns a number of people, or only that it is small."""
    return count(n) if names or n == 0 or n >= LEAST else few()
