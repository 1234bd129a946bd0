"""Labels for codes of the domain."""

from __future__ import annotations

from alleo_onboard.domain.attributes import NAMES
from alleo_onboard.domain.budget import Period, Problem, period_of
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.eligibility import Decision, Reason
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.progress import System, Waiting, Why
from alleo_onboard.locale import _, kept, ngettext, pgettext
from alleo_onboard.locale.formats import count
from alleo_onboard.locale.terms import attribute_label, reason_label


@kept
def _needed_for() -> dict[str, str]:
    return {
        "email": _("signing in"),
        "first_name": _("the person's name"),
        "last_name": _("the person's name"),
        "status": _("who is employed"),
        "hire_date": _("start, anniversary"),
        "termination_date": _("leavers"),
        "department": _("groups in Alleo"),
        "birthday": _("birthday gifts"),
        "alleo": _("who takes part"),
    }


def needed_for(name: str) -> str:
    """Returns what Alleo uses an attribute for, in a few words."""
    return _needed_for().get(name) or (
        _("a monthly budget") if period_of(name) is Period.MONTHLY else _("a one-off budget")
    )


@kept
def _decisions() -> dict[Decision, str]:
    return {
        Decision.SYNC: _("sync"),
        Decision.SKIP: _("left out"),
        Decision.BLOCKED: _("to mend"),
    }


def decision_label(decision: Decision) -> str:
    return _decisions()[decision]


@kept
def _short_reasons() -> dict[Reason, str]:
    return {
        Reason.INACTIVE: _("inactive"),
        Reason.TERMINATED: _("has left"),
        Reason.NOT_STARTED: _("not started"),
        Reason.ALLEO_UNCLEAR: _("Alleo unclear"),
        Reason.EMAIL_MISSING: _("no e-mail"),
        Reason.EMAIL_INVALID: _("e-mail not valid"),
        Reason.EMAIL_DUPLICATE: _("e-mail shared"),
        Reason.NAME_MISSING: _("name not whole"),
        Reason.STATUS_UNKNOWN: _("status unknown"),
        Reason.GONE: _("not in Personio"),
        Reason.FORMULA_LIKE: _("like a formula"),
        Reason.ACCOUNT_CONFLICT: _("address is taken"),
        Reason.DATE_INVALID: _("start unreadable"),
    }


def reason_short(reason: Reason) -> str:
    """Returns a short label of a reason, for a column."""
    return _short_reasons().get(reason) or reason_label(reason)


@kept
def _problems() -> dict[Problem, str]:
    return {
        Problem.BUDGET_INVALID: _("a budget is not a plain amount, so it is withheld"),
        Problem.BUDGET_MONTHLY_TWICE: _("more than one monthly budget, so all monthly budgets are withheld"),
        Problem.BUDGET_ONEOFF_CHANGED: _(
            "a one-off budget was sent before with another amount, so it waits for your yes"
        ),
        Problem.BUDGET_ONEOFF_HELD: _("a one-off budget may have been paid before, so it waits for your yes"),
        Problem.BUDGET_ONLY_AT_ALLEO: _("Alleo still has a monthly budget that is empty or zero in Personio"),
        Problem.ACCOUNT_CONFLICT: _("another account at Alleo has the same address or Personio id"),
        Problem.ACCOUNT_BY_HAND: _("has an account at Alleo that was made by hand, which is left alone"),
        Problem.LINK_REPLACED: _("the account at Alleo carries another id now, so it is left alone"),
        Problem.ACCOUNT_OF_NOBODY: _("the account carries an id that Personio no longer knows, so it is left alone"),
        Problem.DATE_INVALID: _("a date cannot be read, or the end is before the start, so it does not count"),
        Problem.FORMULA_LIKE: _(
            "a value starts like a formula, or has invisible characters, so it cannot stand in a file: mend it in Personio"
        ),
        Problem.EMAIL_FIXED: _(
            "the address changed, which this file cannot tell Alleo: write to admin-support@alleo.nl, and say so at Run "
            "once it is changed there"
        ),
        Problem.NOT_KEPT: _("Alleo did not keep a value as it was sent, so it is not sent again"),
    }


@kept
def _short_problems() -> dict[Problem, str]:
    return {
        Problem.BUDGET_INVALID: _("budget withheld"),
        Problem.BUDGET_MONTHLY_TWICE: _("two budgets"),
        Problem.BUDGET_ONEOFF_CHANGED: _("one-off waits"),
        Problem.BUDGET_ONEOFF_HELD: _("one-off waits"),
        Problem.BUDGET_ONLY_AT_ALLEO: _("old budget"),
        Problem.ACCOUNT_CONFLICT: _("address is taken"),
        Problem.ACCOUNT_BY_HAND: _("made by hand"),
        Problem.LINK_REPLACED: _("other link"),
        Problem.ACCOUNT_OF_NOBODY: _("unknown id"),
        Problem.DATE_INVALID: _("date unreadable"),
        Problem.FORMULA_LIKE: _("like a formula"),
        Problem.EMAIL_FIXED: _("address fixed"),
        Problem.NOT_KEPT: _("value not kept"),
    }


def problem_short(problem: Problem) -> str:
    """Returns a short label of a problem."""
    return _short_problems().get(problem) or problem_label(problem)


def problem_label(problem: Problem) -> str:
    return _problems()[problem]


@kept
def _kinds() -> dict[Kind, str]:
    return {
        Kind.ONBOARD: _("new account"),
        Kind.UPDATE: _("update"),
        Kind.REACTIVATE: _("switch on again"),
        Kind.LINK: _("link to existing account"),
        Kind.OFFBOARD: _("switch off"),
    }


def kind_label(kind: Kind) -> str:
    return _kinds()[kind]


@kept
def _short_kinds() -> dict[Kind, str]:
    return {Kind.REACTIVATE: _("switch on"), Kind.LINK: _("link")}


def kind_short(kind: Kind) -> str:
    """Returns a short label of a kind of change."""
    return _short_kinds().get(kind) or kind_label(kind)


def kind_done(kind: Kind, n: int) -> str:
    """Returns what was done, with its number: "28 accounts created"."""
    texts = {
        Kind.ONBOARD: ngettext("{n} account created", "{n} accounts created", n),
        Kind.UPDATE: ngettext("{n} account updated", "{n} accounts updated", n),
        Kind.REACTIVATE: ngettext("{n} account switched on again", "{n} accounts switched on again", n),
        Kind.LINK: ngettext("{n} existing account linked", "{n} existing accounts linked", n),
        Kind.OFFBOARD: ngettext("{n} account switched off", "{n} accounts switched off", n),
    }
    return texts[kind].format(n=count(n))


def kind_many(kind: Kind, n: int) -> str:
    """Returns the changes of one kind with their number: "28 new accounts"."""
    texts = {
        Kind.ONBOARD: ngettext("{n} new account", "{n} new accounts", n),
        Kind.UPDATE: ngettext("{n} account to update", "{n} accounts to update", n),
        Kind.REACTIVATE: ngettext("{n} account to switch on again", "{n} accounts to switch on again", n),
        Kind.LINK: ngettext("{n} existing account to link", "{n} existing accounts to link", n),
        Kind.OFFBOARD: ngettext("{n} account to switch off", "{n} accounts to switch off", n),
    }
    return texts[kind].format(n=count(n))


def _will(kind: Kind, n: int) -> str:
    texts = {
        Kind.ONBOARD: ngettext("create {n} account", "create {n} accounts", n),
        Kind.UPDATE: ngettext("update {n} account", "update {n} accounts", n),
        Kind.REACTIVATE: ngettext("switch {n} account on again", "switch {n} accounts on again", n),
        Kind.LINK: ngettext("link {n} existing account", "link {n} existing accounts", n),
        Kind.OFFBOARD: ngettext("switch {n} account off", "switch {n} accounts off", n),
    }
    return texts[kind].format(n=count(n))


def changes_sentence(plan: Plan) -> str:
    """Returns what the plan would do: "create 28 accounts and update 2 accounts"; "" for nothing."""
    parts = [_will(kind, plan.summary[kind]) for kind in Kind if plan.summary[kind]]
    if len(parts) < 2:
        return "".join(parts)
    return _("{first} and {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


def plan_sentence(plan: Plan, *, settled: bool = True) -> str:
    """Returns the plan in one sentence, for use before anything is written.

    `settled` is False while something has to be answered or mended before a run can start.
    """
    changes = changes_sentence(plan)
    if not changes and (plan.problems or plan.summary[Decision.BLOCKED]):
        return _(
            "There is nothing to do at Alleo just now. Not everything could be taken over: see what needs mending."
        )
    if not changes:
        return _("Alleo already has everything as it should be: there is nothing to do.")
    if not plan.delivery:
        return _("A first sync would {changes} at Alleo.").format(changes=changes)
    if not settled:
        text = _("Once what stands below is settled, a run will {changes} at Alleo and change nothing else.")
        return text.format(changes=changes)
    return _("This will {changes} at Alleo and change nothing else.").format(changes=changes)


def people(n: int) -> str:
    return ngettext("{n} person", "{n} people", n).format(n=count(n))


def field_label(name: str) -> str:
    """Returns the label of an account's field."""
    if name in NAMES or name == "alleo":
        return attribute_label(name)
    special = {
        "work_anniversary": _("Work anniversary"),
        "onboarding_date": _("Onboarding date"),
        "offboarding_date": _("Offboarding date"),
        "active": _("Access to Alleo"),
        "external_id": _("Link to Personio"),
    }
    return special.get(name) or budget_label(name)


def budget_label(name: str) -> str:
    """Returns a budget field in words: alleo_monthly_health_budget is "Monthly budget (health)"."""
    category = name.removeprefix("alleo_").partition("_")[2].removesuffix("_budget").replace("_", " ")
    text = _("Monthly budget") if period_of(name) is Period.MONTHLY else _("One-off budget")
    known = {"health": pgettext("budget", "health")}
    return text if category == "all" else f"{text} ({known.get(category, category)})"


def period_label(name: str) -> str:
    """Returns how often a budget is paid."""
    return _("monthly") if period_of(name) is Period.MONTHLY else _("one-off")


def system_label(system: System) -> str:
    return "Personio" if system is System.PERSONIO else "Alleo"


def waiting(event: Waiting) -> str:
    """Returns why the program waits, and for how long."""
    texts = {
        Why.PACE: _("Keeping to {system}'s limit of requests: going on in {seconds} s."),
        Why.THROTTLED: _("{system} asks for a pause: going on in {seconds} s."),
        Why.SERVER_ERROR: _("{system} answered with an error: trying again in {seconds} s."),
        Why.CONNECTION: _("The connection to {system} was lost: trying again in {seconds} s."),
        Why.PICKUP: _("{system} is about to collect the file: going on in {seconds} s."),
    }
    return texts[event.why].format(system=system_label(event.system), seconds=max(1, round(event.seconds)))
