"""What was done in the plain wizard: every run, what happened to one person, and taking a run back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from alleo_onboard.locale import _
from alleo_onboard.plain.conversation import Conversation
from alleo_onboard.plain.pages.export import export_history
from alleo_onboard.plain.pages.undo import take_back
from alleo_onboard.plain.talk import Option
from alleo_onboard.plain.words import Again, Back
from alleo_onboard.presentation import veil
from alleo_onboard.presentation.handover_events import event_row
from alleo_onboard.presentation.history import nothing_for, run_sentences, totals_sentence, whose
from alleo_onboard.presentation.pages import history as words
from alleo_onboard.presentation.people.surname import by_whole_name
from alleo_onboard.usecases.handover.events import events
from alleo_onboard.usecases.support import history as records
from alleo_onboard.usecases.support.history import Entry, Run, State

_AT_ONCE = 20  # runs, or changes, before asking whether to go on
_LATEST = 200  # runs


def history(sitting: Conversation) -> None:
    """Shows the page until a person goes back."""
    with sitting.talk.beside("d", "h"):
        _Page(sitting).hold()


class _Page:
    """The runs, the newest first, as many at once as can be heard."""

    def __init__(self, sitting: Conversation) -> None:
        self.sitting, self.talk = sitting, sitting.talk
        self.runs: Sequence[Run] = ()
        self.shown = _AT_ONCE

    @property
    def zone(self) -> tzinfo:
        """Returns the set-up's time zone."""
        return self.sitting.setup.profile.tz

    def hold(self) -> None:
        """Shows the page."""
        self.talk.page(f"{words.heading()}.", words.spoken_help)
        self._look()
        while True:
            try:
                self._asked()
            except Again:
                self._look()

    def _look(self) -> None:
        setup = self.sitting.setup
        self.runs = self.sitting.attempt(lambda: records.runs(setup, _LATEST)) or ()
        handed = self.sitting.attempt(lambda: events(setup)) or ()
        for event in handed:
            when, what, by = event_row(event, self.zone)
            self.talk.say(f"{when}: {what}." + (f" {by}." if by else ""))
        if not self.runs and not handed:
            self.talk.say(words.nothing_done_yet())

    def _asked(self) -> None:
        """Lets a run, a person or a file be chosen. Raises Again, Back."""
        options = [Option(one.id, words.run_line(one, self.zone)) for one in self.runs[: self.shown]]
        if len(self.runs) > self.shown:
            options.append(Option("older", words.option_label("older")))
        if self.runs:
            options += [Option("person", words.option_label("person")), Option("save", words.option_label("save"), "e")]
        chosen = self.talk.choose(options, before=_("the step before"), reads=True)
        try:
            if chosen == "older":
                self.shown += _AT_ONCE
            elif chosen == "person":
                self._person()
            elif chosen == "save":
                export_history(self.sitting)
            elif chosen:
                self._run(next(one for one in self.runs if one.id == chosen))
        except Back:
            return

    def _person(self) -> None:
        """Asks for a person, and shows all changes of everybody who fits. Raises Back."""
        who, setup = self.talk.text(words.person_asked()), self.sitting.setup
        found = self.sitting.attempt(lambda: records.person(setup, who))
        if found is not None and not found:
            self.talk.say(nothing_for(who, setup.profile.name))
        for number in dict.fromkeys(entry.row.change.personio_id for entry in found or ()):
            theirs = [self._seen(entry) for entry in found or () if entry.row.change.personio_id == number]
            self.talk.say(whose(theirs[-1].row.change.name, number))
            self._list(theirs, dated=True)

    def _run(self, one: Run) -> None:
        """Shows one run and offers to take it back. Raises Back."""
        told = self.sitting.attempt(lambda: records.run(self.sitting.setup, one.id))
        if told is None:
            return
        entries = by_whole_name(told.entries, lambda entry: entry.row.change.name)
        ordered = sorted(entries, key=lambda entry: entry.row.state is not State.FAILED)
        totals = totals_sentence(ordered)
        self.talk.say(*run_sentences(one, self.zone), f"{totals}." if totals else words.changed_nothing())
        self._list([self._seen(entry) for entry in ordered])
        if not one.counts[State.CONFIRMED]:
            return
        options = [Option("undo", words.option_label("undo"), "u")]
        if self.talk.choose(options, before=words.heading()) == "undo":
            with self.talk.beside():
                take_back(self.sitting, one.id)
            self._look()

    def _list(self, entries: Sequence[Entry], *, dated: bool = False) -> None:
        """Shows changes, and asks after every twenty whether to go on. Raises Back."""
        for place, entry in enumerate(entries):
            if place and place % _AT_ONCE == 0:
                self.talk.go_on(words.more_of_them(place, len(entries)))
            self.talk.say(*words.change_lines(entry, self.zone if dated else None))

    def _seen(self, entry: Entry) -> Entry:
        return veil.entry(entry) if self.sitting.veiled else entry
