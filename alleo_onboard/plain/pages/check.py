"""Step 2: whether Alleo can work with what the credential may read, and how to fix what is missing."""

from __future__ import annotations

from functools import partial

from alleo_onboard.domain.finding import Severity
from alleo_onboard.locale import _
from alleo_onboard.plain.conversation import Conversation
from alleo_onboard.plain.talk import Option
from alleo_onboard.plain.words import Again
from alleo_onboard.presentation import check as checklist
from alleo_onboard.presentation.check import Entry
from alleo_onboard.presentation.labels import people
from alleo_onboard.presentation.pages import recipe
from alleo_onboard.presentation.pages.check import (
    all_attributes,
    attribute_line,
    everyone_noted,
    field_first,
    is_everyone_meant,
    nothing_to_mend,
    reading_from_personio,
    sandbox_in_a_browser,
    spoken_help,
    titled,
)
from alleo_onboard.presentation.steps import step_label
from alleo_onboard.usecases.preview.session import Snapshot
from alleo_onboard.wizard.steps import Step

_ROW = 4  # cells of an entry about an attribute


def check(sitting: Conversation) -> None:
    """Shows the page until a person leaves it."""
    talk = sitting.talk
    talk.page(sitting.heading(Step.CHECK), spoken_help)
    snapshot = sitting.session.snapshot or _read(sitting)
    while snapshot:
        _told(sitting, snapshot)
        try:
            _asked(sitting, snapshot)
        except Again:
            _read(sitting)
        snapshot = sitting.session.snapshot or snapshot
    while not snapshot:
        sitting.menu([], reads=True)


def _read(sitting: Conversation) -> Snapshot | None:
    def job() -> Snapshot:
        found = sitting.work(sitting.session.read())
        sitting.preview = None
        sitting.checked(afresh=True)
        return found

    return sitting.attempt(job, reading_from_personio())


def _told(sitting: Conversation, snapshot: Snapshot) -> None:
    readiness = snapshot.readiness
    sitting.talk.say(checklist.headline(readiness))
    if asking := sitting.everyone_asked:
        if sitting.talk.yes(is_everyone_meant(people(asking))):
            sitting.attempt(lambda: sitting.work(sitting.mean_everyone()))
            sitting.talk.say(everyone_noted())
        else:
            sitting.talk.say(field_first())
    if not any(entry.severity for entry in _entries(snapshot)):
        sitting.talk.say(nothing_to_mend())


def _asked(sitting: Conversation, snapshot: Snapshot) -> None:
    """Lists the findings, with more on request, until Personio was read again.

    Raises Again to read it again, and the words that leave the page.
    """
    while sitting.session.snapshot is snapshot:
        entries = _entries(snapshot)
        open_ones = [entry for entry in entries if entry.severity is not None]
        options = [(entry.key, titled(entry), "") for entry in open_ones]
        options.append(("all", all_attributes(), ""))
        options += [(f"make-{made}", f"{recipe.heading(made)}.", "") for made in recipe.Made]
        chosen = sitting.menu(options, reads=True)
        if chosen == "all":
            sitting.talk.say(*(attribute_line(entry) for entry in entries if len(entry.cells) == _ROW))
        elif chosen.startswith("make-"):
            with sitting.talk.beside():
                _made(sitting, recipe.Made(chosen.removeprefix("make-")))
        for entry in open_ones:
            if entry.key == chosen:
                _explained(sitting, entry)


def _entries(snapshot: Snapshot) -> tuple[Entry, ...]:
    return checklist.entries(snapshot.readiness, checklist.amounts(snapshot))


def _explained(sitting: Conversation, entry: Entry) -> None:
    sitting.talk.say(titled(entry), *entry.told, *entry.remedy)
    if sitting.sandbox and entry.severity is Severity.ERROR:
        sitting.talk.say(sandbox_in_a_browser(sitting.setup.profile.base_url))


def _made(sitting: Conversation, made: recipe.Made) -> None:
    """Tells how a field is made in Personio, and what Personio has of it. Raises Back."""
    talk = sitting.talk
    talk.page(f"{recipe.heading(made)}.", partial(recipe.help_text, made))
    talk.say(recipe.why(made), *recipe.steps(made))
    while True:
        snapshot = sitting.session.snapshot
        talk.tell(recipe.state(made, _entries(snapshot) if snapshot else ()))
        try:
            chosen = talk.choose([Option("again", _("Check again") + ".")], before=step_label(Step.CHECK), reads=True)
        except Again:
            chosen = "again"
        if chosen:
            _read(sitting)
