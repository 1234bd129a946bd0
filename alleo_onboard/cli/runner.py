"""Runs a use case for the command line, and ends it well on Ctrl-C, SIGTERM, or when the terminal is closed."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

T = TypeVar("T")


def perform(work: Callable[[], Awaitable[T]], on_interrupt: Callable[[], bool] | None = None) -> T:
    """Runs `work` to its end. A signal to end cancels it, unless `on_interrupt` says that it will end gently.

    The second signal cancels in any case. Raises KeyboardInterrupt when it was cancelled.
    """

    async def main() -> T:
        task = asyncio.ensure_future(work())
        with _signals(task, on_interrupt):
            try:
                return await task
            except asyncio.CancelledError:
                raise KeyboardInterrupt from None

    return asyncio.run(main())


@contextlib.contextmanager
def heeding(request: Callable[[], None]) -> Iterator[None]:
    """Around several calls of `perform`: a signal to end that comes between them calls `request`.

    The second one raises KeyboardInterrupt.
    """
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
def _signals(task: asyncio.Future[T], on_interrupt: Callable[[], bool] | None) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    gentle = [on_interrupt] if on_interrupt else []

    def interrupted() -> None:
        if not (gentle and gentle.pop()()):
            task.cancel()

    before = [(number, signal.getsignal(number)) for number in _watched()]
    try:
        for number, _handler in before:
            loop.add_signal_handler(number, interrupted)
    except NotImplementedError:  # Windows: Ctrl-C arrives as KeyboardInterrupt
        yield
        return
    try:
        yield
    finally:
        for number, handler in before:
            loop.remove_signal_handler(number)
            signal.signal(number, handler)


def _watched() -> list[signal.Signals]:
    """The signals to end by. That the terminal was closed is none to whoever was started with nohup."""
    watched = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        watched.append(signal.SIGHUP)
    return watched
