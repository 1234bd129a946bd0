"""Calls the keyring in a thread, so that waiting for an unlock can be reported and ended.

Calls of a keyring cannot be cut short, so each has a thread that the process does not wait for when it ends.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _

T = TypeVar("T")

_SAID_AFTER = 5.0  # seconds
_STEP = 0.2  # seconds between looks at whether the wait was given up


def _silent(_sentence: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How the face at work bears a wait. `tell` gets a sentence once; `give_up` ends the wait after that many seconds,
    None never; setting `stopped` ends it at once."""

    tell: Callable[[str], None] = _silent
    give_up: float | None = None
    stopped: threading.Event = field(default_factory=threading.Event)


_waiting: ContextVar[Waiting | None] = ContextVar("keyring_waiting", default=None)


def bear(way: Waiting) -> None:
    """From here on, waits in this context and its threads go so."""
    _waiting.set(way)


def waited_for(name: str, call: Callable[[], T]) -> T:
    """What `call` returns or raises. Raises Usage when the wait for the keyring called `name` was given up."""
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
