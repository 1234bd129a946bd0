"""Undoes a run in the plain wizard: shows the plan, asks for the guard's numbers, the daily run, and a typed yes."""

from __future__ import annotations

from alleo_onboard.plain.conversation import Conversation
from alleo_onboard.plain.pages.guard import guarded
from alleo_onboard.presentation import veil
from alleo_onboard.presentation.conversation import go_ahead
from alleo_onboard.presentation.pages import undo as words
from alleo_onboard.presentation.pages.run import (
    finishing_requests,
    nothing_was_written,
    writing_to_alleo,
)
from alleo_onboard.presentation.run import after, headline_shown
from alleo_onboard.usecases.run.apply import Stop
from alleo_onboard.usecases.run.execute import RunResult
from alleo_onboard.usecases.run.undo import Undo, UndoMoved, plan_undo, undo
from alleo_onboard.usecases.run.undo_confirmation import UndoConfirmation
from alleo_onboard.usecases.schedule.health import health
from alleo_onboard.usecases.schedule.install import remove


def take_back(sitting: Conversation, run: str) -> None:
    """Shows the plan of the undo, asks, applies it, and shows the result. Raises Back."""
    sitting.talk.page(f"{words.heading()}.", words.help_text)
    planned = sitting.attempt(lambda: sitting.work(plan_undo(sitting.session, run)), words.looking())
    while planned is not None:
        planned = _asked(sitting, planned)


def _asked(sitting: Conversation, planned: Undo) -> Undo | None:
    """Asks once. Returns the new plan if the old one was too old and differs, else None. Raises Back."""
    offer, talk = UndoConfirmation(planned), sitting.talk
    talk.say(*words.asked(offer))
    talk.tell(words.taken_back(planned, veiled=sitting.veiled))
    if not offer.plan.changes:
        return None
    offer = guarded(talk, offer)
    if not offer.startable:
        return None
    holds = _holds(sitting)
    if not talk.yes(go_ahead(words.asked(offer)[0]), typed_out=True):
        talk.say(nothing_was_written())
        return None
    if holds:
        held = sitting.attempt(lambda: remove(sitting.setups, sitting.setup.profile.name))
        if held is None:
            talk.say(nothing_was_written())
            return None
        talk.say(words.held())
    return _done(sitting, offer)


def _holds(sitting: Conversation) -> bool:
    """Returns whether the daily run, which would make the changes again, is to be taken away. Raises Back."""
    setup = sitting.setup
    found = sitting.attempt(lambda: health(setup.home, setup.profile.name))
    return bool(found and found.installed) and sitting.talk.yes(words.hold_question())


def _done(sitting: Conversation, offer: UndoConfirmation) -> Undo | None:
    stop, moved = Stop(), []

    def job() -> RunResult | None:
        try:
            return sitting.work(undo(sitting.session, offer.planned, offer.consent, stop), stopping)
        except UndoMoved as older:
            moved.append(older)
            return None

    def stopping() -> None:
        stop.request()
        sitting.talk.say(finishing_requests())

    result = sitting.attempt(job, writing_to_alleo())
    sitting.preview = None
    if moved:
        sitting.talk.attend(str(moved[0]))
        return moved[0].planned
    if result:
        shown = veil.result(result) if sitting.veiled else result
        sitting.talk.tell([headline_shown(shown), *after(shown)])
        if stop.requested:
            raise KeyboardInterrupt
    return None
