"""Use cases in between questions: one event loop for the whole sitting, and signals that end it well."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")


class Work:
    """Runs coroutines to their end, all in the same loop, so that connections outlive a question."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        self._runner.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.__exit__(kind, error, trace)

    def __call__(self, job: Coroutine[Any, Any, T], on_interrupt: Callable[[], None] | None = None) -> T:
        """What `job` returns. Ctrl-C cancels it and raises KeyboardInterrupt.

        With `on_interrupt` the first Ctrl-C only calls that, and the job ends by itself; the second one cancels.
        """
        if on_interrupt is None:
            return self._runner.run(job)
        with _gently(on_interrupt):
            return self._runner.run(job)


@contextlib.contextmanager
def _gently(request: Callable[[], None]) -> Iterator[None]:
    asked = [request]

    def interrupted(_number: int, _frame: object) -> None:
        if not asked:
            raise KeyboardInterrupt
        asked.pop()()

    before = [(number, signal.signal(number, interrupted)) for number in _watched()]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


@contextlib.contextmanager
def ending_well() -> Iterator[None]:
    """A closed window or a kill is heard as Ctrl-C is, so that the terminal shows again what is typed."""

    def told(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = [(number, signal.signal(number, told)) for number in _watched() if number is not signal.SIGINT]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _watched() -> list[signal.Signals]:
    if threading.current_thread() is not threading.main_thread():
        return []  # only there signals can be heard
    watched = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        watched.append(signal.SIGHUP)
    return watched
