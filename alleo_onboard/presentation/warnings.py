"""Sentences about what deserves a second look: who would lose Alleo and why, changed rules, drift, conflicts."""

from __future__ import annotations

from alleo_onboard.domain.change import Change
from alleo_onboard.domain.drift import Drift
from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.labels import field_label


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
