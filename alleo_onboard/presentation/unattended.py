"""How many people need attention after a run that nobody watched, by what is wrong; no names."""

from __future__ import annotations

from collections.abc import Mapping

from alleo_onboard.domain.budget import Problem
from alleo_onboard.domain.eligibility import Reason
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.labels import problem_label, reason_short
from alleo_onboard.usecases.schedule.attention import Attention, ByCode


def attention_sentence(seen: Attention) -> str:
    """ "3 people need attention (2 no e-mail, 1 address is taken); new: 1 no e-mail."; "" where nobody does."""
    n = seen.people
    if not n:
        return ""
    text = ngettext("{n} person needs attention ({what})", "{n} people need attention ({what})", n)
    told = text.format(n=count(n), what=_listed(seen.found))
    if seen.new:
        return _("{told}; new since the last run: {what}").format(told=told, what=_listed(seen.new))
    return _("{told}, nobody new").format(told=told)


def counts(found: ByCode) -> Mapping[str, int]:
    """How many people there are for each code."""
    return {code: len(ids) for code, ids in found.items()}


def _listed(found: ByCode) -> str:
    return ", ".join(coded(code, len(ids)) for code, ids in found.items())


def coded(code: str, n: int) -> str:
    """How many people there are for a code: "2 no e-mail"."""
    return f"{count(n)} {code_label(code)}"


def code_label(code: str) -> str:
    """A reason or a problem in a few words."""
    if code in set(Reason):
        return reason_short(Reason(code))
    return problem_label(Problem(code)) if code in set(Problem) else code
