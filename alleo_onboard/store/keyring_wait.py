"""Calls the keyring in a thread, so that waiting for an unlock can be reported and ended.

A call to a keyring cannot be interrupted, so each runs in a daemon thread that does not keep the process alive.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _

TYPE_CHECKING = False  # a copy of typing's constant; importing typing would slow down quick commands
if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")

_SAID_AFTER = 5.0  # seconds until the wait is reported
_STEP = 0.2  # seconds between checks whether to give up


def _silent(_sentence: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How to wait for the keyring."""

    tell: Callable[[str], None] = _silent  # gets a sentence, once
    give_up: float | None = None  # seconds after which the wait ends; None for never
    stopped: threading.Event = field(default_factory=threading.Event)  # set it to end the wait at once


_waiting: ContextVar[Waiting | None] = ContextVar("keyring_waiting", default=None)


def bear(way: Waiting) -> None:
    """Sets how to wait, for the current context and its threads."""
    _waiting.set(way)


def waited_for(name: str, call: Callable[[], T]) -> T:
    """Returns what `call` returns, or raises its exception.

    Raises Usage when the wait for the keyring called `name` was given up.
    """
    way, done = _waiting.get() or Waiting(), threading.Event()
    answer: list[T] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            answer.append(call())
        except BaseException as error:  # noqa: BLE001 - it is raised where it was asked for
            failed.append(error)
        done.set()

    threading.Thread(target=work, name="keyring", daemon=True).start()
    _wait(name, done, way)
    if failed:
        raise failed[0]
    return answer[0]


def _wait(name: str, done: threading.Event, way: Waiting) -> None:
    """Waits until `done` is set. Raises Usage when the wait was given up."""
    waited, said = 0.0, False
    while not done.wait(_STEP):
        waited += _STEP
        if not said and waited >= _SAID_AFTER:
            text = _("{name} waits to be unlocked. Look for its window, or give the secret in the environment.")
            way.tell(text.format(name=name))
            said = True
        if way.stopped.is_set() or (way.give_up is not None and waited >= way.give_up):
            text = _("{name} did not answer: it waits to be unlocked where nobody sees it. Unlock it and try again.")
            raise Usage(text.format(name=name))
