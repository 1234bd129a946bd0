"""Runs a use case for the command line, and ends it well when somebody presses Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

T = TypeVar("T")


def perform(work: Callable[[], Awaitable[T]], on_interrupt: Callable[[], None] | None = None) -> T:
    """Runs `work` to its end. Ctrl-C and SIGTERM cancel it, or call `on_interrupt` first, which may end it gently.

    Raises KeyboardInterrupt when it was cancelled.
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
def _signals(task: asyncio.Future[T], on_interrupt: Callable[[], None] | None) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    gentle = [on_interrupt] if on_interrupt else []

    def interrupted() -> None:
        if gentle:
            gentle.pop()()
        else:
            task.cancel()

    watched = (signal.SIGINT, signal.SIGTERM)
    try:
        for number in watched:
            loop.add_signal_handler(number, interrupted)
    except NotImplementedError:  # Windows: Ctrl-C arrives as KeyboardInterrupt
        yield
        return
    try:
        yield
    finally:
        for number in watched:
            loop.remove_signal_handler(number)
