"""The plain wizard: goes from page to page with the same state as the drawn one."""

from __future__ import annotations

import time
from collections.abc import Callable

from alleo_onboard.domain.delivery import Runs
from alleo_onboard.plain.console import Console
from alleo_onboard.plain.conversation import Conversation
from alleo_onboard.plain.pages import check, connect, daily, delivery, handover, history, preview, start
from alleo_onboard.plain.pages import run as running
from alleo_onboard.plain.talk import Talk
from alleo_onboard.plain.words import Again, Back, Ended, Leave, Next
from alleo_onboard.plain.work import Work
from alleo_onboard.presentation import leaving
from alleo_onboard.presentation.conversation import (
    Cause,
    because,
    help_is_there,
    interrupted,
    nobody_answers,
    nothing_before,
)
from alleo_onboard.presentation.crash import unexpected
from alleo_onboard.presentation.steps import step_label
from alleo_onboard.usecases.run.signals import ending_well
from alleo_onboard.usecases.setups.keyring_wait import Waiting, bear
from alleo_onboard.usecases.setups.resolve import Setup, Setups
from alleo_onboard.wizard.exits import INTERRUPTED, UNEXPECTED
from alleo_onboard.wizard.steps import ORDER, Step


def run(
    setups: Setups,
    setup: Setup,
    cause: Cause = Cause.ASKED,
    *,
    from_start: bool = False,
    demo: Callable[[], int] | None = None,
    console: Console | None = None,
    now: Callable[[], float] = time.monotonic,
) -> int:
    """Runs the plain wizard and returns the exit code. `demo` is called for "Try with made-up people"."""
    talk = Talk(console or Console())
    keyring_wait = Waiting(talk.say)
    bear(keyring_wait)
    talk.say(because(cause), help_is_there())
    with ending_well(), Work() as work:
        sitting = Conversation(setups, setup, talk, work, from_start=from_start, now=now)
        talk.may_leave = lambda: _may_leave(sitting)
        talk.words["d"] = lambda: daily.daily(sitting)
        talk.words["h"] = lambda: history.history(sitting)
        try:
            code = _held(sitting, demo)
        finally:
            keyring_wait.stopped.set()
            sitting.close()
    return code


def _held(sitting: Conversation, demo: Callable[[], int] | None) -> int:
    try:
        _walk(sitting, demo)
    except Ended:
        sitting.talk.console.write("")
        sitting.talk.say(nobody_answers())
    except Leave:
        pass
    except KeyboardInterrupt:
        sitting.talk.console.write("")
        sitting.talk.say(interrupted(), farewell(sitting))
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last stop before a traceback
        sitting.talk.attend(unexpected(error))
        sitting.talk.say(farewell(sitting))
        return UNEXPECTED
    sitting.talk.say(farewell(sitting))
    return sitting.outcome


def farewell(sitting: Conversation) -> str:
    """Returns what was saved, and the command to continue."""
    return leaving.farewell(sitting.setup, forgetful=sitting.setups.forgetful)


def _may_leave(sitting: Conversation) -> bool:
    """Returns whether a person may leave; asks when something would be lost."""
    question = "" if sitting.sandbox else leaving.question(sitting.setup, typed=False, signed_in=bool(sitting.welcome))
    return not question or sitting.talk.yes(question)


def _walk(sitting: Conversation, demo: Callable[[], int] | None) -> None:
    """Shows one page after another until Leave is raised."""
    if sitting.from_start:
        start.start(sitting, demo)
    while True:
        try:
            _page(sitting.state.at, sitting)(sitting)
        except Next:
            if following := sitting.state.following:
                sitting.go(following)
        except Back:
            _back(sitting, demo)
        except Again:
            continue


def _back(sitting: Conversation, demo: Callable[[], int] | None) -> None:
    if previous := sitting.state.previous:
        sitting.go(previous)
    elif sitting.from_start:
        if _may_leave(sitting):
            start.start(sitting, demo)
    else:
        sitting.talk.say(nothing_before(step_label(ORDER[0])))


def _page(step: Step, sitting: Conversation) -> Callable[[Conversation], None]:
    """Returns the page of a step. The last one differs when Alleo runs the sync itself."""
    if step is Step.RUN and sitting.setup.kind and sitting.setup.kind.runs is Runs.NOTHING:
        return handover.handover
    return {
        Step.CONNECT: connect.connect,
        Step.CHECK: check.check,
        Step.PREVIEW: preview.preview,
        Step.DELIVERY: delivery.delivery,
        Step.RUN: running.run,
    }[step]
