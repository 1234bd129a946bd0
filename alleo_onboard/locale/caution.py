"""Sentences about what deserves a second look: who would lose Alleo and why, changed rules, drift, conflicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from alleo_onboard.domain.change import Change
from alleo_onboard.domain.drift import Drift
from alleo_onboard.domain.eligibility import Reason
from alleo_onboard.domain.plan import Person, Plan
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.words import attribute_label, count, field_label, reason_label


def leaving_sentence(plan: Plan) -> str:
    """Why people would lose Alleo, the most frequent reason first: really left, or only deselected."""
    reasons = Counter(c.reason for c in plan.changes if c.takes_away and c.reason)
    told = [f"{reason_label(Reason(why))}: {count(n)}" for why, n in reasons.most_common() if why in set(Reason)]
    return _("Why: {reasons}.").format(reasons=", ".join(told)) if told else ""


def altered_sentence(rule: str, before: str, now: str) -> str:
    """A rule that is not what it was at the last run."""
    if rule == "readable":
        return _readable(frozenset(before.split(", ")), frozenset(now.split(", ")))
    texts = {
        "on_leave": _("Since the last run the rule for people on leave changed from {before} to {now}."),
        "send_zero": _("Since the last run the rule for budgets of zero changed from {before} to {now}."),
        "zone": _("Since the last run the time zone changed from {before} to {now}."),
        "selection": _("Since the last run it changed who selects people: {before} then, {now} now."),
        "selective_field": _("Since the last run another field of Personio selects people: {before} then, {now} now."),
        "credential": _("Since the last run another Personio credential is used."),
        "personio": _("Since the last run the address of Personio changed from {before} to {now}."),
        "alleo": _("Since the last run the address of Alleo changed from {before} to {now}."),
    }
    nothing = _("none")
    return texts.get(rule, "").format(before=before or nothing, now=now or nothing)


def _readable(before: frozenset[str], now: frozenset[str]) -> str:
    told = []
    if lost := sorted(before - now):
        told.append(_("Since the last run these are no longer readable: {names}.").format(names=_labels(lost)))
    if gained := sorted(now - before):
        told.append(_("Since the last run these have become readable: {names}.").format(names=_labels(gained)))
    return " ".join(told)


def _labels(names: Iterable[str]) -> str:
    return ", ".join(attribute_label(name) for name in names if name)


def held_back_sentence(held: tuple[Change, ...]) -> str:
    """What a first run leaves to the next one."""
    text = ngettext(
        "A first run switches nobody off: {n} account is held back until the next run.",
        "A first run switches nobody off: {n} accounts are held back until the next run.",
        len(held),
    )
    return text.format(n=count(len(held)))


def settled_sentence(done: int, undone: int) -> str:
    """What became of changes of earlier runs whose answers were lost."""
    text = _("Left open by an earlier run, and now read at Alleo: {done} done, {undone} not done.")
    return text.format(done=count(done), undone=count(undone))


def drift_sentence(drift: Drift) -> str:
    """One field that Alleo holds otherwise than it was sent. A date of birth is not repeated."""
    if drift.field == "birthday":
        text = _("{name}: {field} was sent, and Alleo holds another value or none.")
        return text.format(name=drift.name, field=field_label(drift.field))
    text = _("{name}: {field} was sent as {sent}, and Alleo holds {found}.")
    return text.format(
        name=drift.name, field=field_label(drift.field), sent=_shown(drift.sent), found=_shown(drift.found)
    )


def conflict_sentence(person: Person) -> str:
    """Whose account has the address that this person needs, and how to resolve it."""
    holder = person.holder
    if holder is None:
        return ""
    if holder.external_id in ("", str(person.personio_id)):
        text = _(
            "{name}: more than one account at Alleo fits {email}. Ask Alleo to merge or remove the one that is too many."
        )
        return text.format(name=person.name, email=person.email)
    state = _("switched on") if holder.active else _("switched off")
    text = _(
        "{name}: at Alleo {email} belongs to the account of {holder} (Personio id {id}, {state}). If that person has "
        "left, give their account another address at Alleo; otherwise mend the address of one of them in Personio."
    )
    return text.format(
        name=person.name, email=person.email, holder=holder.name or "?", id=holder.external_id, state=state
    )


def _shown(value: object) -> str:
    if value is None or value == "":
        return _("nothing")
    return {True: _("on"), False: _("off")}.get(value, str(value)) if isinstance(value, bool) else str(value)
