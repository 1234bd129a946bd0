"""Receives a credential that was handed over: link, passphrase, and a new set-up."""

from __future__ import annotations

from alleo_onboard.domain.errors import WrongPassphrase
from alleo_onboard.domain.profile import DEFAULT_NAME
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.plain.conversation import Conversation
from alleo_onboard.presentation.pages.receive import (
    client_id_unseen,
    client_secret_unseen,
    credential_taken_over,
    credential_waited,
    i_was_sent_a_link,
    page_help,
    passphrase_unseen,
    the_link_or_enter,
)
from alleo_onboard.usecases.handover.receive import Place, link_in, open_link, typed
from alleo_onboard.usecases.setups.resolve import Setup

_TRIES = 3


def receive(sitting: Conversation) -> Setup | None:
    """Returns the new set-up, or None after showing why there is none. Raises Back."""
    talk = sitting.talk
    talk.page(f"{i_was_sent_a_link()}.", page_help)
    taken = {name.casefold() for name in sitting.setups.names()}
    name = talk.text(_("Set-up name"), "" if DEFAULT_NAME in taken else DEFAULT_NAME)
    place = Place(sitting.setups, name)
    return sitting.attempt(sitting.doing(_taken, sitting, place, name))


def _taken(sitting: Conversation, place: Place, name: str) -> Setup:
    place.prove()
    if waiting := place.waiting():
        sitting.talk.say(credential_waited(name))
        return _settled(sitting, place, waiting)
    link = sitting.talk.text(the_link_or_enter(), may_be_empty=True)
    found = _opened(sitting, link) if link else _pasted(sitting, place)
    place.keep(found)
    return _settled(sitting, place, found)


def _settled(sitting: Conversation, place: Place, text: Secret) -> Setup:
    setup = place.settle(text)
    sitting.talk.say(credential_taken_over(setup.profile.name))
    return setup


def _opened(sitting: Conversation, pasted: str) -> Secret:
    """Opens the link. After a wrong passphrase, which uses nothing up, asks again."""
    link, ca_file = link_in(pasted), sitting.setup.ca_file
    for left in range(_TRIES, 0, -1):
        word = Secret(sitting.talk.hidden(passphrase_unseen()))
        try:
            return sitting.work(open_link(link, word, ca_file=ca_file))
        except WrongPassphrase as wrong:
            if left == 1:
                raise
            sitting.talk.attend(str(wrong))
    raise AssertionError  # pragma: no cover - the last turn returns or raises


def _pasted(sitting: Conversation, place: Place) -> Secret:
    with sitting.talk.console.unseen():
        first = sitting.talk.hidden(client_id_unseen())
        if typed(first):
            return place.sealed(first)
        secret = sitting.talk.hidden(client_secret_unseen())
    both = f"{first}\n{secret}"
    return place.sealed(both if typed(both) else f"Client ID: {first}\nClient secret: {secret}")
