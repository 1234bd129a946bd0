"""Step 3: who would sync, with which budgets, and what would change at Alleo. Writes nothing."""

from __future__ import annotations

from alleo_onboard.domain.plan import Person
from alleo_onboard.plain.conversation import Conversation
from alleo_onboard.plain.pages.compare import compare_file
from alleo_onboard.plain.pages.export import export_preview
from alleo_onboard.plain.talk import Option
from alleo_onboard.plain.words import Again, Back
from alleo_onboard.presentation import preview as overview
from alleo_onboard.presentation.attention import attention
from alleo_onboard.presentation.cautions import cautions
from alleo_onboard.presentation.pages.compare import option as comparing
from alleo_onboard.presentation.pages.export import save_as_file
from alleo_onboard.presentation.pages.preview import (
    a_part_of_the_name,
    find_one,
    group_line,
    many_called_that,
    more_of_them,
    nobody_called_that,
    reading_people_from_personio,
    spoken_help,
    working_out_who_would_sync,
)
from alleo_onboard.presentation.people.filter import Filter, Group
from alleo_onboard.presentation.people.prepare import prepared
from alleo_onboard.presentation.people.view import PeopleView
from alleo_onboard.presentation.person_lines import in_full, in_one_line, named
from alleo_onboard.presentation.rules import Context
from alleo_onboard.presentation.steps import step_label
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.preview.preview import preview as previewed
from alleo_onboard.wizard.steps import Step

_AT_ONCE = 20  # people shown before asking whether to go on
_FIND = "find"
_COMPARE = "compare"
_EXPORT = "export"


def preview(sitting: Conversation) -> None:
    """Shows the page until a person leaves it."""
    sitting.talk.page(sitting.heading(Step.PREVIEW), spoken_help)
    found = sitting.current or _read(sitting, fresh=sitting.session.snapshot is None)
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


def _read(sitting: Conversation, *, fresh: bool) -> Preview | None:
    def job() -> Preview:
        before = sitting.preview.plan if sitting.preview else None
        found = sitting.work(previewed(sitting.session, fresh=fresh, release=sitting.release))
        view, same = prepared(found.plan, before)
        sitting.found(found)
        sitting.settle(Step.PREVIEW, overview.note(view), afresh=not same)
        return found

    busy = reading_people_from_personio() if fresh else working_out_who_would_sync()
    return sitting.attempt(job, busy)


def _told(sitting: Conversation, found: Preview, view: PeopleView) -> None:
    """Shows the numbers, then the warnings, each once."""
    told = [overview.who(view), overview.left_out(view) + "."]
    if view.counts[Group.BLOCKED]:
        told.append(f"! {overview.to_mend(view)}.")
    told += [overview.plan(found), overview.budgets(view), overview.unmanaged(found)]
    seen = sitting.seen(found)
    warnings = [*overview.warnings(seen), *cautions(seen), *attention(seen)]
    told += [f"! {text}" for text in warnings]
    sitting.talk.say(*dict.fromkeys(filter(None, told)))


def _asked(sitting: Conversation, found: Preview, view: PeopleView) -> None:
    options = [(group.value, group_line(group, n), "") for group, n in view.counts.items() if n]
    options += [(_FIND, find_one(), ""), (_COMPARE, f"{comparing()}.", "=")]
    options.append((_EXPORT, save_as_file(), "e"))
    chosen = sitting.menu(options, reads=True)
    try:
        if chosen == _FIND:
            _find(sitting, found, view)
        elif chosen == _COMPARE:
            compare_file(sitting)
        elif chosen == _EXPORT:
            export_preview(sitting, found)
        elif chosen:
            view.narrow(Filter(Group(chosen)))
            _list(sitting, view)
    except Back:
        return


def _list(sitting: Conversation, view: PeopleView) -> None:
    """Lists everybody in the group. Raises Back when a person answers that."""
    for row in range(len(view)):
        if row and row % _AT_ONCE == 0:
            sitting.talk.go_on(more_of_them(row, len(view)))
        sitting.talk.say(in_one_line(sitting.shown(view.person(row))))


def _find(sitting: Conversation, found: Preview, view: PeopleView) -> None:
    """Finds one person by a part of name or address. Raises Back."""
    while True:
        typed = sitting.talk.text(a_part_of_the_name())
        view.narrow(Filter(search=typed))
        people = [view.person(row) for row in range(min(len(view), _AT_ONCE))]
        if not people:
            sitting.talk.say(nobody_called_that())
            continue
        if len(view) > _AT_ONCE:
            sitting.talk.say(many_called_that(len(view), _AT_ONCE))
        person = people[0] if len(people) == 1 else _one_of(sitting, people)
        if person:
            _in_full(sitting, person, _context(sitting, found))
            return


def _one_of(sitting: Conversation, people: list[Person]) -> Person | None:
    options = [Option(str(n), named(sitting.shown(person))) for n, person in enumerate(people)]
    chosen = sitting.talk.choose(options, before=step_label(Step.PREVIEW))
    return people[int(chosen)] if chosen else None


def _context(sitting: Conversation, found: Preview) -> Context:
    snapshot = sitting.session.snapshot
    selection = found.readiness.source.alleo.selection
    return Context(selection, snapshot.today if snapshot else None, delivery=found.plan.delivery)


def _in_full(sitting: Conversation, person: Person, context: Context) -> None:
    """Shows every rule, budget and field of one person."""
    sitting.talk.say(*in_full(sitting.shown(person), context))
