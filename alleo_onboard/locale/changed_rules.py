"""Sentences about why a run affects more people than usual: reasons for offboarding, and changed settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from alleo_onboard.domain.eligibility import Reason
from alleo_onboard.domain.plan import Plan
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import count
from alleo_onboard.locale.terms import attribute_label, reason_label


def leaving_sentence(plan: Plan) -> str:
    """Returns why people would lose Alleo, the most frequent reason first."""
    reasons = Counter(c.reason for c in plan.changes if c.takes_away and c.reason)
    told = [f"{reason_label(Reason(why))}: {count(n)}" for why, n in reasons.most_common() if why in set(Reason)]
    return _("Why: {reasons}.").format(reasons=", ".join(told)) if told else ""


def altered_sentence(rule: str, before: str, now: str) -> str:
    """Returns a setting that changed since the last run."""
    if rule == "readable":
        return _readable(frozenset(before.split(", ")), frozenset(now.split(", ")))
    texts = {
        "on_leave": _("Since the last run the rule for people on leave changed from {before} to {now}."),
        "send_zero": _("Since the last run the rule for budgets of zero changed from {before} to {now}."),
        "zone": _("Since the last run the time zone changed from {before} to {now}."),
        "selection": _("Since the last run, what selects people has changed: {before} then, {now} now."),
        "selective_field": _("Since the last run another field of Personio selects people: {before} then, {now} now."),
        "credential": _("Since the last run another Personio credential is used."),
        "personio": _("Since the last run the address of Personio changed from {before} to {now}."),
        "alleo": _("Since the last run the address of Alleo changed from {before} to {now}."),
    }
    nothing = _("none")
    told = [_rule_words().get(value, value) or nothing for value in (before, now)]
    return texts.get(rule, "").format(before=told[0], now=told[1])


def _rule_words() -> dict[str, str]:
    """Returns the words for values of settings."""
    return {"include": _("take part"), "exclude": _("do not take part"), "yes": _("yes"), "no": _("no")}


def basis_sentence(subject: str, before: str, now: str) -> str:
    """Returns what changed in the basis of a run, and what that may mean."""
    texts = {
        "alleo_address": _("The last run wrote to {before}, this one would write to {now}: another customer's Alleo?"),
        "personio_address": _("The last run read {before}, this one read {now}: another customer's Personio?"),
        "alleo_field": _("The last run took those whom the field {before} selects, this one would go by {now}."),
        "accounts": _(
            "Alleo shows none of the {before} accounts that are linked: another customer's token, or was everybody "
            "deleted there?"
        ),
        "people": _(
            "Not one of the {before} people linked to Alleo can be seen any more: another Personio credential?"
        ),
    }
    if now == "everyone":
        text = _("The last run took those whom the field {before} selects, this one would take everyone.")
        return text.format(before=before)
    return texts.get(subject, "{before}: {now}").format(before=before, now=now)


def rival_sentence(used: str, given: str, other: str, variable: str) -> str:
    """Returns the error for two deliveries that are configured at the same time.

    `given` and `variable` are the environment variables that configure the one in use and the other one; "" stands for
    the saved set-up.
    """
    saved = _("the saved set-up")
    text = _("Two ways into Alleo are meant: “{used}” by {given}, which is in use, and “{other}” by {variable}.")
    return text.format(used=used, given=given or saved, other=other, variable=variable or saved)


def clock_wrong_sentence(host: str, hours: str) -> str:
    """Returns the error for a clock that is too wrong to decide who starts and leaves today."""
    text = _(
        "The clock of this computer differs from that of {host} by {hours} hours, so who starts and leaves today "
        "cannot be told."
    )
    return text.format(host=host, hours=hours)


def _readable(before: frozenset[str], now: frozenset[str]) -> str:
    told = []
    if lost := sorted(before - now):
        told.append(_("Since the last run these are no longer readable: {names}.").format(names=_labels(lost)))
    if gained := sorted(now - before):
        told.append(_("Since the last run these have become readable: {names}.").format(names=_labels(gained)))
    return " ".join(told)


def _labels(names: Iterable[str]) -> str:
    return ", ".join(attribute_label(name) for name in names if name)
