"""The set-ups of this computer with their states, and what can be started."""

from __future__ import annotations

from collections.abc import Callable

from alleo_onboard.locale import _
from alleo_onboard.plain.conversation import Conversation
from alleo_onboard.plain.pages.receive import receive
from alleo_onboard.plain.talk import Option
from alleo_onboard.plain.words import Again, Back
from alleo_onboard.presentation.glossary import glossary
from alleo_onboard.presentation.pages.start import (
    choices,
    first_page,
    line,
    spoken_help,
    welcome,
)
from alleo_onboard.presentation.start import row
from alleo_onboard.usecases.setups.resolve import Setup
from alleo_onboard.usecases.support.overview import overview
from alleo_onboard.wizard.exits import INTERRUPTED


def start(sitting: Conversation, demo: Callable[[], int] | None) -> None:
    """Asks until a set-up is open. Raises KeyboardInterrupt when a signal ended the demo."""
    with sitting.talk.without("d", "h"):  # which are about the set-up that is open
        while not _begun(sitting, demo):
            pass


def _begun(sitting: Conversation, demo: Callable[[], int] | None) -> bool:
    """Shows the page once. Returns whether a set-up is open."""
    try:
        chosen = _chosen(sitting, demo is not None)
    except Again:
        return False
    except Back:
        sitting.talk.say(first_page())
        return False
    if chosen == "demo" and demo:
        if demo() == INTERRUPTED:  # a signal, which is meant for the whole program
            raise KeyboardInterrupt
        return False
    try:
        setup = _opened(sitting, chosen) if chosen else None
    except Back:  # from a question of the link to this page
        return False
    if setup:
        sitting.close()
        sitting.begin(setup)
    return setup is not None


def _chosen(sitting: Conversation, demo: bool) -> str:  # noqa: FBT001 - whether it is offered
    found = sitting.attempt(sitting.doing(overview, sitting.setups)) or ()
    sitting.talk.page(
        _("Start") + ".", lambda: (*spoken_help(), *(line(word, meaning) for word, meaning in glossary()))
    )
    sitting.talk.say(welcome(first=not found))
    rows = [row(one) for one in found]
    options = [Option(f"setup-{one.name}", line(one.name, one.told, look=one.look)) for one in rows]
    options += [Option(key, line(label, told)) for key, label, told in choices(demo=demo)]
    return sitting.talk.choose(options, reads=True)


def _opened(sitting: Conversation, chosen: str) -> Setup | None:
    if chosen == "new":
        return sitting.attempt(sitting.setups.fresh)
    if chosen == "link":
        return receive(sitting)
    return sitting.attempt(sitting.doing(sitting.setups.find, chosen.removeprefix("setup-")))
