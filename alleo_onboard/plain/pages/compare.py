"""Compares a file from Alleo with the preview in the plain wizard."""

from __future__ import annotations

from pathlib import Path

from alleo_onboard.domain.compare import Comparison, compare
from alleo_onboard.plain.conversation import Conversation
from alleo_onboard.presentation import compare as told
from alleo_onboard.presentation import veil
from alleo_onboard.presentation.pages import compare as words
from alleo_onboard.usecases.handover.follow import compared
from alleo_onboard.usecases.support.alleo_file import read
from alleo_onboard.usecases.support.named_path import named_path

_AT_ONCE = 20  # lines before asking whether to go on


def compare_file(sitting: Conversation) -> None:
    """Asks for a file until one could be compared, and shows the differences. Raises Back."""
    sitting.talk.say(words.about())
    while True:
        path = named_path(sitting.talk.text(words.file_asked()))
        found = sitting.attempt(sitting.doing(_compared, sitting, path), words.busy())
        if found is not None:
            _tell(sitting, found, path)
            return


def _compared(sitting: Conversation, path: Path) -> Comparison:
    theirs = read(str(path))
    found = compare(sitting.work(sitting.any_preview()).plan, theirs.columns, theirs.rows)
    compared(sitting.setup, agrees=found.equal)
    return found


def _tell(sitting: Conversation, made: Comparison, path: Path) -> None:
    """Shows the result, then every difference, one line each. Raises Back when the user stops in between."""
    found, talk = veil.comparison(made) if sitting.veiled else made, sitting.talk
    talk.say(told.headline(found), words.of_file(path))
    if sitting.preview and not sitting.preview.plan.complete:
        talk.attend(words.incomplete())
    talk.say(*told.notes(found))
    for title, table in told.groups(found):
        talk.say(title)
        for number, line in enumerate(words.lines(table)):
            if number and number % _AT_ONCE == 0:
                talk.go_on(words.more_of_them(number, len(table.rows)))
            talk.say(line)
