"""The question before a run: what will happen, then everything that blocks it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from alleo_onboard.domain import errors
from alleo_onboard.domain.oneoff import Waiting
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.answers import yes_letter
from alleo_onboard.locale.changed_rules import basis_sentence
from alleo_onboard.locale.formats import count, money
from alleo_onboard.locale.terms import attribute_label
from alleo_onboard.presentation.labels import people, plan_sentence
from alleo_onboard.presentation.lines import Line, Tone
from alleo_onboard.presentation.pages.check import is_everyone_meant
from alleo_onboard.presentation.publishing import as_file
from alleo_onboard.presentation.warnings import held_back_sentence
from alleo_onboard.usecases.run.confirmation import Confirmation
from alleo_onboard.usecases.run.preconditions import held_back


def offered(told: Sequence[str]) -> tuple[Line, ...]:
    """Returns the sentences as lines; those that begin with "!" get the tone of a warning."""
    return tuple(Line(text, Tone.STRONG_WARNING if text.startswith("!") else Tone.STRONG) for text in told)


def sentences(asked: Confirmation) -> tuple[str, ...]:
    """Returns the plan in one sentence, then everything to type, fix or ignore before the run can start."""
    told = [" ".join(filter(None, (plan_sentence(asked.plan, settled=_settled(asked)), as_file(asked.preview))))]
    if asked.liftable:
        text = _("! Not readable: {names}. Mend it in Check, or go on without (w).")
        return (*told, text.format(names=_named(asked.liftable)))
    told += _plain_questions(asked)
    if asked.lifted:
        told.append(_("! Goes on without: {names}. Press w to take that back.").format(names=_named(asked.lifted)))
    guard, held = asked.preview.plan.guard, held_back(asked.preview)
    losing, readdressed = asked.tripped
    right = _("If it is right, type {n}.")
    if losing:
        told.append(f"! {losing} {right.format(n=count(guard.offboard))}")
    elif held:
        now = _("To do it now, type {n}.")
        told.append(f"! {held_back_sentence(held)} {now.format(n=count(guard.offboard))}")
    if readdressed:
        told.append(f"! {readdressed} {right.format(n=count(guard.readdressed))}")
    if paying := asked.paying:
        told.append(f"! {paying} {right.format(n=money(guard.money.most))}")
    judged = asked.judged
    if isinstance(judged, errors.Trouble) and not isinstance(judged, (errors.GuardTripped, errors.BasisChanged)):
        told += [f"! {judged}"] if asked.preview.plan.changes else []
    return tuple(told)


def _settled(asked: Confirmation) -> bool:
    """Returns False while something is asked or has to be mended first."""
    return not isinstance(asked.judged, errors.Trouble) and not asked.asks_yes


def _plain_questions(asked: Confirmation) -> list[str]:
    """Returns the questions that a plain yes answers."""
    told: list[str] = []
    if asked.everyone:
        told.append(f"! {is_everyone_meant(people(asked.everyone))} ({yes_letter()})")
    for one in asked.changed:
        before, now = one.detail("before"), one.detail("now")
        ask = (
            _("You accepted that.")
            if one in asked.accept
            else _("If it is meant, accept it ({yes}).").format(yes=yes_letter())
        )
        told.append(f"! {basis_sentence(one.subject, before, now)} {ask}")
    if asked.other_field:
        text = _("Another field is called Alleo now. If it is to select people, accept it ({yes}).")
        told.append("! " + text.format(yes=yes_letter()))
    if waiting := asked.preview.plan.waiting:
        told.append(_waiting(waiting))
    if fixed := asked.preview.plan.fixed_addresses:
        told.append(_fixed(len(fixed)))
    return told


def _fixed(n: int) -> str:
    """Returns the question whether new addresses, which the file cannot tell Alleo, were changed there by hand."""
    text = ngettext(
        "! {n} new address cannot be told to Alleo in a file: write to admin-support@alleo.nl. If Alleo has it by now, "
        "say so (z).",
        "! {n} new addresses cannot be told to Alleo in a file: write to admin-support@alleo.nl. If Alleo has them by "
        "now, say so (z).",
        n,
    )
    return text.format(n=count(n))


def _waiting(waiting: Sequence[Waiting]) -> str:
    """Returns the sentence about one-off budgets that wait for a decision. The run can start without them."""
    text = ngettext(
        "! {n} one-off budget ({total}) waits for your yes: send it ({yes}), or they have it already (z). Until then it "
        "is not sent.",
        "! {n} one-off budgets ({total}) wait for your yes: send them ({yes}), or they have them already (z). Until then "
        "they are not sent.",
        len(waiting),
    )
    total = money(sum((one.amount for one in waiting), Decimal(0)))
    return text.format(n=count(len(waiting)), total=total, yes=yes_letter())


def _named(attributes: Iterable[str]) -> str:
    return ", ".join(attribute_label(name) for name in sorted(attributes))
