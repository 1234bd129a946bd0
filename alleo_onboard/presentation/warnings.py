"""Warnings before and after a run: who would lose Alleo and why, changed settings, drift, conflicts."""

from __future__ import annotations

from collections.abc import Collection

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.budget import Problem
from alleo_onboard.domain.change import Change, Kind
from alleo_onboard.domain.drift import Drift
from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.changed_rules import altered_sentence, leaving_sentence
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.attention import attention
from alleo_onboard.presentation.cautions import cautions
from alleo_onboard.presentation.labels import field_label, people
from alleo_onboard.presentation.pages.run import and_more
from alleo_onboard.presentation.publishing import after_publishing, before_publishing
from alleo_onboard.presentation.values import value_text
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.preview.reconcile import Settlement
from alleo_onboard.usecases.run.execute import RunResult

_TOLD = 20  # sentences about single people, at most


def held_back_sentence(held: tuple[Change, ...]) -> str:
    """Returns which offboardings a first run leaves for the next one."""
    text = ngettext(
        "A first run switches nobody off: {n} account is held back until the next run.",
        "A first run switches nobody off: {n} accounts are held back until the next run.",
        len(held),
    )
    return text.format(n=count(len(held)))


def settled_sentence(done: int, undone: int) -> str:
    """Returns the results of changes of earlier runs whose answers were lost."""
    text = _("Left open by an earlier run, and now read at Alleo: {done} done, {undone} not done.")
    return text.format(done=count(done), undone=count(undone))


def drift_sentence(drift: Drift) -> str:
    """Returns one field that Alleo stores differently from what was sent. A date of birth is not shown."""
    if drift.field == "birthday":
        text = _("{name}: {field} was sent, and Alleo holds another value or none.")
        return text.format(name=drift.name, field=field_label(drift.field))
    text = _("{name}: {field} was sent as {sent}, and Alleo holds {found}.")
    return text.format(
        name=drift.name,
        field=field_label(drift.field),
        sent=value_text(drift.field, drift.sent, _("nothing")),
        found=value_text(drift.field, drift.found, _("nothing")),
    )


def _twin(person: Person, holder: Account) -> str:
    """Returns that a leaver has an account besides the one that this tool linked, and who can switch it off."""
    text = _(
        "{name} should not have Alleo, and more than one account there carries their Personio id. The account {email} is "
        "left alone, because this tool did not link it: ask Alleo to switch it off."
    )
    if person.change:
        text = _(
            "{name} should not have Alleo, and more than one account there carries their Personio id. The one that this "
            "tool linked is switched off; the account {email} is left alone: ask Alleo to switch it off."
        )
    return text.format(name=person.name, email=holder.email)


def conflict_sentence(person: Person) -> str:
    """Returns whose account has the address that this person needs, and how to solve it."""
    holder = person.holder
    if holder is None:
        return ""
    if told := _watched(person, holder):
        return told
    if Problem.ACCOUNT_BY_HAND in person.problems:
        text = _(
            "{name} should not have Alleo, and has an account there that was made by hand ({email}). It is left alone: "
            "ask Alleo to switch it off, or choose the person in Personio."
        )
        return text.format(name=person.name, email=holder.email)
    if person.decision is Decision.SKIP and holder.external_id == str(person.personio_id):
        return _twin(person, holder)
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


def _watched(person: Person, holder: Account) -> str:
    """Returns the sentence for an account with a wrong id that is left alone, or ""."""
    if Problem.LINK_REPLACED in person.problems:
        text = _(
            "{name}: the account that this tool linked ({email}) carries the id {id} now. It is left alone: ask Alleo who "
            "changed it, and have it set back to {number} or switched off."
        )
    elif Problem.ACCOUNT_OF_NOBODY in person.problems:
        text = _(
            "{name}: the account {email} carries the id {id}, which Personio no longer knows. It is left alone: if that "
            "person has left, ask Alleo to switch it off."
        )
    else:
        return ""
    name = person.name or holder.name or str(person.personio_id)
    return text.format(name=name, email=holder.email, id=holder.external_id, number=person.personio_id)


def not_carried_sentence(names: Collection[str]) -> str:
    """Returns the fields that Personio has and this delivery cannot store.

    Two budgets with the same label are named once.
    """
    fields = ", ".join(dict.fromkeys(field_label(name) for name in names))
    told = _("This delivery cannot carry: {fields}.").format(fields=fields)
    if not any(name.startswith("alleo_") for name in names):
        return told
    return told + " " + _("Budgets can be given by hand in Alleo's Manager Portal, or over a delivery that holds them.")


def before_run(preview: Preview) -> list[str]:
    """Returns all warnings before a run, besides what the sentence of its plan says."""
    told = [altered_sentence(one.rule, one.before, one.now) for one in preview.altered]
    told += cautions(preview)
    if preview.plan.summary[Kind.OFFBOARD]:
        told.append(leaving_sentence(preview.plan))
    if blocked := preview.plan.summary[Decision.BLOCKED]:
        text = _("{people} cannot sync until something is mended: alleo-onboard preview says what.")
        told.append(text.format(people=people(blocked)))
    told += before_publishing(preview)
    told += attention(preview)
    told += _settled(preview.knowledge.settlements)
    return told + _some([text for p in preview.plan.people if p.holder and (text := conflict_sentence(p))])


def after_run(result: RunResult) -> list[str]:
    """Returns what Alleo stores differently, and what was left for a later run."""
    told: list[str] = []
    if result.drift:
        n = len(result.drift)
        text = ngettext("{n} value at Alleo is not what was sent:", "{n} values at Alleo are not what was sent:", n)
        told += [text.format(n=count(n)), *_some([drift_sentence(one) for one in result.drift])]
    if not result.verified:
        told.append(_("What was written was not read back."))
    told += after_publishing(result)
    return [*told, held_back_sentence(result.held_back)] if result.held_back else told


def _settled(settlements: tuple[Settlement, ...]) -> list[str]:
    undone = sum(bool(s.outcome.error) for s in settlements)
    return [settled_sentence(len(settlements) - undone, undone)] if settlements else []


def _some(sentences: list[str]) -> list[str]:
    """Returns at most 20 sentences about single people, and the number of the rest."""
    told = [f"! {sentence}" for sentence in sentences[:_TOLD]]
    more = len(sentences) - _TOLD
    return [*told, and_more(more)] if more > 0 else told
