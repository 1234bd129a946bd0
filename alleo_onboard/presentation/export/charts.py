"""Charts as data: bars with their words, for any face to draw. Groups can be folded, so that nobody is told by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from alleo_onboard.domain.budget import Period, period_of
from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.plan import Person, Plan
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import count, money
from alleo_onboard.locale.terms import reason_label
from alleo_onboard.presentation.labels import budget_label, people
from alleo_onboard.presentation.people.labels import decision_text

LEAST = 5  # people in a group that may be told without names (issue 11, section 5)
_SHOWN = 12  # bars of one chart, the last of them for all others


class Shade(StrEnum):
    """What a bar stands for; faces give each a colour and a pattern."""

    SYNC = "sync"
    SKIP = "skip"
    MEND = "mend"
    MONEY = "money"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` is what is drawn, `text` what is said of it; `people` is how many the bar stands for."""

    label: str
    value: Decimal
    text: str
    shade: Shade
    people: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under a title. `told` says in one sentence what they show; `share` draws them as parts of one whole too."""

    title: str
    told: str
    bars: tuple[Bar, ...]
    share: bool = False


Reword = Callable[[Sequence[Bar]], Bar]


def fold(bars: Iterable[Bar], reword: Reword, least: int = LEAST) -> tuple[Bar, ...]:
    """The bars of at least `least` people, and one for all others.

    Where those others are too few as well, the smallest of the rest joins them: no difference tells their number.
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
    """How many sync, are left out, or have to be mended first, and the reason that decided."""
    counts = Counter((p.decision, p.reasons[0]) for p in plan.people if p.employee and p.reasons)
    order = {Decision.SYNC: 0, Decision.SKIP: 1, Decision.BLOCKED: 2}
    found = sorted(counts.items(), key=lambda told: (order[told[0][0]], -told[1]))
    bars = [
        _counted(f"{decision_text(decision)}: {reason_label(reason)}", n, _SHADES[decision])
        for (decision, reason), n in found
    ]
    shown = tuple(bars) if names else fold(bars, _others(_("other reasons")))
    return Chart(_("Who and why"), _sentence(_("People by decision and reason"), shown), shown, share=True)


def departments(plan: Plan, *, names: bool = True) -> Chart | None:
    """How many get Alleo in each department; None where no department is known."""
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
    """Totals of each budget field, the monthly ones apart from those paid once: the two cannot be compared."""
    titles = {Period.MONTHLY: _("Budgets a month"), Period.ONEOFF: _("Budgets paid once")}
    charts = []
    for period, title in titles.items():
        fields = {n: told for n, told in plan.budgets.items() if period_of(n) is period}
        bars = [_paid(budget_label(n), number, total) for n, (number, total) in fields.items()]
        shown = tuple(bars) if names else fold(bars, _joined(plan.people, fields))
        if shown:
            charts.append(Chart(title, _sentence(title, shown), shown))
    return tuple(charts)


_SHADES = {Decision.SYNC: Shade.SYNC, Decision.SKIP: Shade.SKIP, Decision.BLOCKED: Shade.MEND}


def _counted(label: str, n: int, shade: Shade) -> Bar:
    return Bar(label, Decimal(n), count(n), shade, n)


def _paid(label: str, number: int, total: Decimal) -> Bar:
    text = _("{total} for {people}").format(total=money(total), people=people(number))
    return Bar(label, total, text, Shade.MONEY, number)


def few() -> str:
    """What is said instead of a number below `LEAST`."""
    return _("fewer than {n}").format(n=LEAST)


def _others(label: str) -> Reword:
    """One bar for several; the number of a group too small is not told, and not drawn either."""

    def reword(bars: Sequence[Bar]) -> Bar:
        n = sum(bar.people for bar in bars)
        if n < LEAST:
            return Bar(label, Decimal(0), few(), Shade.OTHER, n)
        shades = {bar.shade for bar in bars}
        return _counted(label, n, shades.pop() if len(shades) == 1 else Shade.OTHER)

    return reword


def _joined(everyone: Iterable[Person], fields: Iterable[str]) -> Reword:
    """The same for budgets, where one person may have several: their amounts are not told for so few."""
    names = set(fields)

    def reword(bars: Sequence[Bar]) -> Bar:
        held = sum(1 for p in everyone if names & p.budgets.keys())
        if min(held, sum(bar.people for bar in bars)) < LEAST or len(bars) == 1:
            return Bar(_("other budgets"), Decimal(0), _("for {people}").format(people=few()), Shade.OTHER, 0)
        total = sum((bar.value for bar in bars), Decimal(0))
        return Bar(_("other budgets"), total, money(total), Shade.MONEY, held)

    return reword


def _sentence(what: str, bars: Sequence[Bar]) -> str:
    told = _("; ").join(f"{bar.label}: {bar.text}" for bar in bars)
    return f"{what}. {told}." if told else f"{what}."


def shown_count(n: int, *, names: bool) -> str:
    """A number of people, or only that it is a small one."""
    return count(n) if names or n == 0 or n >= LEAST else few()
