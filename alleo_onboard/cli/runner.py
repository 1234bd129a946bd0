"""Runs a use case for the command line. Ctrl-C, SIGTERM and a closed terminal end it cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

from alleo_onboard.usecases.run.signals import watched

T = TypeVar("T")


def perform(work: Callable[[], Awaitable[T]], on_interrupt: Callable[[], bool] | None = None) -> T:
    """Runs `work` and returns its result. Raises KeyboardInterrupt when a signal cancelled it.

    The first signal calls `on_interrupt`; if that returns True, `work` ends by itself. The second signal cancels.
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
def _signals(task: asyncio.Future[T], on_interrupt: Callable[[], bool] | None) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    gentle = [on_interrupt] if on_interrupt else []

    def interrupted() -> None:
        if not (gentle and gentle.pop()()):
            task.cancel()

    before = [(number, signal.getsignal(number)) for number in watched()]
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
