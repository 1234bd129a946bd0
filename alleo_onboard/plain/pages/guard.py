"""Asks for the numbers that must be typed before unusually many people are changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from alleo_onboard.plain.talk import Talk
from alleo_onboard.presentation.pages.run import left_alone, not_the_number, type_or_leave
from alleo_onboard.usecases.run.confirmation import Confirmation
from alleo_onboard.usecases.run.typed import NOTHING
from alleo_onboard.usecases.run.undo_confirmation import UndoConfirmation

Offer = TypeVar("Offer", Confirmation, UndoConfirmation)


def guarded(talk: Talk, offer: Offer) -> Offer:
    """Asks for each number that the guard requires. Enter leaves it all, and then nothing is written. Raises Back."""
    offer = replace(offer, typed=NOTHING)
    for place, asked in enumerate(offer.numbers):
        text = talk.unless_no(type_or_leave(asked))
        digits = "".join(text.replace("EUR", "").replace("€", "").split())
        offer = replace(offer, typed=replace(offer.typed, **{asked.what: digits}))
        if not digits:
            talk.say(left_alone())
            break
        if not offer.numbers[place].right:
            talk.say(not_the_number(asked))
    return offer
