"""Signals that ask the process to end: Ctrl-C, SIGTERM, and the terminal being closed."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType


def watched() -> list[signal.Signals]:
    """Returns the signals that should end the process; none outside of the main thread.

    SIGHUP is left out when it is ignored: the process was started with nohup, to outlive its terminal.
    """
    if threading.current_thread() is not threading.main_thread():
        return []  # only the main thread can handle signals
    found = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        found.append(signal.SIGHUP)
    return found


@contextlib.contextmanager
def heeding(request: Callable[[], None]) -> Iterator[None]:
    """Within the block, the first such signal calls `request`; the second raises KeyboardInterrupt."""
    asked = [request]

    def interrupted() -> None:
        if not asked:
            raise KeyboardInterrupt
        asked.pop()()

    with _handled(watched(), interrupted):
        yield


@contextlib.contextmanager
def ending_well() -> Iterator[None]:
    """Within the block, SIGTERM and a closed terminal raise KeyboardInterrupt, as Ctrl-C does.

    Ctrl-C works also where the process was started with SIGINT ignored, as by a script's `&`: somebody answers here.
    """

    def told() -> None:
        raise KeyboardInterrupt

    numbers = watched()
    ignored = signal.SIGINT in numbers and signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    if ignored:  # asyncio's runner replaces only this handler by its own
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with _handled([number for number in numbers if number is not signal.SIGINT], told):
            yield
    finally:
        if ignored:
            signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def _handled(numbers: list[signal.Signals], handler: Callable[[], None]) -> Iterator[None]:
    """Within the block, handles signals with `handler`; restores the earlier handlers afterwards."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        handler()

    before = [(number, signal.signal(number, handle)) for number in numbers]
    try:
        yield
    finally:
        for number, former in before:
            signal.signal(number, former)
