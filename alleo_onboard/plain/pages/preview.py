"""Step 3: who would sync, with which budgets, and what would change at Alleo. Nothing is written here."""

from __future__ import annotations

from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count
from alleo_onboard.plain.pages.compare import compare_file
from alleo_onboard.plain.sitting import Sitting
from alleo_onboard.plain.talk import Option
from alleo_onboard.plain.words import Again, Back
from alleo_onboard.presentation import preview as overview
from alleo_onboard.presentation.attention import attention
from alleo_onboard.presentation.cautions import cautions
from alleo_onboard.presentation.labels import plan_sentence, problem_label
from alleo_onboard.presentation.pages.compare import title as compare_title
from alleo_onboard.presentation.pages.preview import reading_people_from_personio, working_out_who_would_sync
from alleo_onboard.presentation.people.filter import Filter, Group
from alleo_onboard.presentation.people.labels import group_label
from alleo_onboard.presentation.people.prepare import prepared
from alleo_onboard.presentation.people.view import PeopleView
from alleo_onboard.presentation.person import Shift, at_alleo, budgets, headline, shifts
from alleo_onboard.presentation.rules import Context, explain
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.preview.preview import preview as previewed
from alleo_onboard.wizard.steps import Step

_AT_ONCE = 20  # people told before asking whether to go on
_FIND = "find"
_COMPARE = "compare"


def preview(sitting: Sitting) -> None:
    sitting.talk.page(
        sitting.heading(Step.PREVIEW),
        _("Nothing is written here. Type the number of a group to hear who is in it, twenty people at a time."),
        _("For one person, type the number of Find, then a part of the name or the address."),
    )
    found = _current(sitting) or _read(sitting, fresh=sitting.session.snapshot is None)
    while found is None:
        sitting.menu([], reads=True)
    view = PeopleView(found.plan)
    _told(sitting, found, view)
    while True:
        try:
            _asked(sitting, found, view)
        except Again:
            if again := _read(sitting, fresh=True):
                found, view = again, PeopleView(again.plan)
                _told(sitting, found, view)


def _current(sitting: Sitting) -> Preview | None:
    """The plan at hand, where nothing changed that it rests on."""
    made, snapshot = sitting.preview, sitting.session.snapshot
    if made is None or snapshot is None or made.readiness is not snapshot.readiness:
        return None
    return made if made.plan.delivery == sitting.setup.has_delivery else None


def _read(sitting: Sitting, *, fresh: bool) -> Preview | None:
    def job() -> Preview:
        before = sitting.preview.plan if sitting.preview else None
        found = sitting.work(previewed(sitting.session, fresh=fresh, release=sitting.release))
        view, same = prepared(found.plan, before)
        sitting.found(found)
        sitting.settle(Step.PREVIEW, overview.note(view), afresh=not same)
        return found

    busy = reading_people_from_personio() if fresh else working_out_who_would_sync()
    return sitting.attempt(job, busy)


def _told(sitting: Sitting, found: Preview, view: PeopleView) -> None:
    """The numbers first, then what to beware of, each once."""
    told = [overview.who(view), overview.left_out(view) + "."]
    if view.counts[Group.BLOCKED]:
        told.append(f"! {overview.to_mend(view)}.")
    told += [plan_sentence(found.plan), overview.budgets(view), overview.unmanaged(found)]
    warnings = [*overview.warnings(found), *cautions(found), *attention(found)]
    told += [f"! {text}" for text in warnings]
    sitting.talk.say(*dict.fromkeys(filter(None, told)))


def _asked(sitting: Sitting, found: Preview, view: PeopleView) -> None:
    options = [(group.value, _group(group, n), "") for group, n in view.counts.items() if n]
    options += [(_FIND, _("Find one person."), ""), (_COMPARE, f"{compare_title()}.", "")]
    chosen = sitting.menu(options, reads=True)
    try:
        if chosen == _FIND:
            _find(sitting, found, view)
        elif chosen == _COMPARE:
            compare_file(sitting)
        elif chosen:
            view.narrow(Filter(Group(chosen)))
            _list(sitting, view)
    except Back:
        return


def _group(group: Group, n: int) -> str:
    text = ngettext("{group}: {n} person.", "{group}: {n} people.", n)
    return text.format(group=group_label(group), n=count(n))


def _list(sitting: Sitting, view: PeopleView) -> None:
    """Everybody of the group, a line each. Raises Back where that is answered in between."""
    for row in range(len(view)):
        if row and row % _AT_ONCE == 0:
            text = _("{n} of {all}. Enter for more, back for the groups")
            told = text.format(n=count(row), all=count(len(view)))
            sitting.talk.text(told, may_be_empty=True)
        sitting.talk.say(_sentence(sitting.shown(view.person(row))))


def _sentence(person: Person) -> str:
    """One person in one line."""
    told = [_named(person), headline(person)]
    if person.change:
        told.append(_("At Alleo: {what}.").format(what=at_alleo(person)))
    told += [
        _("{budget}: {amount}, {note}.").format(budget=b.label, amount=b.text, note=b.note) for b in budgets(person)
    ]
    return " ".join(told)


def _named(person: Person) -> str:
    name = person.name.strip() or _("(no name)")
    return f"{name}, {person.email}." if person.email else f"{name}."


def _find(sitting: Sitting, found: Preview, view: PeopleView) -> None:
    """One person by a part of the name or the address. Raises Back."""
    while True:
        typed = sitting.talk.text(_("A part of the name or the address"))
        view.narrow(Filter(search=typed))
        people = [view.person(row) for row in range(min(len(view), _AT_ONCE))]
        if not people:
            sitting.talk.say(_("Nobody is called that."))
            continue
        if len(view) > _AT_ONCE:
            text = _("{n} people are called that; these are the first {shown}.")
            sitting.talk.say(text.format(n=count(len(view)), shown=_AT_ONCE))
        person = people[0] if len(people) == 1 else _one_of(sitting, people)
        if person:
            _in_full(sitting, person, _context(sitting, found))
            return


def _one_of(sitting: Sitting, people: list[Person]) -> Person | None:
    options = [Option(str(n), _named(sitting.shown(person))) for n, person in enumerate(people)]
    chosen = sitting.talk.choose(options)
    return people[int(chosen)] if chosen else None


def _context(sitting: Sitting, found: Preview) -> Context:
    snapshot = sitting.session.snapshot
    selection = found.readiness.source.alleo.selection
    return Context(selection, snapshot.today if snapshot else None, delivery=found.plan.delivery)


def _in_full(sitting: Sitting, person: Person, context: Context) -> None:
    """Every rule, budget and field of one person, a line each."""
    one = sitting.shown(person)
    told = [_named(one), headline(one)]
    for rule in explain(one, context):
        text = _("{rule}: {value}; {verdict}.") if rule.verdict else _("{rule}: {value}.")
        told.append(text.format(rule=rule.name, value=rule.value, verdict=rule.verdict))
    told += [_("{budget}: {amount}, {note}.").format(budget=b.label, amount=b.text, note=b.note) for b in budgets(one)]
    told.append(_("At Alleo: {what}.").format(what=at_alleo(one)))
    told += [_shift(shift) for shift in shifts(one)]
    told += [f"! {problem_label(problem)}." for problem in one.problems]
    sitting.talk.say(*told)


def _shift(shift: Shift) -> str:
    if shift.old:
        text = _("{field} becomes {new}; it was {old}.")
        return text.format(field=shift.label, old=shift.old, new=shift.new)
    return _("{field}: {new}.").format(field=shift.label, new=shift.new)
