"""Sentences about an unattended run: how it ended, and how many people need attention. No names."""

from __future__ import annotations

from collections.abc import Mapping

from alleo_onboard.domain.budget import Problem
from alleo_onboard.domain.eligibility import Reason
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.attention import by_field
from alleo_onboard.presentation.labels import problem_label, reason_short
from alleo_onboard.presentation.run import done
from alleo_onboard.usecases.run.execute import RunResult
from alleo_onboard.usecases.schedule.attention import Attention, ByCode
from alleo_onboard.usecases.schedule.unattended import Attempt


def attention_sentence(seen: Attention) -> str:
    """Returns "3 people need attention (2 no e-mail, 1 address is taken); new: 1 no e-mail", or "" for nobody."""
    n = seen.people
    if not n:
        return ""
    text = ngettext("{n} person needs attention ({what})", "{n} people need attention ({what})", n)
    told = text.format(n=count(n), what=_listed(seen.found))
    if seen.new:
        return _("{told}; new since the last run: {what}").format(told=told, what=_listed(seen.new))
    return _("{told}, nobody new").format(told=told)


def counts(found: ByCode) -> Mapping[str, int]:
    """Returns the number of people for each code."""
    return {code: len(ids) for code, ids in found.items()}


def _listed(found: ByCode) -> str:
    return ", ".join(coded(code, len(ids)) for code, ids in found.items())


def coded(code: str, n: int) -> str:
    """Returns the number of people for a code: "2 no e-mail"."""
    return f"{count(n)} {code_label(code)}"


def code_label(code: str) -> str:
    """Returns a reason or problem in a few words."""
    if code in set(Reason):
        return reason_short(Reason(code))
    return problem_label(Problem(code)) if code in set(Problem) else code


def summary(made: Attempt, result: RunResult) -> str:
    """Returns the result in one line, for the log, the alarm and the table of all set-ups."""
    said = [", ".join(told)] if (told := done(result)) else []
    if result.failed:
        said.append(_("failed {n}").format(n=count(len(result.failed))))
    if result.left:
        said.append(_("not begun {n}").format(n=count(result.left)))
    if result.ended_by:
        said.append(str(result.ended_by))
    said += by_field(made.preview) if made.preview else []
    return "; ".join(said) or _("nothing had to change")


def exit_sentence(profile: str, code: int, message: str) -> str:
    """Returns how a failed run ended; `message` is "" when it was shown already."""
    text = _("{profile}: exit {code}. {message}")
    return text.format(profile=profile, code=code, message=message).strip()


def not_begun() -> str:
    """Returns the sentence for a set-up that was not reached."""
    return _("Not begun, because the run was stopped before.")


def was_interrupted() -> str:
    return _("It was interrupted.")


def nothing_done() -> str:
    """Returns the sentence for a set-up that was left out of `sync --all`."""
    return _("Nothing was done for it.")
