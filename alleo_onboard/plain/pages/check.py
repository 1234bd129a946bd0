"""Step 2: whether Alleo can work with what the credential may read, and how to mend what is missing."""

from __future__ import annotations

from alleo_onboard.domain.finding import Severity
from alleo_onboard.locale import _
from alleo_onboard.plain.conversation import Conversation
from alleo_onboard.plain.words import Again
from alleo_onboard.presentation import check as checklist
from alleo_onboard.presentation.check import Entry
from alleo_onboard.presentation.labels import people
from alleo_onboard.presentation.pages.check import in_the_sandbox_in_a, reading_from_personio, there_is_no_alleo_field
from alleo_onboard.usecases.preview.session import Snapshot
from alleo_onboard.wizard.steps import Step

_ROW = 4  # cells of an entry that is about an attribute


def check(sitting: Conversation) -> None:
    talk = sitting.talk
    talk.page(
        sitting.heading(Step.CHECK),
        _("What needs mending comes first. Type the number of a line to hear how to mend it."),
        _("Mend it in Personio, then type r: Personio is read again."),
    )
    snapshot = sitting.session.snapshot or _read(sitting)
    while snapshot:
        _told(sitting, snapshot)
        try:
            _asked(sitting, snapshot)
        except Again:
            snapshot = _read(sitting) or snapshot
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
        text = there_is_no_alleo_field()
        if sitting.talk.yes(text.format(people=people(asking))):
            sitting.attempt(lambda: sitting.work(sitting.mean_everyone()))
            sitting.talk.say(_("Noted: everyone is meant."))
        else:
            sitting.talk.say(
                _("Then make the Alleo field in Personio first. Nothing can be run before this is settled.")
            )


def _asked(sitting: Conversation, snapshot: Snapshot) -> None:
    """Numbered findings, each with more on request. Raises Again to read anew, and what leads elsewhere."""
    entries = checklist.entries(snapshot.readiness, checklist.amounts(snapshot))
    open_ones = [entry for entry in entries if entry.severity is not None]
    if not open_ones:
        sitting.talk.say(_("There is nothing to mend."))
    options = [(entry.key, _titled(entry), "") for entry in open_ones]
    options.append(("all", _("All attributes, one line each."), ""))
    while True:
        chosen = sitting.menu(options, reads=True)
        if chosen == "all":
            sitting.talk.say(*(_row(entry) for entry in entries if len(entry.cells) == _ROW))
        for entry in open_ones:
            if entry.key == chosen:
                _explained(sitting, entry)


def _titled(entry: Entry) -> str:
    words = {
        Severity.ERROR: _("To mend: {title}."),
        Severity.WARNING: _("To look at: {title}."),
        Severity.INFO: _("To know: {title}."),
    }
    text = words[entry.severity] if entry.severity else "{title}."
    return text.format(title=entry.title.rstrip("."))


def _explained(sitting: Conversation, entry: Entry) -> None:
    sitting.talk.say(_titled(entry), *entry.told, *entry.remedy)
    if sitting.sandbox and entry.severity is Severity.ERROR:
        text = in_the_sandbox_in_a()
        sitting.talk.say(text.format(url=sitting.setup.profile.base_url))


def _row(entry: Entry) -> str:
    label, needed, readable, filled = entry.cells
    text = _("{attribute}, needed for {use}. Readable: {readable}. Filled: {filled}.")
    return text.format(attribute=label, use=needed, readable=readable, filled=filled)
